import { text } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import type { Standing } from '../debts/settlements';

/** A receivable whose bill is cancelled, with everything that stands against it. */
export interface ReceivableToClose {
  readonly receivableId: string;
  readonly cancellationId: string;
  readonly standing: readonly Standing[];
}

/** Takes back what stands against cancelled receivables and closes each of them by its whole amount; the caller holds them locked. */
export async function closeReceivables(tx: Tx, closings: readonly ReceivableToClose[]): Promise<void> {
  if (closings.length === 0) return;
  const back = closings.flatMap(({ cancellationId, standing }) => standing.map((one) => ({ ...one, cancellationId })));
  await tx.query(
    `insert into settlements (receivable_id, account_id, cause, cause_id, undoes_settlement_id, principal, late_charge)
     select receivable_id, account_id, 'moved-to-credit', cancellation_id, settlement_id, -principal, -late_charge
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::numeric[], $6::numeric[])
         as b (receivable_id, account_id, cancellation_id, settlement_id, principal, late_charge)`,
    [
      back.map((row) => row.receivableId),
      back.map((row) => row.accountId),
      back.map((row) => row.cancellationId),
      back.map((row) => row.settlementId),
      back.map((row) => text(row.principal, 2)),
      back.map((row) => text(row.lateCharge, 2)),
    ],
  );
  await tx.query(
    `with closing as (select * from unnest($1::bigint[], $2::bigint[]) as c (receivable_id, cancellation_id)),
     written as (
       insert into settlements (receivable_id, account_id, cause, cause_id, principal, late_charge)
       select receivable_id, account_id, 'bill-cancelled', cancellation_id, amount, 0 from closing join receivables using (receivable_id))
     update receivables r set principal_paid = 0, late_charge_paid = 0, written_off = 0, cancelled = r.amount, settled_on = app_today()
       from closing where r.receivable_id = closing.receivable_id`,
    [closings.map(({ receivableId }) => receivableId), closings.map(({ cancellationId }) => cancellationId)],
  );
}
