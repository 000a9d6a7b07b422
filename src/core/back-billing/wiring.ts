import { CoreError } from '../errors';
import { count, Decimal, ONE, text, ZERO } from '../quantity';
import { CorrectionRate, correctionRate } from './correction-rate';

/** What one phase of a meter with current transformers measures. */
export interface MeteredPhase {
  /** The ratio that hangs there (300/5 → 60); the billed one where absent. */
  readonly ctRatio?: Decimal;
  /** Error of the current transformer, percent. */
  readonly ctErrorPercent?: Decimal;
  readonly currentReversed?: boolean;
  /** False for a blown fuse or an open voltage lead. */
  readonly voltagePresent?: boolean;
}

/** What a phase contributes for one unit of its energy, before its own ratio is divided out. */
function share(phase: MeteredPhase): Decimal {
  if (phase.voltagePresent === false) return ZERO;
  const size = phase.ctErrorPercent === undefined ? ONE : phase.ctErrorPercent.plus(100).div(100);
  return phase.currentReversed === true ? size.negated() : size;
}

/**
 * Correction rate of a wrong wiring under equal phase loads. Each phase records ± (1 + CT error) × billed ratio ÷ own
 * ratio, 0 without voltage; correct is 1 each: rate = n ÷ Σ − 1. One reversed current of three: 3 ÷ (1 + 1 − 1) − 1 =
 * 200 %; one 300/5 among 200/5: 12.5 %; one blown fuse: 50 %. Throws BACK_BILLING.NOTHING_RECORDED where the phases
 * cancel out, and BACK_BILLING.RATIO_INVALID for a ratio that is not positive.
 */
export function wiringCorrection(phases: readonly MeteredPhase[], billedRatio: Decimal = ONE): CorrectionRate {
  let common = ONE;
  for (const phase of phases) {
    const ratio = phase.ctRatio ?? billedRatio;
    if (!ratio.greaterThan(0)) throw new CoreError('BACK_BILLING.RATIO_INVALID', '', { ratio: text(ratio) });
    common = common.times(ratio);
  }
  let recorded = ZERO;
  for (const phase of phases) {
    recorded = recorded.plus(share(phase).times(billedRatio).times(common).div(phase.ctRatio ?? billedRatio));
  }
  return correctionRate(common.times(count(phases.length)), recorded);
}

/** Correction rate of a bill with a wrong multiplier: correct ÷ billed − 1. */
export function multiplierCorrection(billed: Decimal, correct: Decimal): CorrectionRate {
  if (!billed.greaterThan(0) || !correct.greaterThan(0)) {
    throw new CoreError('BACK_BILLING.RATIO_INVALID', '', { billed: text(billed), correct: text(correct) });
  }
  return correctionRate(correct, billed);
}
