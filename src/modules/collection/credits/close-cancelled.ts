import { type AccountEntry, balancedJournal, journalOfCancelled, journalOfRecall, reversalOf } from '../../../core/ledger';
import { type CancelledParts, partsOfCancelled, type Recall, recallCredit } from '../../../core/receivables';
import { dec, type Decimal, text, ZERO } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { CancelledBill, CancelledDebt } from '../../billing';
import { type Standing, standingOn } from '../debts/settlements';
import { type JournalToPost, postJournals } from '../ledger/post-journals';
import { addPrepayment, lockPrepayments, takePrepayment } from '../prepayments/prepayments';
import { agreementOver, insertCredits, lockOpenedBy, openShortfall } from './credit.repository';
import { closeReceivables } from './close-receivables';

/** What becomes of one bill. */
interface Closing {
  readonly bill: CancelledBill;
  readonly parts: CancelledParts;
  readonly recall: Recall;
}

/**
 * Collection's side of a cancellation, for bills that are cancelled together. What stood against their receivables is
 * taken back and held for the accounts, the late charge with it, since nothing was owed that could be late; write-offs
 * are undone; the receivables are closed. The credit of a negative bill is taken back out of what is held; what was
 * used or refunded of it meanwhile is owed from now on, with a due date of its own. Every journal of a bill is reversed.
 * Throws COLLECTION.BILL_IN_INSTALMENTS where a bill is being paid in parts: that agreement is cancelled first.
 */
export async function closeCancelled(tx: Tx, bills: readonly CancelledBill[]): Promise<CancelledDebt[]> {
  const opened = await lockOpenedBy(tx, bills);
  const receivableIds = [...opened.values()].flatMap(({ receivableId }) => receivableId ?? []);
  const agreementId = await agreementOver(tx, receivableIds);
  if (agreementId !== undefined) throw new AppError('COLLECTION.BILL_IN_INSTALMENTS', { params: { agreementId } });
  const standing = await standingOn(tx, receivableIds);
  const balanceOf = await lockPrepayments(tx, bills.map(({ accountId }) => accountId));
  const balances = new Map<string, Decimal>();
  // Money that comes back first: it may be what a recalled credit of the same account is taken from.
  const gaveCredit = ({ billId }: CancelledBill): boolean => (opened.get(billId)?.credit ?? null) !== null;
  const inOrder = [...bills.filter((bill) => !gaveCredit(bill)), ...bills.filter(gaveCredit)];
  const closings = inOrder.map((bill): Closing => {
    const { receivableId = null, credit = null } = opened.get(bill.billId) ?? {};
    const parts = partsOfCancelled(standing.filter((one) => one.receivableId === receivableId));
    const held = (balances.get(bill.accountId) ?? balanceOf(bill.accountId)).plus(parts.principal).plus(parts.lateCharge);
    const recall = credit === null ? { held: ZERO, shortfall: ZERO } : recallCredit(dec(credit), held);
    balances.set(bill.accountId, held.minus(recall.held));
    return { bill, parts, recall };
  });
  await closeReceivables(tx, inOrder.flatMap((bill) => closed(bill, opened.get(bill.billId)?.receivableId ?? null, standing)));
  for (const { bill, parts } of closings) await addPrepayment(tx, bill.accountId, parts.principal.plus(parts.lateCharge));
  const debts = closings.map(debtOf);
  await insertCredits(tx, debts);
  for (const { bill, recall } of closings) {
    await takePrepayment(tx, bill.accountId, recall.held);
    if (!recall.shortfall.isZero()) await openShortfall(tx, bill, recall.shortfall);
  }
  await postJournals(tx, await journalsOf(tx, closings));
  return debts;
}

function closed({ cancellationId }: CancelledBill, receivableId: string | null, standing: readonly Standing[]) {
  if (receivableId === null) return [];
  return [{ receivableId, cancellationId, standing: standing.filter((one) => one.receivableId === receivableId) }];
}

function debtOf({ bill, parts, recall }: Closing): CancelledDebt {
  return {
    ...bill,
    principal: text(parts.principal, 2),
    lateCharge: text(parts.lateCharge, 2),
    writtenOff: text(parts.writtenOff, 2),
    recalled: text(recall.held.plus(recall.shortfall), 2),
    shortfall: text(recall.shortfall, 2),
  };
}

/** The reversal of each bill's journal (a bill without money has none), and the journal of what stood against it. */
async function journalsOf(tx: Tx, closings: readonly Closing[]): Promise<JournalToPost[]> {
  const rows = await tx.query<{ billId: string; journalId: string; ledgerCode: string; accountId: string; amount: string }[]>(
    `select source_id as "billId", journal_id as "journalId", ledger_code as "ledgerCode", account_id as "accountId", amount::text
       from journals join journal_entries using (journal_id) where kind = 'bill-issued' and source_id = any($1::bigint[]) order by journal_id, entry_no`,
    [closings.map(({ bill }) => bill.billId)],
  );
  return closings.flatMap(({ bill: { billId, period, accountId }, parts, recall }): JournalToPost[] => {
    const own = rows.filter((row) => row.billId === billId);
    const booked = balancedJournal<AccountEntry>(own.map((row) => ({ ledgerCode: row.ledgerCode, accountId: row.accountId, amount: dec(row.amount) })));
    const credit = journalOfCancelled({ accountId, ...parts });
    const recalled = journalOfRecall(accountId, recall.shortfall);
    return [
      ...own.slice(0, 1).map(({ journalId }) => ({ kind: 'reversal' as const, sourceId: billId, period, reversesJournalId: journalId, journal: reversalOf(booked) })),
      ...(credit.entries.length === 0 ? [] : [{ kind: 'cancellation-credit' as const, sourceId: billId, period, journal: credit }]),
      ...(recalled.entries.length === 0 ? [] : [{ kind: 'credit-recall' as const, sourceId: billId, period, journal: recalled }]),
    ];
  });
}
