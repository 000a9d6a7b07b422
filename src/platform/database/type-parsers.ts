import { types } from 'pg';

/** Lists of dates have no name in the driver's list of types. */
const DATE_LIST: number = 1182;

let installed = false;

/**
 * How column values reach the code: `numeric` and `int8` as text (money and energy never become binary numbers),
 * `date` as 'YYYY-MM-DD' (a local date has no hour and no zone), `timestamptz` as Date. Installed once a process.
 */
export function installTypeParsers(): void {
  if (installed) return;
  installed = true;
  types.setTypeParser(types.builtins.DATE, (value) => value);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the driver takes every type's number
  types.setTypeParser(DATE_LIST, parseDates);
}

function parseDates(value: string): (string | null)[] {
  const inner = value.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : item));
}
