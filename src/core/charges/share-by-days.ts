import { CoreError } from '../errors';
import { count, Decimal, round, Rounding, ZERO } from '../quantity';

/**
 * Shares the energy of a cycle over the versions that were in force in it, by days: each part rounded (whole kWh,
 * half-up, never more than is left), the remainder to the last version that has days. A cycle counts its first day and not its last. Parts
 * always add up to the whole. Throws CHARGES.DAYS_OUT_OF_RANGE for negative days or none at all.
 */
export function shareByDays(total: Decimal, days: readonly number[], decimals: number | null = 0, rounding: Rounding = 'half-up'): Decimal[] {
  const all = days.reduce((sum, each) => sum + each, 0);
  if (all <= 0 || days.some((each) => each < 0)) throw new CoreError('CHARGES.DAYS_OUT_OF_RANGE', '', { days: days.join(', ') });
  let last = 0;
  days.forEach((each, index) => {
    if (each > 0) last = index;
  });
  let left = total;
  const parts = days.map((each, index) => {
    if (index === last || each === 0) return ZERO;
    const rounded = round(total.times(count(each)).div(count(all)), decimals, rounding);
    const part = rounded.greaterThan(left) && !total.isNegative() ? left : rounded;
    left = left.minus(part);
    return part;
  });
  parts[last] = left;
  return parts;
}
