import { Injectable } from '@nestjs/common';
import type { Decimal } from '../../../core/quantity';
import { dec, text } from '../../../core/quantity';
import { prepared, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { PaymentListQuery, PaymentSummaryView, PaymentView, TenderInput } from './dto/payment.dto';
import type { TenderKind } from './payments.codes';

export interface PaymentToInsert {
  readonly receivedBy: string;
  readonly amount: string;
  readonly tendered: Decimal;
  readonly change: Decimal;
  readonly prepaid: { readonly accountId: string; readonly amount: Decimal } | null;
  readonly tenders: readonly TenderInput[];
  /** Earlier day on which the money counts. */
  readonly valueOn: string | null;
  /** Account whose prepayment was handed over, where it was. */
  readonly keeperId: string;
}

/** A payment as it was taken, without what it settled. */
export type InsertedPayment = Omit<PaymentView, 'allocations' | 'claims' | 'prepaid'>;

export interface LockedPayment {
  readonly paymentId: string;
  readonly receivedOn: string;
  readonly today: string;
  readonly state: string;
  readonly prepaidAccountId: string | null;
  readonly prepaidAmount: string;
}

export interface LockedTender {
  readonly kind: TenderKind;
  readonly amount: string;
  readonly returned: boolean;
}

const HEAD = `
  p.payment_id as "paymentId", to_char(p.received_on, 'YYYYMMDD') || lpad(p.payment_id::text, 10, '0') as "receiptNo", p.state,
  p.received_on as "receivedOn", coalesce(p.value_on, p.received_on) as "valueOn", to_char(p.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
  p.tendered::text, p.change_given::text as change, p.amount::text`;

const SUMMARY = `${HEAD},
  (select json_agg(json_build_object('tenderNo', t.tender_no, 'kind', t.kind, 'amount', t.amount::text, 'reference', t.reference,
            'returnedOn', r.returned_on::text) order by t.tender_no)
     from payment_tenders t left join tender_returns r using (payment_id, tender_no) where t.payment_id = p.payment_id) as tenders,
  (select json_build_object('accountNo', a.account_no, 'amount', p.prepaid_amount::text) from accounts a where a.account_id = p.prepaid_account_id) as prepaid`;

const LIST = `
  select ${SUMMARY} from payments p
   where ($1::text is null or p.payment_id in (
           select s.cause_id from settlements s join accounts a using (account_id) where s.cause = 'payment' and a.account_no = $1
           union all select s.payment_id from claim_settlements s join claims c using (claim_id) join accounts a using (account_id) where s.cause = 'payment' and a.account_no = $1
           union all select k.payment_id from payments k join accounts a on a.account_id = k.prepaid_account_id where a.account_no = $1))
     and ($2::text is null or p.state = $2) and ($3::date is null or p.received_on >= $3) and ($4::date is null or p.received_on <= $4)
     and ($5::bigint is null or p.received_by = $5)
     and (num_nulls($6::text, $7::text) = 2 or exists (
           select from payment_tenders t where t.payment_id = p.payment_id and t.kind = coalesce($6, t.kind) and ($7 is null or t.reference = $7)))
     and ($8::bigint is null or p.payment_id < $8)
   order by p.payment_id desc limit $9`;

const INSERT = `
  with p as (
    insert into payments (received_by, tendered, change_given, amount, prepaid_account_id, prepaid_amount, value_on)
    values ($1, $2, $3, $4, $5, $6, $10) returning *),
  tenders as (
    insert into payment_tenders (payment_id, tender_no, kind, amount, reference, account_id)
    select payment_id, no, kind, t.amount, reference, case when kind = 'prepayment' then $11::bigint end from p cross join unnest($7::text[], $8::numeric[], $9::text[]) with ordinality as t (kind, amount, reference, no))
  select ${HEAD} from p`;

/** Payments with their tenders. */
@Injectable()
export class PaymentRepository {
  /** Writes a payment with its tenders; answers it as it will be read, for the caller to add what it settled. */
  async insert(tx: Tx, payment: PaymentToInsert): Promise<InsertedPayment> {
    const { prepaid, tenders } = payment;
    const [row] = await prepared<Omit<InsertedPayment, 'tenders'>>(tx, INSERT, [
      payment.receivedBy,
      text(payment.tendered, 2),
      text(payment.change, 2),
      payment.amount,
      prepaid?.accountId ?? null,
      prepaid ? text(prepaid.amount, 2) : '0',
      tenders.map(({ kind }) => kind),
      tenders.map(({ amount }) => amount),
      tenders.map(({ reference }) => reference ?? null),
      payment.valueOn,
      payment.keeperId,
    ]);
    if (!row) throw new Error('a statement without a row');
    return { ...row, tenders: tenders.map(({ kind, amount, reference }, index) => ({ tenderNo: index + 1, kind, amount: text(dec(amount), 2), reference: reference ?? null, returnedOn: null })) };
  }

  /** A payment that is about to be undone, locked before anything else. */
  async lock(tx: Tx, paymentId: string): Promise<LockedPayment> {
    const [row] = await tx.query<LockedPayment[]>(
      `select payment_id as "paymentId", received_on as "receivedOn", app_today() as today, state, prepaid_account_id as "prepaidAccountId",
              prepaid_amount::text as "prepaidAmount" from payments where payment_id = $1 for update`,
      [paymentId],
    );
    if (!row) throw new AppError('COLLECTION.PAYMENT_NOT_FOUND');
    return row;
  }

  async setState(tx: Tx, paymentId: string, state: 'reversed' | 'returned'): Promise<void> {
    await tx.query('update payments set state = $2 where payment_id = $1', [paymentId, state]);
  }

  /** A tender of a payment that the caller holds locked. */
  async tender(tx: Tx, paymentId: string, tenderNo: number): Promise<LockedTender | undefined> {
    const rows = await tx.query<LockedTender[]>(
      `select kind, amount::text, exists (select from tender_returns r where r.payment_id = t.payment_id and r.tender_no = t.tender_no) as returned
         from payment_tenders t where payment_id = $1 and tender_no = $2`,
      [paymentId, tenderNo],
    );
    return rows[0];
  }

  /** The booking by which a payment's prepaid part came to be held, and what returned tenders have taken of the part, yuan. */
  async prepaidPart(tx: Tx, paymentId: string): Promise<{ readonly booking: string; readonly taken: string }> {
    const [row] = await tx.query<{ booking: string; taken: string }[]>(
      `select journal_id::text as booking, (select coalesce(sum(prepaid_taken), 0)::text from tender_returns where payment_id = source_id) as taken
         from journals where kind = 'payment' and source_id = $1`,
      [paymentId],
    );
    if (!row) throw new Error(`payment ${paymentId} has no journal`);
    return row;
  }

  /** Prepayment that was handed over for a payment, by account. */
  async prepaymentTenders(tx: Tx, paymentId: string): Promise<{ readonly accountId: string; readonly amount: string }[]> {
    return tx.query(`select account_id as "accountId", amount::text from payment_tenders where payment_id = $1 and kind = 'prepayment'`, [paymentId]);
  }

  /** The payment as it was taken, with what came back. */
  async view(tx: Tx, paymentId: string): Promise<PaymentView> {
    const [row] = await tx.query<PaymentView[]>(
      `select ${SUMMARY},
              coalesce((select json_agg(json_build_object('receivableId', s.receivable_id::text, 'accountNo', a.account_no, 'period', r.period, 'billNo', b.bill_no,
                        'principal', s.principal::text, 'lateCharge', s.late_charge::text) order by s.settlement_id)
                 from settlements s join receivables r using (receivable_id) join accounts a on a.account_id = s.account_id
                 join bills b on b.period = r.period and b.bill_id = r.bill_id
                where s.cause = 'payment' and s.cause_id = p.payment_id), '[]') as allocations,
              coalesce((select json_agg(json_build_object('claimId', c.claim_id::text, 'accountNo', a.account_no, 'amount', s.amount::text) order by c.claim_id)
                 from claim_settlements s join claims c using (claim_id) join accounts a on a.account_id = c.account_id
                where s.cause = 'payment' and s.payment_id = p.payment_id), '[]') as claims
         from payments p where p.payment_id = $1`,
      [paymentId],
    );
    if (!row) throw new AppError('COLLECTION.PAYMENT_NOT_FOUND');
    return row;
  }

  /** Payments without what they settled, from the newest on, one more than the limit. */
  list(tx: Tx, query: PaymentListQuery, before: string | undefined): Promise<PaymentSummaryView[]> {
    const { accountNo, state, from, until, receivedBy, tenderKind, reference, limit } = query;
    const filters = [accountNo, state, from, until, receivedBy, tenderKind, reference, before].map((filter) => filter ?? null);
    return tx.query<PaymentSummaryView[]>(LIST, [...filters, limit + 1]);
  }

  /** The earliest day on which money that came by the bank may count, by the rule in force today. */
  async earliestValueDay(tx: Tx): Promise<string> {
    const [row] = await prepared<{ day: string }>(
      tx,
      'select app_today() - maximum_days_back as day from value_date_rules where valid_from <= app_today() order by valid_from desc limit 1',
    );
    if (!row) throw new Error('there is no rule for value dates');
    return row.day;
  }
}
