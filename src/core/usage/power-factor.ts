import { CoreError } from '../errors';
import { Decimal, dec, ONE, round, Rounding, squareRoot, text, ZERO } from '../quantity';
import { POWER_FACTOR_TABLE, TablePowerFactorStandard } from './power-factor-table';

/** Rounding of the factor before the table; (83)水电财字215: two decimals, half-up (0.855 → 0.86, 0.754 → 0.75). */
export interface PowerFactorPlaces {
  readonly decimals: number;
  readonly rounding: Rounding;
}

export const TWO_DECIMALS: PowerFactorPlaces = { decimals: 2, rounding: 'half-up' };

/** `official-table`: (83)水电财字215. `linear`: of some training texts, 1 % up and 0.5 % down per 0.01. */
export type PowerFactorScheme = 'official-table' | 'linear';

/**
 * cos φ = Wp ÷ √(Wp² + Wq²), unrounded, from billed active (kWh) and reactive (kvarh) energy, losses included.
 * Null without any energy at all: then there is nothing to adjust.
 */
export function rawPowerFactor(active: Decimal, reactive: Decimal): Decimal | null {
  if (reactive.isZero()) return active.isZero() ? null : ONE;
  return active.div(squareRoot(active.times(active).plus(reactive.times(reactive))));
}

/** The factor rounded for the table; null stays null. */
export function roundPowerFactor(raw: Decimal, places: PowerFactorPlaces = TWO_DECIMALS): Decimal {
  return round(raw, places.decimals, places.rounding);
}

/** The row of a factor between 0 and 1; a factor with more decimals counts as the step that it has reached (towards 0). */
function rowOf(powerFactor: Decimal): string {
  if (powerFactor.isNegative() || powerFactor.greaterThan(1)) {
    throw new CoreError('USAGE.POWER_FACTOR_OUT_OF_RANGE', '', { powerFactor: text(powerFactor) });
  }
  return text(round(powerFactor, 2, 'down'), 2);
}

/** Linear scheme: (standard − factor) in steps of 0.01, 1 % each below the standard and −0.5 % each above. */
function linearRate(powerFactor: Decimal, standard: Decimal): Decimal {
  const steps = standard.minus(powerFactor).times(100);
  return steps.isNegative() ? steps.times(dec('0.5')) : steps;
}

/**
 * Adjustment of the charges in percent (negative = reduction) for a factor rounded to 0.01, by the official table or
 * the linear scheme. Throws USAGE.POWER_FACTOR_OUT_OF_RANGE outside 0–1.
 */
export function powerFactorRatePercent(
  powerFactor: Decimal,
  standard: TablePowerFactorStandard,
  scheme: PowerFactorScheme = 'official-table',
): Decimal {
  const row = rowOf(powerFactor);
  if (scheme === 'linear') return linearRate(powerFactor, dec(standard));
  return POWER_FACTOR_TABLE[standard].get(row) ?? ZERO;
}

export interface PowerFactorResult {
  /** Unrounded and rounded factor; null without any energy. */
  readonly raw: Decimal | null;
  readonly factor: Decimal | null;
  /** Percent; 0 without any energy and where no standard applies. */
  readonly ratePercent: Decimal;
}

/** Factor and rate of a cycle in one step: energies → cos φ → rounding → table. */
export function powerFactorOf(
  active: Decimal,
  reactive: Decimal,
  standard: TablePowerFactorStandard | 'none',
  places: PowerFactorPlaces = TWO_DECIMALS,
  scheme: PowerFactorScheme = 'official-table',
): PowerFactorResult {
  const raw = rawPowerFactor(active, reactive);
  if (raw === null) return { raw: null, factor: null, ratePercent: ZERO };
  const factor = roundPowerFactor(raw, places);
  return { raw, factor, ratePercent: standard === 'none' ? ZERO : powerFactorRatePercent(factor, standard, scheme) };
}
