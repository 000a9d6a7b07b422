import { daysIn, intersect, Period } from '../calendar';
import { shareByDays } from '../charges';
import { dialCapacity, multiplierOf } from '../metering';
import { count, dec, Decimal, shareInOrder, sum, text, ZERO } from '../quantity';
import { PricePeriod, Register, TIME_OF_USE_PERIODS } from '../tariff';
import type { DocumentMeter, DocumentRegister } from './calculation-document';
import type { Segment } from './segments';
import type { Energies, Work, WorkPoint } from './work';

function sumAt(parts: readonly (readonly Decimal[])[], index: number): Decimal {
  return sum(parts.map((part) => part[index] ?? ZERO));
}

/** Energy of one dial in each segment: every stretch between two readings is spread over its own days. */
function registerBySegment(register: DocumentRegister, multiplier: Decimal, segments: readonly Segment[]): Decimal[] {
  const energies = segments.map(() => ZERO);
  for (let index = 1; index < register.readings.length; index += 1) {
    const before = register.readings[index - 1];
    const after = register.readings[index];
    if (before === undefined || after === undefined || before.on >= after.on) continue;
    const difference = dec(after.reading).minus(dec(before.reading));
    const turned = difference.isNegative() && register.dialDigits !== undefined ? difference.plus(dialCapacity(register.dialDigits)) : difference;
    const stretch: Period = { from: before.on, to: after.on };
    segments.forEach((segment, place) => {
      const shared = intersect(segment, stretch);
      if (shared === null) return;
      const part = turned.times(multiplier).times(count(daysIn(shared))).div(count(daysIn(stretch)));
      energies[place] = (energies[place] ?? ZERO).plus(part);
    });
  }
  return energies;
}

function periodEnergies(meters: readonly DocumentMeter[], register: Register, segments: readonly Segment[]): Decimal[][] {
  return meters.flatMap((meter) =>
    meter.registers.filter((one) => one.register === register).map((one) => registerBySegment(one, multiplierOf(meter.pt, meter.ct), segments)),
  );
}

/** Whether readings inside the cycle tell more than days: a reading in between, or a meter that stood for part of it. */
function readingsTellMore(meters: readonly DocumentMeter[]): boolean {
  return meters.length > 1 || meters.some((meter) => meter.registers.some((register) => register.readings.length > 2));
}

/** Weights of the segments for one price period: the energy read in each, the remainder period as total less the others. */
function weightsByReadings(item: WorkPoint, period: PricePeriod, segments: readonly Segment[]): Decimal[] {
  const meters = item.point.meters ?? [];
  const own = periodEnergies(meters, period, segments);
  const total = periodEnergies(meters, 'total', segments);
  if (period === 'total' || (own.length > 0 && period !== 'flat') || total.length === 0) return segments.map((_, index) => sumAt(own, index));
  const others = TIME_OF_USE_PERIODS.filter((other) => other !== period).map((other) => periodEnergies(meters, other, segments)).flat();
  return segments.map((_, index) => {
    const left = sumAt(total, index).minus(sumAt(others, index));
    return left.isNegative() ? ZERO : left;
  });
}

/**
 * The billed energy of a point in each segment. One segment: all of it. Several: by days, each rounded, the remainder
 * to the last; where readings inside the cycle tell how much was used before and after, by those.
 */
export function splitOverSegments(work: Work, item: WorkPoint): readonly Energies[] {
  const { segments } = work;
  const [first] = segments;
  if (first === undefined || segments.length === 1) return [item.active];
  const { energyDecimals, energyRounding } = first.policies;
  const byReadings = readingsTellMore(item.point.meters ?? []);
  const result: Energies[] = segments.map(() => ({}));
  for (const [key, energy] of Object.entries(item.active)) {
    const period = key as PricePeriod;
    const weights = byReadings ? weightsByReadings(item, period, segments) : [];
    const decimals = Math.max(energyDecimals, energy.decimalPlaces());
    const parts = sum(weights).isZero()
      ? shareByDays(energy, segments.map((segment) => segment.days), decimals, energyRounding)
      : shareInOrder(energy, weights, decimals, energyRounding);
    parts.forEach((part, index) => {
      const target = result[index];
      if (target !== undefined) target[period] = part;
      const segment = segments[index];
      work.figures.push({
        id: `point:${item.point.usagePointNo}:segment:${index + 1}:${period}`,
        rule: byReadings ? 'split-by-readings' : 'tariff-version-by-days',
        value: text(part),
        unit: 'kWh',
        inputs: { energy: text(energy), days: String(segment?.days ?? 0), from: segment?.from ?? '', to: segment?.to ?? '' },
      });
    });
  }
  return result;
}
