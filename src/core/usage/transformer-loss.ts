import { CoreError } from '../errors';
import { Decimal, ONE, round, Rounding, text, ZERO } from '../quantity';

/** Places of a loss; default whole kWh and kvarh, half-up. `null` = not rounded. */
export interface LossPlaces {
  readonly decimals: number | null;
  readonly rounding: Rounding;
}

export const WHOLE_LOSS: LossPlaces = { decimals: 0, rounding: 'half-up' };

/** Loss of a cycle: active kWh, reactive kvarh. */
export interface Loss {
  readonly active: Decimal;
  readonly reactive: Decimal;
}

/** A transformer's loss by formula; energies and hours are those of the cycle. */
export interface LossFormula {
  /** Se, kVA. */
  readonly capacity: Decimal;
  /** P0 and Pk, kW. */
  readonly noLoadLoss: Decimal;
  readonly loadLoss: Decimal;
  /** Q0 and Qk, kvar; 0 where the reactive loss is not asked for. */
  readonly noLoadReactive?: Decimal;
  readonly loadReactive?: Decimal;
  /** Wp, kWh, and Wq, kvarh. */
  readonly active: Decimal;
  readonly reactive: Decimal;
  /** T, hours under voltage, and t, hours under load (T where absent). */
  readonly supplyHours: Decimal;
  readonly serviceHours?: Decimal;
  /** K, correction for production shifts; 1 where absent. */
  readonly shiftCorrection?: Decimal;
}

/** Reactive power of a transformer from its plate, kvar: Q0 = S·I0 %/100, Qk = S·Ud %/100. */
export function reactivePower(capacity: Decimal, percent: Decimal): Decimal {
  return capacity.times(percent).div(100);
}

/**
 * ΔP = P0·T + K·Pk·(Wp² + Wq²) ÷ (Se²·t), ΔQ = Q0·T + K·Qk·(Wp² + Wq²) ÷ (Se²·t); T = t = 24 h × energised days where
 * no other hours are known. Each sum is rounded once. No hours: no loss. Throws USAGE.LOSS_WITHOUT_CAPACITY for Se = 0.
 */
export function transformerLossByFormula(input: LossFormula, places: LossPlaces = WHOLE_LOSS, path = ''): Loss {
  if (input.capacity.isZero()) throw new CoreError('USAGE.LOSS_WITHOUT_CAPACITY', path);
  const hours = input.serviceHours ?? input.supplyHours;
  const squares = input.active.times(input.active).plus(input.reactive.times(input.reactive));
  const load = hours.isZero() ? ZERO : squares.times(input.shiftCorrection ?? ONE).div(input.capacity.times(input.capacity).times(hours));
  const part = (idle: Decimal, loaded: Decimal): Decimal =>
    round(idle.times(input.supplyHours).plus(loaded.times(load)), places.decimals, places.rounding);
  return {
    active: part(input.noLoadLoss, input.loadLoss),
    reactive: part(input.noLoadReactive ?? ZERO, input.loadReactive ?? ZERO),
  };
}

/** A step of the copper-loss percentage: holds up to and including a load rate; the last step has none. */
export interface CopperLossStep {
  readonly upToLoadRate: Decimal | null;
  readonly percent: Decimal;
}

export interface SimplifiedLoss {
  readonly ironLoss: Decimal;
  readonly copperLoss: Decimal;
  readonly cableLoss: Decimal;
  readonly copperLossPercent: Decimal;
  /** Wp ÷ (hours × Se × cos φ); null where the percentage does not depend on it. */
  readonly loadRate: Decimal | null;
  /** Sum of the three, kWh. */
  readonly active: Decimal;
}

/** Load rate of a transformer = Wp ÷ hours ÷ Se ÷ assumed cos φ, unrounded. */
export function loadRateOf(active: Decimal, hours: Decimal, capacity: Decimal, powerFactor: Decimal): Decimal {
  const full = hours.times(capacity).times(powerFactor);
  return full.isZero() ? ZERO : active.div(full);
}

/** The percentage of the first step whose bound is not passed; 40 % itself is still the lower step. */
export function copperLossPercentAt(loadRate: Decimal, steps: readonly CopperLossStep[], path = ''): Decimal {
  const step = steps.find((each) => each.upToLoadRate === null || loadRate.lessThanOrEqualTo(each.upToLoadRate));
  if (step === undefined) throw new CoreError('USAGE.COPPER_LOSS_STEP_MISSING', path, { loadRate: text(round(loadRate, 4)) });
  return step.percent;
}

/** Iron loss, kWh = P0 (kW) × hours under voltage (720 for a full month). */
export function ironLossOf(noLoadLoss: Decimal, supplyHours: Decimal): Decimal {
  return noLoadLoss.times(supplyHours);
}

/**
 * Simplified loss: iron loss + copper loss as a percentage of the energy (2 %, or 3 % above a load rate of 40 %)
 * + cable loss. Each part is rounded and then added, so that the parts shown are the whole.
 */
export function simplifiedLoss(
  parts: { readonly active: Decimal; readonly ironLoss: Decimal; readonly copperLossPercent: Decimal; readonly cableLoss?: Decimal; readonly loadRate?: Decimal },
  places: LossPlaces = WHOLE_LOSS,
): SimplifiedLoss {
  const ironLoss = round(parts.ironLoss, places.decimals, places.rounding);
  const copperLoss = round(parts.active.times(parts.copperLossPercent).div(100), places.decimals, places.rounding);
  const cableLoss = round(parts.cableLoss ?? ZERO, places.decimals, places.rounding);
  return {
    ironLoss,
    copperLoss,
    cableLoss,
    copperLossPercent: parts.copperLossPercent,
    loadRate: parts.loadRate ?? null,
    active: ironLoss.plus(copperLoss).plus(cableLoss),
  };
}
