import { multiplierOf } from '../../../core/metering';
import { type Decimal, round, text, ZERO } from '../../../core/quantity';
import { usualPerDay } from '../readings/judge-reading';
import type { AccountCycle } from '../routes/cycles.repository';
import { chooseReadings } from './choose-readings';
import { endKey, type EndsOfPoint, gapsOfMeter } from './continuity';
import type { ContinuityGap, InstallationForBilling, ReadingForBilling } from './metering-for-billing.types';
import type { InstalledMeter } from './metering-inputs.rows';

/** What a meter brings to the cycle of its point. */
export interface StayOfMeter {
  /** Null where nothing of the meter is billed in the cycle. */
  readonly installation: InstallationForBilling | null;
  readonly gaps: readonly ContinuityGap[];
}

/** Each dial of a meter with the readings that bill it, and where it does not simply go on from the last bill. */
export function stayOf(meter: InstalledMeter, cycle: AccountCycle, ends: EndsOfPoint): StayOfMeter {
  const { installationId, assetNo, installedOn, removedOn } = meter;
  const dials = meter.dials.map((dial) => {
    const billed = ends.get(endKey(assetNo, dial.register));
    return { ...dial, chosen: chooseReadings(dial.register, dial.readings, { installedOn, removedOn, cycle, billed }) };
  });
  const gaps = gapsOfMeter(meter, dials, ends);
  const registers = dials.flatMap(({ register, dialDigits, decimals, chosen }) =>
    chosen === null ? [] : [{ register, dialDigits, decimals, readings: chosen.readings.map(shown), missing: chosen.missing }],
  );
  if (registers.length === 0) return { installation: null, gaps };
  return { installation: { installationId, assetNo, installedOn, removedOn, ...ratiosOf(meter), registers }, gaps };
}

/** Mean energy of a day before the cycle over the total dials, kWh with 4 decimals; null where none has two readings. */
export function usualOf(meters: readonly InstalledMeter[], cycle: AccountCycle): string | null {
  let usual: Decimal | null = null;
  for (const meter of meters) {
    const total = meter.dials.find(({ register }) => register === 'total');
    if (total === undefined) continue;
    const before = total.readings.filter(({ on }) => on <= cycle.from).slice(-6).reverse();
    const { pt, ct } = ratiosOf(meter);
    const own = usualPerDay(before, total.dialDigits, multiplierOf(pt, ct));
    if (own !== null) usual = (usual ?? ZERO).plus(own);
  }
  return usual === null ? null : text(round(usual, 4));
}

function ratiosOf({ ptPrimary, ptSecondary, ctPrimary, ctSecondary }: InstalledMeter): Pick<InstallationForBilling, 'pt' | 'ct'> {
  return { pt: [ptPrimary, ptSecondary], ct: [ctPrimary, ctSecondary] };
}

/** A reading without what only tells where it belongs. */
function shown({ readingId, on, reading, kind, estimated, fallConfirmed }: ReadingForBilling): ReadingForBilling {
  return { readingId, on, reading, kind, estimated, ...(fallConfirmed === undefined ? {} : { fallConfirmed }) };
}
