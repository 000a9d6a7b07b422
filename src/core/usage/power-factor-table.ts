import { count, Decimal, dec, text } from '../quantity';

/** The three standards of the rule; customers without one bear no adjustment. */
export type TablePowerFactorStandard = '0.90' | '0.85' | '0.80';

/**
 * One row per step of the official table of (83) 水电财字 215: from a power factor downwards to another (both in
 * hundredths, both included) the adjustment starts at a percentage and grows by a step per 0.01.
 */
interface Run {
  readonly from: number;
  readonly to: number;
  /** Percent at `from`, and what each 0.01 below adds. */
  readonly percent: string;
  readonly step: string;
}

/** Below the last printed row (0.26) the last run simply goes on: each further 0.01 adds 2 percentage points. */
const RUNS: Readonly<Record<TablePowerFactorStandard, readonly Run[]>> = {
  '0.90': [
    { from: 100, to: 95, percent: '-0.75', step: '0' },
    { from: 94, to: 90, percent: '-0.6', step: '0.15' },
    { from: 89, to: 70, percent: '0.5', step: '0.5' },
    { from: 69, to: 65, percent: '11', step: '1' },
    { from: 64, to: 0, percent: '17', step: '2' },
  ],
  '0.85': [
    { from: 100, to: 94, percent: '-1.1', step: '0' },
    { from: 93, to: 90, percent: '-0.95', step: '0.15' },
    { from: 89, to: 85, percent: '-0.4', step: '0.1' },
    { from: 84, to: 65, percent: '0.5', step: '0.5' },
    { from: 64, to: 60, percent: '11', step: '1' },
    { from: 59, to: 0, percent: '17', step: '2' },
  ],
  '0.80': [
    { from: 100, to: 92, percent: '-1.3', step: '0' },
    { from: 91, to: 90, percent: '-1.15', step: '0.15' },
    { from: 89, to: 80, percent: '-0.9', step: '0.1' },
    { from: 79, to: 60, percent: '0.5', step: '0.5' },
    { from: 59, to: 55, percent: '11', step: '1' },
    { from: 54, to: 0, percent: '17', step: '2' },
  ],
};

const HUNDRED = count(100);

/** Percentages of one standard by power factor with two decimals, `0.00` to `1.00`. */
function rowsOf(runs: readonly Run[]): ReadonlyMap<string, Decimal> {
  const rows = new Map<string, Decimal>();
  for (const run of runs) {
    for (let hundredths = run.from; hundredths >= run.to; hundredths -= 1) {
      rows.set(text(count(hundredths).div(HUNDRED), 2), dec(run.percent).plus(dec(run.step).times(run.from - hundredths)));
    }
  }
  return rows;
}

/** The table by standard and by power factor with two decimals: percent, negative = reduction. */
export const POWER_FACTOR_TABLE: Readonly<Record<TablePowerFactorStandard, ReadonlyMap<string, Decimal>>> = {
  '0.90': rowsOf(RUNS['0.90']),
  '0.85': rowsOf(RUNS['0.85']),
  '0.80': rowsOf(RUNS['0.80']),
};
