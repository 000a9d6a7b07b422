import { journalOfCollection } from '../../../core/ledger';
import { allocateHeld } from '../../../core/receivables';
import { dec, type Decimal, sum, text, ZERO } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import type { WaitingCredit } from '../credits/credit.repository';
import { type Debt, Debts } from '../debts/debts';
import { settle } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';

interface Use {
  readonly accountId: string;
  readonly spent: Decimal;
  readonly left: Decimal;
  readonly parts: readonly { readonly receivableId: string; readonly principal: Decimal; readonly lateCharge: Decimal; readonly closes: boolean }[];
}

/** Uses prepayment of accounts with older debts, or with credit of cancelled bills: one by one through the core, written together. */
export async function useForIndebted(tx: Tx, runId: string, accountIds: readonly string[], waiting: ReadonlyMap<string, WaitingCredit>): Promise<void> {
  if (accountIds.length === 0) return;
  const open = new Debts();
  const today = await open.today(tx);
  const ids = await open.lockOpen(tx, { accountIds });
  const debts = new Map<string, Debt[]>();
  for (const debt of await open.load(tx, ids, today)) debts.set(debt.accountId, [...(debts.get(debt.accountId) ?? []), debt]);
  const rows = await tx.query<{ id: string }[]>('select receivable_id as id from receivables where run_id = $1 and account_id = any($2::bigint[])', [runId, accountIds]);
  const ofRun = new Set(rows.map(({ id }) => id));
  const held = await tx.query<{ accountId: string; balance: string }[]>(
    `select account_id as "accountId", balance::text from account_prepayments where account_id = any($1::bigint[]) and balance > 0 order by account_id`,
    [accountIds],
  );
  const uses = held
    .map(({ accountId, balance }) => useOf(accountId, dec(balance), debts.get(accountId) ?? [], waiting.get(accountId), ofRun))
    .filter(({ spent }) => !spent.isZero());
  if (uses.length > 0) await record(tx, runId, uses);
}

function useOf(accountId: string, balance: Decimal, debts: readonly Debt[], waiting: WaitingCredit | undefined, ofRun: ReadonlySet<string>): Use {
  const bills = debts.map(({ receivableId, outstanding, lateCharge, rule }) => ({ billId: receivableId, principal: outstanding, lateCharge, rule }));
  const allocation = allocateHeld(bills, { balance, forSuccessors: waiting?.own ?? ZERO, forOthers: waiting?.others ?? ZERO }, ofRun);
  const parts = allocation.bills
    .filter((bill) => !bill.principalPaid.isZero() || !bill.lateChargePaid.isZero())
    .map((bill) => ({
      receivableId: bill.billId,
      principal: bill.principalPaid,
      lateCharge: bill.lateChargePaid,
      closes: bill.principalOutstanding.isZero() && bill.lateChargeOutstanding.isZero(),
    }));
  return { accountId, parts, spent: sum(parts.flatMap(({ principal, lateCharge }) => [principal, lateCharge])), left: allocation.advanceBalanceAfter };
}

async function record(tx: Tx, runId: string, uses: readonly Use[]): Promise<void> {
  const rows = await tx.query<{ accountId: string; useId: string }[]>(
    `insert into prepayment_uses (account_id, run_id) select unnest($2::bigint[]), $1 returning account_id as "accountId", prepayment_use_id as "useId"`,
    [runId, uses.map(({ accountId }) => accountId)],
  );
  const useIds = new Map(rows.map(({ accountId, useId }) => [accountId, useId]));
  const settled = uses.map(({ accountId, parts }) => parts.map((part) => ({ ...part, accountId, causeId: useIds.get(accountId) ?? '' })));
  await settle(tx, 'prepayment-use', settled.flat());
  await tx.query(
    `update account_prepayments p set balance = left_over from unnest($1::bigint[], $2::numeric[]) as n (account_id, left_over) where p.account_id = n.account_id`,
    [uses.map(({ accountId }) => accountId), uses.map(({ left }) => text(left, 2))],
  );
  await postJournals(
    tx,
    uses.map(({ accountId, spent }, index) => ({
      kind: 'prepayment-use',
      sourceId: useIds.get(accountId) ?? '',
      journal: journalOfCollection({ money: [], settled: settled[index] ?? [], held: [{ accountId, amount: spent.negated() }] }),
    })),
  );
}
