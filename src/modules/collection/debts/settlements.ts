import { dec, type Decimal, text } from '../../../core/quantity';
import { takeBack } from '../../../core/receivables';
import { preparedForFew, type Tx } from '../../../platform/database';

export type SettlementCause = 'payment' | 'prepayment-use' | 'payment-reversal' | 'tender-return' | 'write-off';

/** What takes a payment back. */
export type UndoingCause = 'payment-reversal' | 'tender-return';

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
  /** It gave the principal up, and nobody paid. */
  readonly writeOff: boolean;
}

/** A settlement with the number of a booking: later ones have higher numbers. */
export interface Booked extends Standing {
  readonly booking: bigint;
}

/**
 * Writes settlements and brings their receivables, which the caller holds locked, up to date in the same statement. They count
 * for late charges from an earlier day where one is given.
 */
export async function settle(tx: Tx, cause: SettlementCause, rows: readonly NewSettlement[], valueOn: string | null = null): Promise<void> {
  if (rows.length === 0) return;
  await preparedForFew(
    tx,
    rows.length,
    `with moved as (
       select * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::numeric[], $7::numeric[], $8::boolean[])
         as m (receivable_id, account_id, cause_id, undoes, principal, late_charge, closes)),
     written as (
       insert into settlements (receivable_id, account_id, cause, cause_id, undoes_settlement_id, principal, late_charge, value_on)
       select receivable_id, account_id, $1, cause_id, undoes, principal, late_charge, $9::date from moved)
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
      valueOn,
    ],
  );
}

const COLUMNS = `
  select s.settlement_id as "settlementId", s.receivable_id as "receivableId", s.account_id as "accountId", a.account_no as "accountNo", r.period,
         b.bill_no as "billNo", s.cause = 'write-off' as "writeOff"`;

const RECORDS = `
    from settlements s join receivables r using (receivable_id) join accounts a on a.account_id = s.account_id
    join bills b on b.period = r.period and b.bill_id = r.bill_id`;

const LEFT = `(s.principal + coalesce(u.principal, 0))::text as principal, (s.late_charge + coalesce(u.late_charge, 0))::text as "lateCharge"`;

const STANDING_RECORDS = `
  ${RECORDS}
    left join lateral (select sum(principal) as principal, sum(late_charge) as late_charge from settlements
                        where receivable_id = s.receivable_id and undoes_settlement_id = s.settlement_id) u on true
   where s.undoes_settlement_id is null and (s.principal, s.late_charge) <> (-coalesce(u.principal, 0), -coalesce(u.late_charge, 0))`;

const STANDING = `${COLUMNS}, ${LEFT} ${STANDING_RECORDS}`;

/** Prepayment that accounts used: at releases, and by handing it over for payments, which may have had other tenders too. */
const USES = `
  ${COLUMNS}, ${LEFT}, (select journal_id::text from journals where kind = s.cause and source_id = s.cause_id) as booking,
         case when s.cause = 'payment' then (
           select sum(t.amount) from payment_tenders t where t.payment_id = s.cause_id and t.kind = 'prepayment') - coalesce((
           select -sum(b.principal + b.late_charge) from settlements o join settlements b on b.receivable_id = o.receivable_id and b.undoes_settlement_id = o.settlement_id
             join tender_returns r on r.tender_return_id = b.cause_id
            where o.cause = 'payment' and o.cause_id = s.cause_id and b.cause = 'tender-return' and r.payment_id <> s.cause_id), 0) end::text as "handedOver"
  ${STANDING_RECORDS}
     and (s.cause = 'prepayment-use' and s.account_id = any($1::bigint[])
          or s.cause = 'payment' and s.account_id = any($1::bigint[]) and exists (select from payment_tenders t where t.payment_id = s.cause_id and t.kind = 'prepayment'))`;

/** What a cancelled bill let go of a settlement, less what has been withdrawn of it since, with the booking that let it go. */
const CREDITED = `
  ${COLUMNS}, c.principal::text as principal, c.late_charge::text as "lateCharge",
         (select journal_id::text from journals where kind = 'cancellation-credit' and source_id = r.bill_id) as booking
  ${RECORDS}
    cross join lateral (select -sum(principal) as principal, -sum(late_charge) as late_charge from settlements
                         where receivable_id = s.receivable_id and undoes_settlement_id = s.settlement_id and cause in ('moved-to-credit', 'credit-withdrawn')) c
   where (c.principal, c.late_charge) <> (0, 0)`;

type StandingRow = Omit<Standing, 'principal' | 'lateCharge'> & { readonly principal: string; readonly lateCharge: string };

async function read<Row extends StandingRow>(tx: Tx, sql: string, param: unknown) {
  const rows = await tx.query<Row[]>(`${sql} order by s.settlement_id desc`, [param]);
  return rows.map((row) => ({ ...row, principal: dec(row.principal), lateCharge: dec(row.lateCharge) }));
}

const standing = (tx: Tx, sql: string, param: unknown): Promise<Standing[]> => read(tx, sql, param);

/** What stands of a payment's settlements, the youngest first. */
export const standingOfPayment = (tx: Tx, paymentId: string): Promise<Standing[]> =>
  standing(tx, `${STANDING} and s.cause = 'payment' and s.cause_id = $1`, paymentId);

/**
 * What stands of the prepayment that accounts used, the youngest first: at releases, and by payments as far as it was handed over
 * for them and has not gone back yet.
 */
export async function standingUses(tx: Tx, accountIds: readonly string[]): Promise<Booked[]> {
  const rows = await read<StandingRow & { readonly booking: string; readonly handedOver: string | null }>(tx, USES, accountIds);
  return [...new Set(rows.map((row) => row.booking))].flatMap((booking) => {
    const parts = rows.filter((row) => row.booking === booking);
    const handedOver = parts[0]?.handedOver ?? null;
    const own = handedOver === null ? parts : takeBack(parts, dec(handedOver)).taken;
    return own.map((part) => ({ ...part, booking: BigInt(booking) }));
  });
}

/** Whether prepayment that was handed over for a payment has gone back with the tender that it came from. */
export async function wentBack(tx: Tx, paymentId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from settlements s join settlements b on b.receivable_id = s.receivable_id and b.undoes_settlement_id = s.settlement_id
      where s.cause = 'payment' and s.cause_id = $1 and b.cause = 'tender-return' limit 1`,
    [paymentId],
  );
  return rows.length > 0;
}

/** What stands against receivables, whatever it came from, the youngest first. */
export const standingOn = (tx: Tx, receivableIds: readonly string[]): Promise<Standing[]> =>
  standing(tx, `${STANDING} and s.receivable_id = any($1::bigint[])`, receivableIds);

/** What cancelled bills made credit out of a payment, the youngest settlement first. */
export async function creditedOfPayment(tx: Tx, paymentId: string): Promise<Booked[]> {
  const rows = await read<StandingRow & { readonly booking: string }>(tx, `${CREDITED} and s.cause = 'payment' and s.cause_id = $1`, paymentId);
  return rows.map((row) => ({ ...row, booking: BigInt(row.booking) }));
}

/**
 * Notes that credit went back with the payment that it came from, and waits no longer where it did. Its receivable is cancelled and
 * stays as it is: the two rows of each settlement are opposite.
 */
export async function withdrawCredit(tx: Tx, cause: UndoingCause, causeId: string, rows: readonly Standing[]): Promise<void> {
  await tx.query(
    `with back as (
       select * from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::numeric[], $7::numeric[]) as b (settlement_id, receivable_id, account_id, principal, late_charge)),
     written as (
       insert into settlements (receivable_id, account_id, cause, cause_id, undoes_settlement_id, principal, late_charge)
       select receivable_id, account_id, side.cause, $2, settlement_id, side.sign * principal, side.sign * late_charge
         from back cross join (values ('credit-withdrawn', 1), ($1, -1)) as side (cause, sign))
     update cancellation_credits c set lost = least(c.principal + c.late_charge, c.lost + gone.amount)
       from (select m.cause_id, sum(b.principal + b.late_charge) as amount
               from back b join settlements m on m.receivable_id = b.receivable_id and m.undoes_settlement_id = b.settlement_id and m.cause = 'moved-to-credit'
              group by m.cause_id) gone
      where c.cancellation_id = gone.cause_id and c.freed_on is null`,
    [
      cause,
      causeId,
      rows.map((row) => row.settlementId),
      rows.map((row) => row.receivableId),
      rows.map((row) => row.accountId),
      rows.map((row) => text(row.principal, 2)),
      rows.map((row) => text(row.lateCharge, 2)),
    ],
  );
}
