import { daysIn, intersect, Period } from '../calendar';
import { shareByDays } from '../charges';
import { dialCapacity, multiplierOf } from '../metering';
import { count, dec, Decimal, shareInOrder, sum, text, ZERO } from '../quantity';
import { PricePeriod, Register, TIME_OF_USE_PERIODS } from '../tariff';
import type { DocumentMeter, DocumentRegister } from './calculation-document';
import { agreedWeights, ownStretches } from './point-content';
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

/** How the energy of a point is split, where it is billed in more than one segment. */
interface Split {
  readonly rule: 'split-by-readings' | 'agreed-quantity-by-days' | 'tariff-version-by-days';
  /** What each segment weighs for a price period; nothing but zeros where days alone tell. */
  readonly weights: (period: PricePeriod) => Decimal[];
}

function splitOf(item: WorkPoint, segments: readonly Segment[]): Split {
  const { point } = item;
  if (readingsTellMore(point.meters ?? [])) return { rule: 'split-by-readings', weights: (period) => weightsByReadings(item, period, segments) };
  if (point.changes !== undefined && point.kind !== 'metered') return { rule: 'agreed-quantity-by-days', weights: () => agreedWeights(point, segments) };
  return { rule: 'tariff-version-by-days', weights: () => [] };
}

function noteSplit(work: Work, { point }: WorkPoint, { rule }: Split, period: PricePeriod, energy: Decimal, parts: readonly Decimal[], days: readonly (Period | null)[]): void {
  parts.forEach((part, index) => {
    const own = days[index];
    if (own === null || own === undefined) return;
    work.figures.push({
      id: `point:${point.usagePointNo}:segment:${index + 1}:${period}`,
      rule,
      value: text(part),
      unit: 'kWh',
      inputs: { energy: text(energy), days: String(daysIn(own)), from: own.from, to: own.to },
    });
  });
}

/**
 * The billed energy of a point in each segment that it stands in. One segment: all of it. Several: by days, each
 * rounded, the remainder to the last; where readings inside the cycle tell how much was used before and after, by
 * those; an agreed quantity that changes by what was agreed for the days of each.
 */
export function splitOverSegments(work: Work, item: WorkPoint): readonly Energies[] {
  const { segments } = work;
  const [first] = segments;
  if (first === undefined || segments.length === 1) return [item.active];
  const { energyDecimals, energyRounding } = first.policies;
  const own = ownStretches(item.point, work.document, segments);
  const days = own.map((stretch) => (stretch === null ? 0 : daysIn(stretch)));
  const split = splitOf(item, segments);
  const result: Energies[] = segments.map(() => ({}));
  for (const [key, energy] of Object.entries(item.active)) {
    const period = key as PricePeriod;
    const weights = split.weights(period).map((weight, index) => (days[index] === 0 ? ZERO : weight));
    const decimals = Math.max(energyDecimals, energy.decimalPlaces());
    const parts = sum(weights).isZero() ? shareByDays(energy, days, decimals, energyRounding) : shareInOrder(energy, weights, decimals, energyRounding);
    parts.forEach((part, index) => {
      const target = result[index];
      if (target !== undefined && days[index] !== 0) target[period] = part;
    });
    noteSplit(work, item, split, period, energy, parts, own);
  }
  return result;
}
