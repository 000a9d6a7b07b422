import { dec, Decimal, text } from '../core/quantity';
import { powerFactorRatePercent, TablePowerFactorStandard } from '../core/usage';
import { isObject, Json, JsonObject } from './case-policy';
import { Difference } from './compare';

const FURTHER_ROWS = 3;
const STEP = dec('0.01');
const TWO_POINTS = dec('2');

export interface TableCheck {
  readonly rows: number;
  readonly differences: readonly Difference[];
}

function rowsOf(value: Json): readonly (readonly [string, string])[] {
  return isObject(value) ? Object.entries(value).flatMap(([factor, percent]) => (typeof percent === 'string' ? [[factor, percent] as const] : [])) : [];
}

/** The printed rows, and some below the last one, where each further 0.01 adds 2 percentage points. */
function withFurtherRows(rows: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const lowest = rows.reduce((low, row) => (dec(row[0]).lessThan(dec(low[0])) ? row : low));
  const further = Array.from({ length: FURTHER_ROWS }, (_, index): readonly [string, string] => {
    const steps = new Decimal(index + 1);
    return [text(dec(lowest[0]).minus(STEP.times(steps)), 2), text(dec(lowest[1]).plus(TWO_POINTS.times(steps)))];
  });
  return [...rows, ...further];
}

/** Holds every row of a printed power-factor table against the function that bills are made with. */
export function checkPowerFactorTable(document: JsonObject): TableCheck {
  const standards = document['standards'];
  const differences: Difference[] = [];
  let rows = 0;
  for (const [standard, table] of standards !== undefined && isObject(standards) ? Object.entries(standards) : []) {
    const printed = rowsOf(table);
    if (printed.length === 0) continue;
    for (const [factor, percent] of withFurtherRows(printed)) {
      rows += 1;
      const got = powerFactorRatePercent(dec(factor), standard as TablePowerFactorStandard);
      if (!got.equals(dec(percent))) differences.push({ figure: `${standard}.${factor}`, expected: percent, got: text(got) });
    }
  }
  return { rows, differences };
}
