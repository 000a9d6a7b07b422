import { CoreError } from '../errors';
import { Decimal, round, text } from '../quantity';

/**
 * Correction rate (更正率) = correct ÷ recorded − 1, kept as a fraction so that an energy is multiplied first and
 * divided once: 50,000 kWh at 1/8 is exactly 6,250.
 */
export interface CorrectionRate {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/** The rate of a correct and a recorded quantity. Throws BACK_BILLING.NOTHING_RECORDED where nothing was recorded. */
export function correctionRate(correct: Decimal, recorded: Decimal): CorrectionRate {
  if (recorded.isZero()) throw new CoreError('BACK_BILLING.NOTHING_RECORDED', '', { correct: text(correct) });
  return { numerator: correct.minus(recorded), denominator: recorded };
}

/** The rate as a number: 0.125. */
export function rateValue(rate: CorrectionRate): Decimal {
  return rate.numerator.div(rate.denominator);
}

/** The rate in percent: 12.5. */
export function ratePercent(rate: CorrectionRate): Decimal {
  return rate.numerator.times(100).div(rate.denominator);
}

/** Energy to add, kWh = recorded energy × rate × share of the time it applies to, rounded (negative = to return). */
export function additionalEnergy(recorded: Decimal, rate: CorrectionRate, decimals: number | null = 0, shareOfTime?: Decimal): Decimal {
  const numerator = recorded.times(rate.numerator);
  return round((shareOfTime === undefined ? numerator : numerator.times(shareOfTime)).div(rate.denominator), decimals);
}
