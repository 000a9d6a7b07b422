import { Decimal, round, type Rounding, text } from '../quantity';
import { dialCapacity } from './register-energy';

/** What is doubtful about a reading or a use; the state (open, confirmed, corrected) is kept where it is stored. */
export const READING_FINDINGS = [
  'METERING.READING_MISSING',
  'METERING.READING_NEGATIVE',
  'METERING.READING_DECIMALS',
  'METERING.READING_BEYOND_DIAL',
  'METERING.USAGE_JUMP',
  'METERING.USAGE_DROP',
  'METERING.ZERO_USE',
  'METERING.USE_WHILE_SUSPENDED',
  'METERING.DEMAND_ABOVE_CAPACITY',
] as const;
export type ReadingFindingCode = (typeof READING_FINDINGS)[number];

export interface ReadingFinding {
  readonly code: ReadingFindingCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Readings carry up to 4 decimals, maximum demand too. */
export const READING_DECIMALS = 4;

/** Checks one reading by itself: missing, negative, more than 4 decimals, beyond the dial. */
export function checkReading(reading: Decimal | null, dialDigits?: number): ReadingFinding[] {
  if (reading === null) return [{ code: 'METERING.READING_MISSING', params: {} }];
  const params = { reading: text(reading) };
  const findings: ReadingFinding[] = [];
  if (reading.isNegative() && !reading.isZero()) findings.push({ code: 'METERING.READING_NEGATIVE', params });
  if (reading.decimalPlaces() > READING_DECIMALS) findings.push({ code: 'METERING.READING_DECIMALS', params });
  if (dialDigits !== undefined && reading.greaterThanOrEqualTo(dialCapacity(dialDigits))) {
    findings.push({ code: 'METERING.READING_BEYOND_DIAL', params: { ...params, dialDigits: String(dialDigits) } });
  }
  return findings;
}

/** A use and what it is held against. */
export interface UsageToCheck {
  /** Energy of the cycle, kWh, and its days. */
  readonly energy: Decimal;
  readonly days: number;
  /** Mean energy of a day in earlier cycles, kWh; null where there are none. */
  readonly usualPerDay: Decimal | null;
  /** Highest rise and deepest fall against it, percent; null switches the check off. */
  readonly jumpPercent: Decimal | null;
  readonly dropPercent: Decimal | null;
  /** `running`: something should be used; `suspended`: nothing may be. */
  readonly state: 'running' | 'suspended';
}

function againstHistory(usage: UsageToCheck, usualPerDay: Decimal): ReadingFinding[] {
  const usual = usualPerDay.times(usage.days);
  if (usual.isZero()) return [];
  const change = usage.energy.minus(usual).times(100);
  const drops = change.isNegative();
  const limit = drops ? usage.dropPercent : usage.jumpPercent;
  if (limit === null || change.abs().lessThanOrEqualTo(limit.times(usual))) return [];
  const params = { energy: text(usage.energy), usual: text(round(usual, 2)), changePercent: text(round(change.div(usual), 1)) };
  return [{ code: drops ? 'METERING.USAGE_DROP' : 'METERING.USAGE_JUMP', params }];
}

/**
 * Checks the energy of a cycle: any use of a suspended transformer; no use of a running account; a jump or drop
 * beyond the limits against the same account's mean per day. Zero use is reported as such and not as a drop besides.
 */
export function checkUsage(usage: UsageToCheck): ReadingFinding[] {
  if (usage.state === 'suspended') {
    return usage.energy.isZero() ? [] : [{ code: 'METERING.USE_WHILE_SUSPENDED', params: { energy: text(usage.energy) } }];
  }
  if (usage.energy.isZero()) return [{ code: 'METERING.ZERO_USE', params: {} }];
  return usage.usualPerDay === null ? [] : againstHistory(usage, usage.usualPerDay);
}

/** Checks a measured demand, kW, against what the running capacity, kVA, can carry (`percent` of it). */
export function checkDemand(demand: Decimal, runningCapacity: Decimal, percent: Decimal): ReadingFinding[] {
  const limit = runningCapacity.times(percent).div(100);
  if (demand.lessThanOrEqualTo(limit)) return [];
  return [{ code: 'METERING.DEMAND_ABOVE_CAPACITY', params: { demand: text(demand), limit: text(limit) } }];
}

/** Decimals of an estimate, and how it gets them: 4 half-up unless the dial has its own. */
export interface EstimatePlaces {
  readonly decimals: number;
  readonly rounding: Rounding;
}

/**
 * A stand-in for a missing reading: the last one moved on by the usual energy (kWh) ÷ multiplier, through zero where
 * the dial is that short. The next real reading settles the difference by itself.
 */
export function estimateReading(last: Decimal, usualEnergy: Decimal, multiplier: Decimal, dialDigits?: number, places: EstimatePlaces = { decimals: READING_DECIMALS, rounding: 'half-up' }): Decimal {
  const moved = round(last.plus(usualEnergy.div(multiplier)), places.decimals, places.rounding);
  if (dialDigits === undefined || moved.lessThan(dialCapacity(dialDigits))) return moved;
  return moved.minus(dialCapacity(dialDigits));
}
