import { dayNumber } from '../../../core/calendar';
import {
  checkDemand,
  checkUsage,
  demandOf,
  multiplierOf,
  registerDifference,
  registerEnergy,
  type RegisterSpan,
} from '../../../core/metering';
import { DEFAULT_POLICIES } from '../../../core/policy';
import { count, dec, type Decimal, text } from '../../../core/quantity';
import type { ReadingFindingCode } from '../metering.codes';
import type { Doubt, Neighbour, ReadingPlace } from './reading.types';

const UNROUNDED = { decimals: null, rounding: 'half-up' } as const;
const { usageJumpPercent, usageDropPercent, demandOfCapacityPercent, rolloverEnergyLimitPercent } = DEFAULT_POLICIES;
/** Changes against the usual use: the defaults of the policies that bills are checked by too. */
const JUMP = usageJumpPercent === null ? null : dec(usageJumpPercent);
const DROP = usageDropPercent === null ? null : dec(usageDropPercent);
const DEMAND_LIMIT = demandOfCapacityPercent === null ? null : dec(demandOfCapacityPercent);
const ROLLOVER_LIMIT = dec(rolloverEnergyLimitPercent);

export interface ReadingToJudge {
  readonly register: string;
  readonly readOn: string;
  readonly reading: string;
  readonly dialDigits: number;
  /** Whether the meter has a total dial; use is then judged by it alone. */
  readonly hasTotal: boolean;
  readonly place: Pick<ReadingPlace, 'pt' | 'ct' | 'before' | 'after' | 'suspendedSince' | 'capacityKva'>;
}

/** Mean energy of a day over the known readings before, kWh; null where fewer than two are known. */
export function usualPerDay(before: readonly Neighbour[], dialDigits: number, multiplier: Decimal): Decimal | null {
  const last = before[0];
  const first = before.at(-1);
  if (last === undefined || first === undefined || before.length < 2) return null;
  const { exact } = registerEnergy({ start: dec(first.reading), end: dec(last.reading), dialDigits }, multiplier, UNROUNDED);
  return exact.div(count(dayNumber(last.on) - dayNumber(first.on)));
}

function judgeDemand(reading: ReadingToJudge, multiplier: Decimal): Doubt[] {
  const { capacityKva } = reading.place;
  if (capacityKva === null || DEMAND_LIMIT === null) return [];
  return checkDemand(demandOf(dec(reading.reading), multiplier), dec(capacityKva), DEMAND_LIMIT).map(({ code, params }) => ({
    code: code as ReadingFindingCode,
    figures: params,
  }));
}

/** A fall is believed as a rollover only inside the limit of the history; without history a person decides. */
function judgeFall(span: RegisterSpan, usual: Decimal | null, days: number, multiplier: Decimal): Doubt[] {
  const { difference, rolledOver } = registerDifference(span);
  if (!rolledOver) return [];
  const energy = difference.times(multiplier);
  const limit = usual?.times(days).times(ROLLOVER_LIMIT).div(100) ?? null;
  if (limit !== null && energy.lessThanOrEqualTo(limit)) return [];
  const figures = { previous: text(span.start), reading: text(span.end), energyIfRolledOver: text(energy) };
  return [{ code: 'METERING.READING_FELL', figures: limit === null ? figures : { ...figures, limit: text(limit) } }];
}

/**
 * What is doubtful about a reading beside its neighbours: a fall that is no plausible rollover, a value above a later
 * one, a jump or drop against the register's own mean per day, no use, use while the transformer is suspended, a
 * demand above what the transformer can carry. Only what was read counts as a neighbour, never an estimate. Energies in kWh with the multiplier, unrounded.
 */
export function judgeReading(reading: ReadingToJudge): Doubt[] {
  const { after, pt, ct, suspendedSince } = reading.place;
  const before = reading.place.before.filter(({ estimated }) => estimated !== true);
  const multiplier = multiplierOf(pt, ct);
  if (reading.register === 'maximum-demand') return judgeDemand(reading, multiplier);
  const value = dec(reading.reading);
  const doubts: Doubt[] = [];
  if (after !== null && value.greaterThan(dec(after.reading))) {
    doubts.push({ code: 'METERING.READING_ABOVE_NEXT', figures: { reading: reading.reading, next: after.reading, nextOn: after.on } });
  }
  const previous = before[0];
  if (previous === undefined) return doubts;
  const days = dayNumber(reading.readOn) - dayNumber(previous.on);
  const usual = usualPerDay(before, reading.dialDigits, multiplier);
  const span = { start: dec(previous.reading), end: value, dialDigits: reading.dialDigits };
  const fall = judgeFall(span, usual, days, multiplier);
  if (fall.length > 0) return [...doubts, ...fall];
  if (reading.register !== 'total' && (reading.hasTotal || reading.register.startsWith('reactive'))) return doubts;
  const { exact } = registerEnergy(span, multiplier, UNROUNDED);
  const state = suspendedSince !== null && suspendedSince <= previous.on ? 'suspended' : 'running';
  const found = checkUsage({ energy: exact, days, usualPerDay: usual, jumpPercent: JUMP, dropPercent: DROP, state });
  return [...doubts, ...found.map(({ code, params }) => ({ code: code as ReadingFindingCode, figures: params }))];
}
