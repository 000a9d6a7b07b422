import { Injectable, Logger } from '@nestjs/common';
import { savepoint, type Tx } from '../../../platform/database';
import { databaseFault } from '../../../platform/errors';
import { prepareBill } from '../bills/bill-rows';
import { BillWriter } from '../bills/bill-writer';
import type { PreparedBill, StoredBill } from '../bills/computed-bill';
import { BillComputation } from '../preview/bill-computation';
import { isOfTheMoment } from './intervals/interval-fault';
import { FoundException, groupByAccount, unexpected } from './found-exception';
import type { RunKind } from './run-states';
import { TrialTariffs } from './trial-tariffs';

/** For which run accounts are billed, and as of which revision of the inputs. */
export interface BillingOrder {
  readonly runId: string;
  readonly period: string;
  readonly kind: RunKind;
  readonly frozenRevision: string;
}

export interface ComputedAccounts {
  readonly bills: readonly PreparedBill[];
  readonly exceptions: readonly FoundException[];
}

export interface WrittenAccounts {
  readonly stored: readonly StoredBill[];
  readonly exceptions: readonly FoundException[];
  /** Accounts that a live bill of the period kept from being billed twice. */
  readonly alreadyBilled: readonly string[];
}

/** Faults that say nothing about a single account: those of the moment, and an interval that took too long as a whole. */
function concernsAll(error: unknown): boolean {
  return isOfTheMoment(error) || /^(53|57|25P)/.test(databaseFault(error)?.code ?? '');
}

/** Bills accounts set-based and keeps their faults apart: an account that fails is parked alone, the others go on. */
@Injectable()
export class AccountBilling {
  private readonly logger = new Logger('BillingRun');

  constructor(
    private readonly computation: BillComputation,
    private readonly writer: BillWriter,
    private readonly trialTariffs: TrialTariffs,
  ) {}

  /** Computes all accounts at once; where that fails, halves of them, down to the account that cannot be computed. */
  async compute(tx: Tx, order: BillingOrder, accountIds: readonly string[]): Promise<ComputedAccounts> {
    if (accountIds.length === 0) return { bills: [], exceptions: [] };
    try {
      const { period, frozenRevision } = order;
      const trial = order.kind === 'trial';
      const placement = { period, runId: order.runId, trial };
      const tariffsInstead = trial ? await this.trialTariffs.of(tx, order.runId) : undefined;
      const result = await savepoint(tx, () =>
        this.computation.compute(tx, { accountIds, period, frozenRevision, trial, tariffsInstead }, (bill) => prepareBill(placement, bill)));
      return { bills: result.bills, exceptions: groupByAccount(result.exceptions) };
    } catch (error) {
      if (concernsAll(error)) throw error;
      const [only] = accountIds;
      if (only !== undefined && accountIds.length === 1) return { bills: [], exceptions: [this.park(only, error)] };
      const middle = accountIds.length >> 1;
      const first = await this.compute(tx, order, accountIds.slice(0, middle));
      const rest = await this.compute(tx, order, accountIds.slice(middle));
      return { bills: [...first.bills, ...rest.bills], exceptions: [...first.exceptions, ...rest.exceptions] };
    }
  }

  /** Writes all bills at once; what the database refuses one account's bills for does not keep the others out. */
  async write(tx: Tx, order: BillingOrder, bills: readonly PreparedBill[]): Promise<WrittenAccounts> {
    if (bills.length === 0) return { stored: [], exceptions: [], alreadyBilled: [] };
    try {
      const stored = await savepoint(tx, () => this.writer.copy(tx, order.period, bills, order.kind === 'trial'));
      return { stored, exceptions: [], alreadyBilled: [] };
    } catch (error) {
      if (concernsAll(error)) throw error;
      const accountIds = [...new Set(bills.map((bill) => bill.accountId))];
      const [only] = accountIds;
      if (only !== undefined && accountIds.length === 1) return this.refused(only, error);
      const half = new Set(accountIds.slice(0, accountIds.length >> 1));
      const first = await this.write(tx, order, bills.filter((bill) => half.has(bill.accountId)));
      const rest = await this.write(tx, order, bills.filter((bill) => !half.has(bill.accountId)));
      return {
        stored: [...first.stored, ...rest.stored],
        exceptions: [...first.exceptions, ...rest.exceptions],
        alreadyBilled: [...first.alreadyBilled, ...rest.alreadyBilled],
      };
    }
  }

  /** A live bill that came into being since the freeze is no fault: the account is not billed twice. */
  private refused(accountId: string, error: unknown): WrittenAccounts {
    const duplicate = databaseFault(error)?.code === '23505';
    if (duplicate) return { stored: [], exceptions: [], alreadyBilled: [accountId] };
    return { stored: [], exceptions: [this.park(accountId, error)], alreadyBilled: [] };
  }

  private park(accountId: string, error: unknown): FoundException {
    const exception = unexpected(accountId);
    this.logger.error(`account ${accountId} parked, correlation ${exception.correlationId}: ${String(error)}`);
    return exception;
  }
}
