import { CoreError } from '../errors';
import type { LocalMonth } from '../calendar';
import { count, dec, Decimal, round, ZERO } from '../quantity';
import { FEN, MoneyPlaces, PricedLine } from './priced-line';

/** `1996-thirtieth`: a day is 1/30 of the month, however long it is. `2024-calendar-days`: 1/days of the month. */
export type CapacityDayRule = '1996-thirtieth' | '2024-calendar-days';

/** First month under the rule of 2024, and first month in which a suspended transformer pays nothing. */
const CALENDAR_DAYS_FROM = '2024-06';
const FREE_SUSPENSION_FROM = '2016-01';
const HALF = new Decimal('0.5');

/** The day rule of a billing month: the one stated, or by date (calendar days from 2024-06 on). */
export function capacityDayRuleOf(rule: CapacityDayRule | 'by-date', billingMonth: LocalMonth): CapacityDayRule {
  if (rule !== 'by-date') return rule;
  return billingMonth < CALENDAR_DAYS_FROM ? '1996-thirtieth' : '2024-calendar-days';
}

/** Share of the price that suspended days pay: the one stated, or by date (one half before 2016, nothing since). */
export function shareWhileSuspendedOf(share: string | null, billingMonth: LocalMonth): Decimal {
  if (share !== null) return dec(share);
  return billingMonth < FREE_SUSPENSION_FROM ? HALF : ZERO;
}

/** What a transformer that ran for part of the month is charged for. */
export type CapacityRunDays = 'actual-days' | 'none' | 'half-month' | 'whole-month';

/** Days of one transformer in a month, in units of the day basis; what is left of the basis is not connected. */
export interface CapacityMonth {
  readonly dayBasis: number;
  readonly serviceDays: number;
  readonly suspendedDays: number;
}

/** The month as the rule divides it: 30, or its calendar days. */
export function capacityDayBasis(rule: CapacityDayRule, daysInMonth: number): number {
  return rule === '1996-thirtieth' ? 30 : daysInMonth;
}

/**
 * Calendar days of running and of suspension as days of the basis. A transformer that ran (or was suspended) all the
 * month has the whole basis; otherwise each day that it ran counts 1, and where the two fill the month the suspended
 * days are the rest of the basis: ten days run in a month of 31 are 10/30, and 20/30 suspended (rule of 1996).
 */
export function capacityMonth(rule: CapacityDayRule, daysInMonth: number, runDays: number, suspendedDays: number): CapacityMonth {
  if (runDays < 0 || suspendedDays < 0 || runDays + suspendedDays > daysInMonth) {
    throw new CoreError('CHARGES.DAYS_OUT_OF_RANGE', '', { runDays: String(runDays), suspendedDays: String(suspendedDays) });
  }
  const dayBasis = capacityDayBasis(rule, daysInMonth);
  if (runDays === daysInMonth) return { dayBasis, serviceDays: dayBasis, suspendedDays: 0 };
  const serviceDays = Math.min(runDays, dayBasis);
  const rest = dayBasis - serviceDays;
  return { dayBasis, serviceDays, suspendedDays: runDays + suspendedDays === daysInMonth ? rest : Math.min(suspendedDays, rest) };
}

/**
 * Running and suspended days of a month with at most one sealing and one unsealing, by day of the month. The day of
 * sealing is not charged, the day of unsealing is. Sealed before unsealed: suspended in between; unsealed before
 * sealed: running in between.
 */
export function daysAroundSealing(
  event: { readonly sealedOnDay?: number; readonly unsealedOnDay?: number },
  daysInMonth: number,
): { readonly runDays: number; readonly suspendedDays: number } {
  const { sealedOnDay, unsealedOnDay } = event;
  for (const day of [sealedOnDay, unsealedOnDay]) {
    if (day !== undefined && (!Number.isSafeInteger(day) || day < 1 || day > daysInMonth)) {
      throw new CoreError('CHARGES.DAYS_OUT_OF_RANGE', '', { day: String(day), daysInMonth: String(daysInMonth) });
    }
  }
  let suspendedDays = 0;
  if (sealedOnDay !== undefined && unsealedOnDay !== undefined) {
    suspendedDays = sealedOnDay <= unsealedOnDay ? unsealedOnDay - sealedOnDay : daysInMonth - (sealedOnDay - unsealedOnDay);
  } else if (sealedOnDay !== undefined) suspendedDays = daysInMonth - sealedOnDay + 1;
  else if (unsealedOnDay !== undefined) suspendedDays = unsealedOnDay - 1;
  return { runDays: daysInMonth - suspendedDays, suspendedDays };
}

/** Charges a suspension that is shorter than the minimum (15 days) in full: its days count as service. */
export function withMinimumSuspension(month: CapacityMonth, suspensionLength: number, minimumDays: number): CapacityMonth {
  if (suspensionLength >= minimumDays) return month;
  return { dayBasis: month.dayBasis, serviceDays: month.serviceDays + month.suspendedDays, suspendedDays: 0 };
}

/** Applies a region's rule for transformers that ran for part of the month only. A full or an idle month stays. */
export function withRunDays(month: CapacityMonth, rule: CapacityRunDays): CapacityMonth {
  if (rule === 'actual-days' || month.serviceDays === 0 || month.serviceDays >= month.dayBasis) return month;
  const charged = { none: 0, 'half-month': month.dayBasis / 2, 'whole-month': month.dayBasis }[rule];
  return { dayBasis: month.dayBasis, serviceDays: charged, suspendedDays: Math.min(month.suspendedDays, month.dayBasis - charged) };
}

export interface CapacityItem {
  /** kVA. */
  readonly capacity: Decimal;
  /** Yuan per kVA and month. */
  readonly price: Decimal;
  readonly month: CapacityMonth;
  /** Share of the price for suspended days: 0 since 2016, 0.5 before. */
  readonly shareWhileSuspended: Decimal;
}

/**
 * Capacity charge (容量电费) of one transformer = kVA × price × (service days + suspended days × share) ÷ day basis,
 * rounded to the fen once. The division comes last, so that a third of a month does not spoil the rounding. The
 * quantity is in kVA-months.
 */
export function capacityCharge(item: CapacityItem, money: MoneyPlaces = FEN): PricedLine {
  const basis = count(item.month.dayBasis);
  const days = new Decimal(item.month.serviceDays).plus(item.shareWhileSuspended.times(item.month.suspendedDays));
  const whole = days.equals(basis);
  const quantity = whole ? item.capacity : item.capacity.times(days).div(basis);
  const exactAmount = whole ? item.capacity.times(item.price) : item.capacity.times(item.price).times(days).div(basis);
  return { quantity, price: item.price, exactAmount, amount: round(exactAmount, money.decimals, money.rounding) };
}
