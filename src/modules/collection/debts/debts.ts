import { Injectable } from '@nestjs/common';
import { type AllocationRule, brokenOn, debtAsOf, type LateChargeRule, type OpenDebt, pausesOf } from '../../../core/receivables';
import { dec, ZERO } from '../../../core/quantity';
import { prepared, preparedForFew, type Tx } from '../../../platform/database';
import { agreementOf, type AgreementRow, OUTGROWN_ON, PARTS_OF_AGREEMENT, RECEIPTS_OF_AGREEMENT } from './agreements';

/** A receivable with what is still owed of it on a day, yuan. */
export interface Debt extends OpenDebt {
  readonly receivableId: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly period: string;
  readonly billNo: string;
  readonly amount: string;
  readonly openedOn: string;
  readonly dueOn: string;
  /** Day on which its bill was cancelled: from then on nothing is owed of it. */
  readonly cancelledOn: string | null;
  /** Instalment agreement that is kept on that day. */
  readonly agreementId: string | null;
  readonly rule: AllocationRule;
}

interface DebtRow extends Omit<Debt, 'outstanding' | 'lateCharge' | 'agreementId' | 'rule'> {
  readonly settled: boolean;
  readonly category: string;
  readonly lateChargePaid: string;
  readonly writtenOff: string;
  readonly portions: readonly { readonly principal: string; readonly on: string }[];
  readonly method: LateChargeRule['method'];
  readonly residentialPermille: string;
  readonly currentYearPermille: string;
  readonly crossYearPermille: string;
  readonly minimum: string;
  readonly partial: boolean;
  readonly partOrder: string;
  readonly agreements: readonly AgreementRow[];
}

const NOTHING: OpenDebt = { outstanding: ZERO, lateCharge: ZERO };
const RESIDENTIAL: readonly string[] = ['residential', 'residential-other'];

/** A portion that was taken back is no portion; nothing is owed of a receivable from the day on which it was settled; a cancelled bill is given up like one that was written off; the late-charge policy is the one in force on the due date. */
const DEBTS = `
  select r.receivable_id as "receivableId", r.account_id as "accountId", a.account_no as "accountNo", r.period, b.bill_no as "billNo",
         r.category, r.amount::text, r.opened_on as "openedOn", r.due_on as "dueOn", coalesce(r.settled_on <= $2, false) as settled, s.late_charge as "lateChargePaid",
         s.given_up as "writtenOff", s.cancelled_on as "cancelledOn", s.portions, late.method, late.residential_permille::text as "residentialPermille",
         late.current_year_permille::text as "currentYearPermille", late.cross_year_permille::text as "crossYearPermille",
         late.minimum::text, pay.partial_allowed as partial, pay.part_order as "partOrder", agreed.agreements
    from receivables r join accounts a using (account_id) join bills b on b.period = r.period and b.bill_id = r.bill_id
    cross join lateral (
      select coalesce(sum(late_charge), 0)::text as late_charge, coalesce(sum(principal) filter (where given_up), 0)::text as given_up, min(cancelled_on) as cancelled_on,
             coalesce(json_agg(json_build_object('principal', principal::text, 'on', first_on) order by first_on) filter (where not given_up), '[]') as portions
        from (select min(coalesce(value_on, settled_on)) as first_on, sum(principal) as principal, sum(late_charge) as late_charge, bool_or(cause in ('write-off', 'bill-cancelled')) as given_up,
                     min(settled_on) filter (where cause = 'bill-cancelled') as cancelled_on
                from settlements where receivable_id = r.receivable_id and settled_on <= $2
               group by coalesce(undoes_settlement_id, settlement_id)) each) s
    cross join lateral (
      select * from late_charge_rules where (region_code = a.region_code or region_code is null) and valid_from <= r.due_on
       order by region_code nulls last, valid_from desc limit 1) late
    cross join lateral (
      select * from payment_rules
       where (region_code = a.region_code or region_code is null) and (category = r.category or category is null) and valid_from <= $2
       order by region_code nulls last, category nulls last, valid_from desc limit 1) pay
    cross join lateral (
      select coalesce(json_agg(json_build_object('agreementId', i.agreement_id::text, 'agreedOn', i.agreed_on, 'whileKept', i.while_kept, 'afterBreak', i.after_break,
               'cancelledOn', i.cancelled_on, 'outgrownOn', (${OUTGROWN_ON}), 'parts', (${PARTS_OF_AGREEMENT}), 'receipts', (${RECEIPTS_OF_AGREEMENT})) order by i.agreement_id), '[]') as agreements
        from instalment_receivables c join instalment_agreements i using (agreement_id)
       where c.receivable_id = r.receivable_id and i.approved_on is not null and i.agreed_on <= $2) agreed
   where r.receivable_id = any($1::bigint[])`;

/** What is owed: reading it, and holding it still while money is set against it. */
@Injectable()
export class Debts {
  /**
   * The debts of these receivables as of a day, the oldest period first; every one has a rule, or it is an error.
   * Late charges run up to that day, or up to an earlier one on which money counts.
   */
  async load(tx: Tx, receivableIds: readonly string[], asOf: string, valueOn: string = asOf): Promise<Debt[]> {
    const rows = await preparedForFew<DebtRow>(tx, receivableIds.length, `${DEBTS} order by r.period, r.due_on, a.account_no, r.receivable_id`, [receivableIds, asOf]);
    if (rows.length !== new Set(receivableIds).size) throw new Error('a receivable has no rule or no bill');
    return rows.map((row) => debtOf(row, valueOn));
  }

  /**
   * Locks open receivables, by account or by id, in the order of their ids; whoever moves money does this first.
   * Answers the ids.
   */
  async lockOpen(tx: Tx, chosen: { readonly accountIds: readonly string[] } | { readonly receivableIds: readonly string[] }): Promise<string[]> {
    const [column, ids] = 'accountIds' in chosen ? ['account_id', chosen.accountIds] : ['receivable_id', chosen.receivableIds];
    const rows = await preparedForFew<{ id: string }>(
      tx,
      ids.length,
      `select receivable_id as id from receivables where ${column} = any($1::bigint[]) and settled_on is null order by receivable_id for update`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Locks receivables, open or not, in the order of their ids. */
  async lock(tx: Tx, receivableIds: readonly string[]): Promise<void> {
    await tx.query('select from receivables where receivable_id = any($1::bigint[]) order by receivable_id for update', [receivableIds]);
  }

  /** The present local date of the database, which all movements of one transaction share. */
  async today(tx: Tx): Promise<string> {
    const [row] = await prepared<{ today: string }>(tx, 'select app_today() as today');
    if (!row) throw new Error('a statement without a row');
    return row.today;
  }
}

function debtOf(row: DebtRow, valueOn: string): Debt {
  const { receivableId, accountId, accountNo, period, billNo, amount, openedOn, dueOn, cancelledOn } = row;
  const agreements = row.agreements.map(agreementOf);
  const latest = agreements.at(-1);
  const agreementId = latest !== undefined && brokenOn(latest, valueOn) === undefined ? latest.agreementId : null;
  const history = {
    amount: dec(amount),
    dueOn,
    settled: row.portions.map(({ principal, on }) => ({ principal: dec(principal), on })),
    lateChargePaid: dec(row.lateChargePaid),
    writtenOff: dec(row.writtenOff),
    pauses: pausesOf(agreements, valueOn),
  };
  const late: LateChargeRule = {
    method: row.method,
    residentialPermille: dec(row.residentialPermille),
    currentYearPermille: dec(row.currentYearPermille),
    crossYearPermille: dec(row.crossYearPermille),
    minimum: dec(row.minimum),
  };
  const owed = row.settled ? NOTHING : debtAsOf(history, valueOn, RESIDENTIAL.includes(row.category) ? 'residential' : 'other', late);
  const order = row.partOrder === 'principal-first' ? (['principal', 'lateCharge'] as const) : (['lateCharge', 'principal'] as const);
  return { receivableId, accountId, accountNo, period, billNo, amount, openedOn, dueOn, cancelledOn, agreementId, ...owed, rule: { order, partial: row.partial || agreementId !== null } };
}
