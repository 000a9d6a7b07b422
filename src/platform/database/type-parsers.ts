import { types } from 'pg';

const DATE = 1082;
const DATE_ARRAY: number = 1182;

let installed = false;

/**
 * How column values reach the code: `numeric` and `int8` as text (money and energy never become binary numbers),
 * `date` as 'YYYY-MM-DD' (a local date has no hour and no zone), `timestamptz` as Date. Installed once a process.
 */
export function installTypeParsers(): void {
  if (installed) return;
  installed = true;
  types.setTypeParser(DATE, (value) => value);
  types.setTypeParser(DATE_ARRAY, (value) => parseDateArray(value));
}

function parseDateArray(value: string): (string | null)[] {
  const inner = value.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : item));
}
