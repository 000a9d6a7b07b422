import { Injectable } from '@nestjs/common';
import { computeBill } from '../../../core/bill';
import { CoreError } from '../../../core/errors';
import type { Tx } from '../../../platform/database';
import { unstorableFigure } from '../bills/column-limits';
import { type ComputedBill, computedBill, type ComputedInterval } from '../bills/computed-bill';
import type { AccountException, AssembledDocument, AssembleRequest } from '../documents/assembled';
import { BillDocuments } from '../documents/bill-documents';
import { type FrozenElsewhere, FrozenPointsRepository } from '../documents/frozen-points.repository';
import { billedOtherwise } from '../documents/sub-meter-agreement';
import { confirmationKey } from '../inputs/confirmation.repository';

/** Code of an account whose bill has a figure with more digits than its column. */
export const UNSTORABLE = 'BILLING.FIGURE_TOO_PRECISE';

/**
 * The one way from accounts to bills: documents are put together, the core computes them, and what keeps a bill from
 * being issued becomes an exception of the account. Preview, run and rebill differ only in what they do afterwards.
 */
@Injectable()
export class BillComputation {
  constructor(
    private readonly documents: BillDocuments,
    private readonly points: FrozenPointsRepository,
  ) {}

  /**
   * Computes the bills of some accounts; each account is in exactly one of the lists. Writes nothing. What `keep` makes
   * of a bill is all that stays of it: for a batch of a run the objects of one bill are gone before the next is computed.
   */
  async compute<T>(tx: Tx, request: AssembleRequest, keep: (computed: ComputedBill) => T): Promise<ComputedInterval<T>> {
    const assembled = await this.documents.assemble(tx, request);
    const elsewhere = await this.points.ofAccounts(tx, request.accountIds, request.period);
    const bills: T[] = [];
    const exceptions: AccountException[] = [...assembled.unknown];
    for (const account of assembled.accounts) {
      if (!('documents' in account)) {
        exceptions.push(...account);
        continue;
      }
      const computed = account.documents.map((one) => billOf(one, elsewhere));
      const reasons = computed.flatMap((bill) => (Array.isArray(bill) ? bill : []));
      exceptions.push(...reasons);
      // An account whose circuits are billed apart gets all of its bills or none.
      if (reasons.length > 0) continue;
      for (const bill of computed) if (!Array.isArray(bill)) bills.push(keep(bill));
    }
    return { bills, exceptions };
  }
}

/** What a refusal is about: the dial where one is named, as findings of readings name it, else the place in the document. */
function subjectOf({ path, params: { usagePointNo, meterNo, register } }: CoreError): string {
  return usagePointNo === undefined || meterNo === undefined || register === undefined ? path : `${usagePointNo}/${meterNo}/${register}`;
}

/** The bill of one document, or what keeps it from being issued. */
function billOf({ account, document, tariffs, confirmed }: AssembledDocument, elsewhere: readonly FrozenElsewhere[]): ComputedBill | AccountException[] {
  try {
    const bill = computeBill(document, tariffs);
    const blocking = bill.findings.filter(
      ({ severity, code, subject }) => severity === 'blocking' && !confirmed.has(confirmationKey(code, subject)) && !confirmed.has(confirmationKey(code, '')),
    );
    if (blocking.length > 0) return blocking.map(({ code, subject, params }) => ({ account, code, subject, params }));
    const different = billedOtherwise(bill, elsewhere.filter(({ accountId }) => accountId === account.accountId));
    if (different.length > 0) return different.map((reason) => ({ account, ...reason }));
    const computed = computedBill(account, document, bill);
    const unstorable = unstorableFigure(computed);
    if (unstorable === null) return computed;
    const params = { value: unstorable.value, decimals: String(unstorable.decimals) };
    return [{ account, code: UNSTORABLE, subject: unstorable.figure, params }];
  } catch (error) {
    if (error instanceof CoreError) return [{ account, code: error.code, subject: subjectOf(error), params: error.params }];
    throw error;
  }
}
