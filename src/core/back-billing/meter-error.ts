import { CoreError } from '../errors';
import { count, Decimal, dec, round, text } from '../quantity';
import { CorrectionRate } from './correction-rate';

/** Half of the time since the last test, where nobody knows when the error began. */
export const HALF_OF_THE_TIME = dec('0.5');

/**
 * Correction rate of a meter with an error of e % = (recorded − true) ÷ true: true ÷ recorded − 1 = −e ÷ (100 + e).
 * Throws BACK_BILLING.METER_ERROR_TOO_LARGE for −100 % and below: such a meter records nothing.
 */
export function meterErrorCorrection(errorPercent: Decimal): CorrectionRate {
  const denominator = errorPercent.plus(100);
  if (!denominator.greaterThan(0)) throw new CoreError('BACK_BILLING.METER_ERROR_TOO_LARGE', '', { errorPercent: text(errorPercent) });
  return { numerator: errorPercent.negated(), denominator };
}

/** True energy behind a recorded one, kWh = recorded ÷ (1 + e). */
export function trueEnergy(recorded: Decimal, errorPercent: Decimal, decimals: number | null = 0): Decimal {
  const { denominator } = meterErrorCorrection(errorPercent);
  return round(recorded.times(100).div(denominator), decimals);
}

/** Energy of a stopped meter, kWh = usual energy of a day × days − what it still recorded; never below zero. */
export function stoppedMeterEnergy(usualPerDay: Decimal, days: number, recorded: Decimal, decimals: number | null = 0): Decimal {
  const missed = round(usualPerDay.times(count(days)).minus(recorded), decimals);
  return missed.isNegative() ? missed.times(0) : missed;
}
