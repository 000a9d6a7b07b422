import { CoreError } from '../errors';
import { Decimal, round, Rounding, text, ZERO } from '../quantity';

/** Places that an energy keeps; trade default: whole kWh, half-up. `null` leaves it unrounded. */
export interface EnergyPlaces {
  readonly decimals: number | null;
  readonly rounding: Rounding;
}

export const WHOLE_KWH: EnergyPlaces = { decimals: 0, rounding: 'half-up' };

/** What one dial showed at the start and at the end of a stretch of days. */
export interface RegisterSpan {
  readonly start: Decimal;
  readonly end: Decimal;
  /** Whole digits of the dial (5, 6, 8); without them a reading must not fall. */
  readonly dialDigits?: number;
}

export interface RegisterEnergy {
  /** End − start, with the dial's capacity added where it passed zero. */
  readonly difference: Decimal;
  /** Difference × multiplier. */
  readonly exact: Decimal;
  /** `exact` rounded by policy. */
  readonly energy: Decimal;
  readonly rolledOver: boolean;
}

const CAPACITIES = new Map<number, Decimal>();

/** 10^digits: the first reading that a dial cannot show. */
export function dialCapacity(digits: number): Decimal {
  let capacity = CAPACITIES.get(digits);
  if (capacity === undefined) {
    capacity = new Decimal(10).pow(digits);
    CAPACITIES.set(digits, capacity);
  }
  return capacity;
}

function assertOnDial(reading: Decimal, digits: number | undefined, path: string): void {
  if (reading.isNegative() && !reading.isZero()) {
    throw new CoreError('METERING.READING_NEGATIVE', path, { reading: text(reading) });
  }
  if (digits !== undefined && reading.greaterThanOrEqualTo(dialCapacity(digits))) {
    throw new CoreError('METERING.READING_BEYOND_DIAL', path, { reading: text(reading), dialDigits: String(digits) });
  }
}

/**
 * Difference of two readings of a dial; readings themselves are never rounded. A reading below the one before means
 * one passage through zero (翻转): difference + 10^digits, taken at most once, since two passages cannot be told from
 * one. Throws METERING.READING_FELL where the dial's digits are not known, METERING.READING_NEGATIVE and
 * METERING.READING_BEYOND_DIAL for readings that the dial cannot show.
 */
export function registerDifference(span: RegisterSpan, path = ''): { readonly difference: Decimal; readonly rolledOver: boolean } {
  assertOnDial(span.start, span.dialDigits, path);
  assertOnDial(span.end, span.dialDigits, path);
  const difference = span.end.minus(span.start);
  if (!difference.isNegative() || difference.isZero()) return { difference, rolledOver: false };
  if (span.dialDigits === undefined) {
    throw new CoreError('METERING.READING_FELL', path, { start: text(span.start), end: text(span.end) });
  }
  return { difference: difference.plus(dialCapacity(span.dialDigits)), rolledOver: true };
}

/**
 * Energy of one register = (end − start) × multiplier, kWh or kvarh, rounded per register of each meter (default:
 * whole units, half-up). A roll-over is believed only up to `rolloverLimit` (from the account's history, in energy);
 * above it METERING.ROLLOVER_IMPLAUSIBLE is thrown and a person decides: a fallen reading can as well be an
 * over-estimate, an exchanged meter or a mistake.
 */
export function registerEnergy(
  span: RegisterSpan,
  multiplier: Decimal,
  places: EnergyPlaces = WHOLE_KWH,
  rolloverLimit: Decimal | null = null,
  path = '',
): RegisterEnergy {
  const { difference, rolledOver } = registerDifference(span, path);
  const exact = difference.times(multiplier);
  if (rolledOver && rolloverLimit !== null && exact.greaterThan(rolloverLimit)) {
    throw new CoreError('METERING.ROLLOVER_IMPLAUSIBLE', path, { energy: text(exact), limit: text(rolloverLimit) });
  }
  return { difference, exact, energy: round(exact, places.decimals, places.rounding), rolledOver };
}

/** Maximum demand, kW = reading (up to 4 decimals) × multiplier, not rounded. */
export function demandOf(reading: Decimal, multiplier: Decimal): Decimal {
  return reading.times(multiplier);
}

/** The highest of several demands of a cycle (a dial is reset, or a meter exchanged, in between); 0 for none. */
export function highestDemand(demands: readonly Decimal[]): Decimal {
  return demands.reduce((highest, demand) => (demand.greaterThan(highest) ? demand : highest), ZERO);
}

/** Reactive energy for the power factor, kvarh = |forward| + |reverse|. */
export function absoluteReactive(forward: Decimal, reverse: Decimal): Decimal {
  return reverse.isZero() ? forward.abs() : forward.abs().plus(reverse.abs());
}
