import { CoreError } from '../errors';
import { Decimal, round, ZERO } from '../quantity';
import { LossPlaces, WHOLE_LOSS } from './transformer-loss';

export interface LineLossFormula {
  /** R, ohm per km; L, km; U, kV. */
  readonly resistance: Decimal;
  readonly length: Decimal;
  readonly voltage: Decimal;
  /** Wp, kWh, and Wq, kvarh, of the cycle; t, hours under voltage. */
  readonly active: Decimal;
  readonly reactive: Decimal;
  readonly hours: Decimal;
}

const WATTS_PER_KW = new Decimal(1000);

/**
 * Line loss, kWh = R·L·(Wp² + Wq²) ÷ (1000·U²·t), rounded once. No hours: no loss. Throws
 * USAGE.LINE_LOSS_WITHOUT_VOLTAGE for U = 0. A rate of the energy and a fixed quantity are `lossByPercent` and
 * `lossByDays`.
 */
export function lineLossByFormula(input: LineLossFormula, places: LossPlaces = WHOLE_LOSS, path = ''): Decimal {
  if (input.voltage.isZero()) throw new CoreError('USAGE.LINE_LOSS_WITHOUT_VOLTAGE', path);
  if (input.hours.isZero()) return ZERO;
  const squares = input.active.times(input.active).plus(input.reactive.times(input.reactive));
  const numerator = input.resistance.times(input.length).times(squares);
  const denominator = input.voltage.times(input.voltage).times(input.hours).times(WATTS_PER_KW);
  return round(numerator.div(denominator), places.decimals, places.rounding);
}
