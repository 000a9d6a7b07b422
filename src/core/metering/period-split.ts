import { CoreError } from '../errors';
import { Decimal, text } from '../quantity';
import type { TimeOfUsePeriod } from '../tariff/vocabulary';

/** Energies by price period, kWh; periods that the meter does not read are absent. */
export type PeriodEnergies = Readonly<Partial<Record<TimeOfUsePeriod, Decimal>>>;

/**
 * Energies of a time-of-use meter: the periods that are read stand as they are, and one (flat by default) is the
 * mechanical total less the others; a reading of that one is not used. Throws METERING.PERIODS_EXCEED_TOTAL where the
 * others are more than the total: a person decides, nothing is cut off.
 */
export function splitTotal(total: Decimal, read: PeriodEnergies, differenceTo: TimeOfUsePeriod = 'flat', path = ''): Partial<Record<TimeOfUsePeriod, Decimal>> {
  const energies: Partial<Record<TimeOfUsePeriod, Decimal>> = {};
  let left = total;
  for (const key in read) {
    const period = key as TimeOfUsePeriod;
    const energy = read[period];
    if (period === differenceTo || energy === undefined) continue;
    energies[period] = energy;
    left = left.minus(energy);
  }
  if (left.isNegative() && !left.isZero()) {
    throw new CoreError('METERING.PERIODS_EXCEED_TOTAL', path, { total: text(total), excess: text(left.negated()) });
  }
  energies[differenceTo] = left;
  return energies;
}
