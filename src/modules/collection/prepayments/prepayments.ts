import { dec, type Decimal, text, ZERO } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';

/** Adds money to what is held for an account, yuan. */
export async function addPrepayment(tx: Tx, accountId: string, amount: Decimal): Promise<void> {
  if (amount.isZero()) return;
  await tx.query(
    `insert into account_prepayments (account_id, balance) values ($1, $2)
     on conflict (account_id) do update set balance = account_prepayments.balance + excluded.balance`,
    [accountId, text(amount, 2)],
  );
}

/** Locks what is held for accounts, in the order of their ids, and answers it, yuan; zero where nothing ever was. */
export async function lockPrepayments(tx: Tx, accountIds: readonly string[]): Promise<(accountId: string) => Decimal> {
  const rows = await tx.query<{ accountId: string; balance: string }[]>(
    `select account_id as "accountId", balance::text from account_prepayments where account_id = any($1::bigint[]) order by account_id for update`,
    [accountIds],
  );
  const balances = new Map(rows.map(({ accountId, balance }) => [accountId, dec(balance)]));
  return (accountId) => balances.get(accountId) ?? ZERO;
}

/** Locks what is held for an account and answers it, yuan; zero where nothing ever was. */
export async function lockPrepayment(tx: Tx, accountId: string): Promise<Decimal> {
  return (await lockPrepayments(tx, [accountId]))(accountId);
}

/**
 * Takes money from what is held, yuan; the caller holds the lock and has looked. What is free goes first, then what waits for
 * successors of cancelled bills, the youngest period first: never more waits than is held.
 */
export async function takePrepayment(tx: Tx, accountId: string, amount: Decimal): Promise<void> {
  if (amount.isZero()) return;
  await tx.query(
    `with held as (update account_prepayments set balance = balance - $2 where account_id = $1 returning balance),
     waiting as (
       select cancellation_id, principal + late_charge - lost as waits, sum(principal + late_charge - lost) over (order by period, cancellation_id) as with_older
         from cancellation_credits where account_id = $1 and freed_on is null and principal + late_charge > 0)
     update cancellation_credits c set lost = lost + least(waits, with_older - balance)
       from waiting cross join held where c.cancellation_id = waiting.cancellation_id and waits > 0 and with_older > balance`,
    [accountId, text(amount, 2)],
  );
}
