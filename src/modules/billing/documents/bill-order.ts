import { addMonths, type LocalDate, type LocalMonth, type Period } from '../../../core/calendar';
import type { AccountCycle } from '../../metering';
import type { AccountException } from './assembled';
import type { BillInTheWay, PreviousBill } from './previous-bills.repository';

export type Reason = Omit<AccountException, 'account'>;

/** Bills of other periods by account. */
export interface BillsAround {
  readonly period: LocalMonth;
  readonly previous: ReadonlyMap<string, PreviousBill>;
  readonly inTheWay: readonly BillInTheWay[];
  /** Of accounts without an earlier bill: from when on they should have had one. */
  readonly unbilledSince: ReadonlyMap<string, LocalDate>;
}

/**
 * The cycles as they follow the last bills: each begins on the day up to which the account was billed, also where its
 * reading day was moved since. An account whose last bill is older than a month keeps its regular cycle: see `orderReasons`.
 */
export function continuedCycles(regular: ReadonlyMap<string, AccountCycle>, { previous, period }: BillsAround): Map<string, AccountCycle> {
  return new Map(
    [...regular].flatMap(([accountId, cycle]) => {
      const last = previous.get(accountId);
      if (last === undefined || (last.period !== addMonths(period, -1) && last.cycleTo < cycle.from)) return [[accountId, cycle] as const];
      return last.cycleTo < cycle.to ? [[accountId, { ...cycle, from: last.cycleTo }] as const] : [];
    }),
  );
}

/**
 * Why an account cannot be billed for the period because of its other periods: block use, estimates and the readings
 * that it starts from all come from the bill before, which must be issued, and be that of the period before. An account
 * without any bill must have had no days to bill before.
 */
export function orderReasons({ period, previous, inTheWay, unbilledSince }: BillsAround, cycles: ReadonlyMap<string, Period>): Map<string, Reason[]> {
  const reasons = new Map<string, Reason[]>();
  const report = (accountId: string, code: string, params: Reason['params']): void => {
    const known = reasons.get(accountId) ?? [];
    if (!known.some((reason) => reason.code === code)) reasons.set(accountId, [...known, { code, subject: '', params }]);
  };
  for (const { accountId, period: other, runId, cancelled } of inTheWay) {
    const earlier = cancelled ? 'BILLING.EARLIER_BILL_CANCELLED' : 'BILLING.EARLIER_BILL_NOT_RELEASED';
    report(accountId, other < period ? earlier : 'BILLING.LATER_BILL_EXISTS', { period: other, runId });
  }
  for (const [accountId, last] of previous) {
    const cycle = cycles.get(accountId);
    if (cycle === undefined || last.cycleTo >= cycle.from || reasons.has(accountId)) continue;
    report(accountId, 'BILLING.EARLIER_PERIOD_NOT_BILLED', { lastPeriod: last.period, billedUpTo: last.cycleTo, from: cycle.from });
  }
  for (const [accountId, since] of unbilledSince) {
    const cycle = cycles.get(accountId);
    if (cycle === undefined || since >= cycle.from || reasons.has(accountId)) continue;
    report(accountId, 'BILLING.EARLIER_PERIOD_NOT_BILLED', { unbilledSince: since, from: cycle.from });
  }
  return reasons;
}
