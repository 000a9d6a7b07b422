import { Decimal, round, Rounding, shareByLargestRemainder, sum, ZERO } from '../quantity';
import type { TimeOfUsePeriod } from '../tariff/vocabulary';

/** Rounding of the shares of a loss. Default whole kWh, half-up; one company's invoice rounds up. */
export interface ShareRounding {
  readonly decimals: number;
  readonly rounding: Rounding;
}

export const WHOLE_SHARES: ShareRounding = { decimals: 0, rounding: 'half-up' };

/** Order in which the periods get their rounded share; the remainder period comes last by construction. */
const ORDER: readonly TimeOfUsePeriod[] = ['sharp', 'peak', 'flat', 'valley', 'deep-valley'];

/**
 * Shares a loss (kWh) over the periods in proportion to their energies: each share is rounded, and the remainder
 * goes to `remainderTo` (flat by default; where the point has no such period, to the last one). Equally where all
 * energies are 0. No share takes more than is left, so that rounding up never drives the remainder below zero.
 * The shares always add up to the loss.
 */
export function shareLossOverPeriods(
  loss: Decimal,
  energies: Readonly<Partial<Record<TimeOfUsePeriod, Decimal>>>,
  share: ShareRounding = WHOLE_SHARES,
  remainderTo: TimeOfUsePeriod = 'flat',
): Partial<Record<TimeOfUsePeriod, Decimal>> {
  const periods = ORDER.filter((period) => energies[period] !== undefined);
  if (periods.length === 0) return {};
  const last = periods.includes(remainderTo) ? remainderTo : (periods[periods.length - 1] ?? remainderTo);
  const total = sum(periods.map((period) => energies[period] ?? ZERO));
  const shares: Partial<Record<TimeOfUsePeriod, Decimal>> = {};
  let left = loss;
  for (const period of periods) {
    if (period === last) continue;
    const energy = energies[period] ?? ZERO;
    if (energy.isZero() && !total.isZero()) {
      shares[period] = ZERO;
      continue;
    }
    const exact = total.isZero() ? loss.div(periods.length) : loss.times(energy).div(total);
    const rounded = round(exact, share.decimals, share.rounding);
    const part = rounded.abs().greaterThan(left.abs()) ? left : rounded;
    shares[period] = part;
    left = left.minus(part);
  }
  shares[last] = left;
  return shares;
}

/** A usage point that bears a part of a transformer's loss. */
export interface LossBearer {
  readonly energy: Decimal;
  readonly capacity: Decimal;
  /** Agreed part, kWh, for sharing by fixed quantities. */
  readonly fixed?: Decimal;
}

export type PointSharing = 'by-energy' | 'by-capacity' | 'fixed' | 'none';

/**
 * Shares a loss over usage points, whole units by the largest remainder, so that the parts add up to the loss: by
 * energy, by capacity, by agreed quantities (as weights, so that nothing is lost when they do not fit), or not at all
 * (then the first point bears it). Equally where all weights are 0.
 */
export function shareLossOverPoints(loss: Decimal, points: readonly LossBearer[], how: PointSharing, decimals = 0): Decimal[] {
  if (how === 'none') return points.map((_, index) => (index === 0 ? loss : ZERO));
  const weights = points.map((point) => {
    if (how === 'by-capacity') return point.capacity;
    return how === 'fixed' ? (point.fixed ?? ZERO) : point.energy;
  });
  return shareByLargestRemainder(loss, weights, Math.max(decimals, loss.decimalPlaces()));
}
