import { dayNumber } from '../../../core/calendar';
import { estimateReading, multiplierOf, registerEnergy } from '../../../core/metering';
import { count, dec, type Decimal, text, ZERO } from '../../../core/quantity';
import { usualPerDay } from '../readings/judge-reading';
import type { ReadingPlace } from '../readings/reading.types';

/** Why a dial is left to a person. */
export type NotEstimated = 'DEMAND' | 'NO_HISTORY' | 'ESTIMATED_TOO_OFTEN';

/** What stands in for the reading, or why nothing does. */
export type Estimate = { readonly reading: string } | { readonly reason: NotEstimated };

export interface DialToEstimate {
  readonly register: string;
  readonly on: string;
  /** Estimates in a row that are allowed; one more needs a real reading. */
  readonly inARow: number;
  readonly place: Pick<ReadingPlace, 'before' | 'after' | 'pt' | 'ct' | 'dialDigits' | 'decimals' | 'suspendedSince'>;
}

/** Mean energy of a day, kWh: between the readings on both sides of the day, else over those before; null without either. */
function perDay({ before, after, pt, ct, dialDigits }: DialToEstimate['place']): Decimal | null {
  const multiplier = multiplierOf(pt, ct);
  const [last] = before;
  const digits = dialDigits ?? 0;
  if (last === undefined || after === null) return usualPerDay(before, digits, multiplier);
  const { exact } = registerEnergy({ start: dec(last.reading), end: dec(after.reading), dialDigits: digits }, multiplier, { decimals: null, rounding: 'half-up' });
  return exact.div(count(dayNumber(after.on) - dayNumber(last.on)));
}

/**
 * What a dial would have shown on a day, as a text in the dial's own decimals: its last reading moved on by its usual
 * use, kWh a day × days ÷ multiplier; where a later reading is known, by the use between the two; not at all behind a
 * transformer that was sealed since. Further decimals are cut off, so that the dials of the periods never come to more
 * than the total. A demand is a highest value, and has no stand-in.
 */
export function estimateOf({ register, on, inARow, place }: DialToEstimate): Estimate {
  const [last] = place.before;
  if (register === 'maximum-demand') return { reason: 'DEMAND' };
  if (last === undefined) return { reason: 'NO_HISTORY' };
  if (place.before.slice(0, inARow).filter(({ estimated }) => estimated === true).length >= inARow) return { reason: 'ESTIMATED_TOO_OFTEN' };
  const sealed = place.suspendedSince !== null && place.suspendedSince <= last.on;
  const usual = sealed ? ZERO : perDay(place);
  if (usual === null) return { reason: 'NO_HISTORY' };
  const energy = usual.times(count(dayNumber(on) - dayNumber(last.on)));
  const places = { decimals: place.decimals ?? 0, rounding: 'down' } as const;
  return { reading: text(estimateReading(dec(last.reading), energy, multiplierOf(place.pt, place.ct), place.dialDigits ?? undefined, places)) };
}
