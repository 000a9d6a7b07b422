import { dec, type Decimal, text } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';

export type SettlementCause = 'payment' | 'prepayment-use' | 'payment-reversal' | 'tender-return' | 'write-off';

/** Something set against a receivable, yuan; negative where it is taken back from an earlier settlement. */
export interface NewSettlement {
  readonly receivableId: string;
  readonly accountId: string;
  readonly causeId: string;
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
  /** Nothing is owed of the receivable any more. */
  readonly closes: boolean;
  readonly undoes?: string;
}

/** What stands of an earlier settlement, yuan. */
export interface Standing {
  readonly settlementId: string;
  readonly receivableId: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly period: string;
  readonly billNo: string;
  readonly principal: Decimal;
  readonly lateCharge: Decimal;
}

/** Writes settlements and brings their receivables, which the caller holds locked, up to date in the same statement. */
export async function settle(tx: Tx, cause: SettlementCause, rows: readonly NewSettlement[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `with moved as (
       select * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::numeric[], $7::numeric[], $8::boolean[])
         as m (receivable_id, account_id, cause_id, undoes, principal, late_charge, closes)),
     written as (
       insert into settlements (receivable_id, account_id, cause, cause_id, undoes_settlement_id, principal, late_charge)
       select receivable_id, account_id, $1, cause_id, undoes, principal, late_charge from moved)
     update receivables r
        set principal_paid = r.principal_paid + case when $1 = 'write-off' then 0 else m.principal end,
            written_off = r.written_off + case when $1 = 'write-off' then m.principal else 0 end,
            late_charge_paid = r.late_charge_paid + m.late_charge,
            settled_on = case when m.closes then app_today() end
       from (select receivable_id, sum(principal) as principal, sum(late_charge) as late_charge, bool_and(closes) as closes from moved group by 1) m
      where r.receivable_id = m.receivable_id`,
    [
      cause,
      rows.map((row) => row.receivableId),
      rows.map((row) => row.accountId),
      rows.map((row) => row.causeId),
      rows.map((row) => row.undoes ?? null),
      rows.map((row) => text(row.principal, 2)),
      rows.map((row) => text(row.lateCharge, 2)),
      rows.map((row) => row.closes),
    ],
  );
}

const STANDING = `
  select s.settlement_id as "settlementId", s.receivable_id as "receivableId", s.account_id as "accountId", a.account_no as "accountNo", r.period,
         b.bill_no as "billNo", (s.principal + coalesce(u.principal, 0))::text as principal, (s.late_charge + coalesce(u.late_charge, 0))::text as "lateCharge"
    from settlements s join receivables r using (receivable_id) join accounts a on a.account_id = s.account_id
    join bills b on b.period = r.period and b.bill_id = r.bill_id
    left join lateral (select sum(principal) as principal, sum(late_charge) as late_charge from settlements
                        where receivable_id = s.receivable_id and undoes_settlement_id = s.settlement_id) u on true`;

type StandingRow = Omit<Standing, 'principal' | 'lateCharge'> & { readonly principal: string; readonly lateCharge: string };

const standing = (rows: readonly StandingRow[]): Standing[] =>
  rows.map((row) => ({ ...row, principal: dec(row.principal), lateCharge: dec(row.lateCharge) }));

/** What stands of a payment's settlements, the youngest first. */
export async function standingOfPayment(tx: Tx, paymentId: string): Promise<Standing[]> {
  return standing(await tx.query<StandingRow[]>(`${STANDING} where s.cause = 'payment' and s.cause_id = $1 order by s.settlement_id desc`, [paymentId]));
}

/** What stands of the prepayment that an account used at releases, the youngest first. */
export async function standingUses(tx: Tx, accountId: string): Promise<Standing[]> {
  return standing(await tx.query<StandingRow[]>(`${STANDING} where s.cause = 'prepayment-use' and s.account_id = $1 order by s.settlement_id desc`, [accountId]));
}
