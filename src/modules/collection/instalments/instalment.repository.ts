import { Injectable } from '@nestjs/common';
import { brokenOn, paidParts } from '../../../core/receivables';
import { sum, text } from '../../../core/quantity';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { agreementOf, type AgreementRow, OUTGROWN_ON, PARTS_OF_AGREEMENT, RECEIPTS_OF_AGREEMENT } from '../debts/agreements';
import type { Debt } from '../debts/debts';
import { REQUEST_COLUMNS, requestConditions, requestFilter } from '../requests/request-sql';
import type { InstalmentAgreementView, InstalmentListQuery, InstalmentPartInput, InstalmentState } from './dto/instalment.dto';

/** The rule in force for a region. */
export interface AgreementTerms {
  readonly maximumParts: number;
  readonly lastDay: string;
  readonly whileKept: string;
  readonly afterBreak: string;
  readonly today: string;
}

export interface AgreementToInsert {
  readonly accountId: string;
  readonly total: string;
  readonly terms: AgreementTerms;
  readonly reason: string;
  readonly requestedBy: string;
  readonly debts: readonly Debt[];
  readonly parts: readonly InstalmentPartInput[];
}

export interface LockedAgreement {
  readonly state: string;
  readonly requestedBy: string;
  readonly receivableIds: readonly string[];
}

/** For so long money may turn up that had come in time. */
const LATE_NEWS_DAYS = 31;

/** What was last noted of an agreement, with what its course follows from. */
interface CourseRow extends AgreementRow {
  readonly state: InstalmentState;
  readonly brokenOn: string | null;
  readonly endedOn: string | null;
  /** Day since which nothing is owed of its receivables. */
  readonly settledOn: string | null;
  readonly today: string;
}

type Course = Pick<CourseRow, 'state' | 'brokenOn' | 'endedOn'>;
type ViewRow = Omit<InstalmentAgreementView, 'parts'> & CourseRow;

/** The columns of a `CourseRow` of the agreement `i`. */
const COURSE = `
  i.agreement_id as "agreementId", i.state, i.agreed_on as "agreedOn", i.while_kept as "whileKept", i.after_break as "afterBreak",
  i.broken_on as "brokenOn", i.ended_on as "endedOn", i.cancelled_on as "cancelledOn", app_today() as today,
  (${PARTS_OF_AGREEMENT}) as parts, (${RECEIPTS_OF_AGREEMENT}) as receipts, (${OUTGROWN_ON}) as "outgrownOn",
  (select case when bool_and(r.settled_on is not null) then max(r.settled_on) end
     from instalment_receivables c join receivables r using (receivable_id) where c.agreement_id = i.agreement_id) as "settledOn"`.replaceAll('$2', 'app_today()');

const VIEW = `
  select a.account_no as "accountNo", i.total::text, i.reason, i.cancelled_because as "cancelledBecause", ${COURSE},
         (select json_agg(json_build_object('receivableId', c.receivable_id::text, 'period', r.period, 'principal', c.principal::text, 'lateCharge', c.late_charge::text)
                 order by r.period, c.receivable_id) from instalment_receivables c join receivables r using (receivable_id) where c.agreement_id = i.agreement_id) as receivables,
         ${REQUEST_COLUMNS.replaceAll('q.', 'i.')}
    from instalment_agreements i join accounts a using (account_id)`;

/** Agreements whose course can still change: active ones, and where no other agreement has followed those broken of late and ended ones that are open again. */
const UNDECIDED = `
  (i.state = 'active' or (
     i.state = 'broken' and i.broken_on >= app_today() - ${LATE_NEWS_DAYS}
     or i.state = 'ended' and exists (select from instalment_receivables c join receivables r using (receivable_id) where c.agreement_id = i.agreement_id and r.settled_on is null)
   ) and not exists (
     select from instalment_receivables mine join instalment_receivables other using (receivable_id)
      where mine.agreement_id = i.agreement_id and other.agreement_id > i.agreement_id))`;

/** Instalment agreements with their parts and what they cover. */
@Injectable()
export class InstalmentRepository {
  constructor(private readonly database: Database) {}

  /** The rule of a region today; it is an error where there is none. */
  async terms(tx: Tx, accountId: string): Promise<AgreementTerms> {
    const [row] = await tx.query<AgreementTerms[]>(
      `select maximum_parts as "maximumParts", app_today() + maximum_days as "lastDay", while_kept as "whileKept", after_break as "afterBreak", app_today() as today
         from instalment_rules r join accounts a on a.account_id = $1
        where (r.region_code = a.region_code or r.region_code is null) and r.valid_from <= app_today() order by r.region_code nulls last, r.valid_from desc limit 1`,
      [accountId],
    );
    if (!row) throw new Error('there is no rule for instalments');
    return row;
  }

  /** Writes an agreement with parts and receivables, whose sums the database compares at the commit. */
  async insert(tx: Tx, { accountId, total, terms, reason, requestedBy, debts, parts }: AgreementToInsert): Promise<string> {
    const [row] = await tx.query<{ agreementId: string }[]>(
      `insert into instalment_agreements (account_id, total, while_kept, after_break, reason, requested_by)
       values ($1, $2, $3, $4, $5, $6) returning agreement_id as "agreementId"`,
      [accountId, total, terms.whileKept, terms.afterBreak, reason, requestedBy],
    );
    const agreementId = row?.agreementId ?? '';
    await tx.query(
      `insert into instalment_receivables (agreement_id, receivable_id, principal, late_charge, after_settlement_id)
       select $1, receivable_id, principal, late_charge, coalesce((select max(settlement_id) from settlements s where s.receivable_id = d.receivable_id), 0)
         from unnest($2::bigint[], $3::numeric[], $4::numeric[]) as d (receivable_id, principal, late_charge)`,
      [agreementId, debts.map((debt) => debt.receivableId), debts.map((debt) => text(debt.outstanding, 2)), debts.map((debt) => text(debt.lateCharge, 2))],
    );
    await tx.query(
      `insert into instalment_parts (agreement_id, part_no, due_on, amount)
       select $1, no, due_on, amount from unnest($2::date[], $3::numeric[]) with ordinality as p (due_on, amount, no)`,
      [agreementId, parts.map(({ dueOn }) => dueOn), parts.map(({ amount }) => amount)],
    );
    return agreementId;
  }

  async lock(tx: Tx, agreementId: string): Promise<LockedAgreement> {
    const [row] = await tx.query<LockedAgreement[]>(
      `select state, requested_by as "requestedBy", array(select receivable_id::text from instalment_receivables where agreement_id = $1) as "receivableIds"
         from instalment_agreements where agreement_id = $1 for update`,
      [agreementId],
    );
    if (!row) throw new AppError('COLLECTION.INSTALMENTS_NOT_FOUND');
    return row;
  }

  /** Whether nothing was set against the receivables since the request, and no part has passed; the caller holds the receivables locked. */
  async isUpToDate(tx: Tx, agreementId: string): Promise<boolean> {
    const [row] = await tx.query<{ current: boolean }[]>(
      `select not exists (select from instalment_receivables c join settlements s using (receivable_id)
                           where c.agreement_id = $1 and s.settlement_id > c.after_settlement_id)
              and (select min(due_on) from instalment_parts where agreement_id = $1) >= app_today() as current`,
      [agreementId],
    );
    return row?.current ?? false;
  }

  async approve(tx: Tx, agreementId: string, by: string): Promise<void> {
    await tx.query(`update instalment_agreements set state = 'active', approved_by = $2, approved_on = app_today() where agreement_id = $1`, [agreementId, by]);
  }

  async cancel(tx: Tx, agreementId: string, by: string, because: string): Promise<void> {
    await tx.query(
      `update instalment_agreements set state = 'cancelled', cancelled_by = $2, cancelled_on = app_today(), cancelled_because = $3 where agreement_id = $1`,
      [agreementId, by, because],
    );
  }

  /**
   * Notes which of these agreements were broken or have ended by today, and which were kept after all, by money that counts
   * from an earlier day, or have not ended after all, since money came back. Answers the last id that was looked at, undefined where none was.
   */
  async noteCourse(tx: Tx, which: { readonly receivableIds: readonly string[] } | { readonly after: string; readonly limit: number }): Promise<string | undefined> {
    const [condition, params] =
      'receivableIds' in which
        ? ['i.agreement_id in (select agreement_id from instalment_receivables where receivable_id = any($1::bigint[])) order by i.agreement_id for update of i', [which.receivableIds]]
        : ['i.agreement_id > $1 order by i.agreement_id limit $2 for update of i skip locked', [which.after, which.limit]];
    const rows = await tx.query<CourseRow[]>(`select ${COURSE} from instalment_agreements i where ${UNDECIDED} and ${condition}`, params);
    for (const row of rows) {
      const { state, brokenOn: broken, endedOn } = courseOf(row);
      if (state === row.state && broken === row.brokenOn) continue;
      await tx.query('update instalment_agreements set state = $2, broken_on = $3, ended_on = $4 where agreement_id = $1', [row.agreementId, state, broken, endedOn]);
    }
    return rows.at(-1)?.agreementId;
  }

  /** Throws COLLECTION.INSTALMENTS_NOT_FOUND. */
  async view(tx: Tx, agreementId: string): Promise<InstalmentAgreementView> {
    const [row] = await tx.query<ViewRow[]>(`${VIEW} where i.agreement_id = $1`, [agreementId]);
    if (!row) throw new AppError('COLLECTION.INSTALMENTS_NOT_FOUND');
    return viewOf(row);
  }

  one(agreementId: string): Promise<InstalmentAgreementView> {
    return this.database.transaction((tx) => this.view(tx, agreementId));
  }

  /** From the newest on, one more than the limit. */
  async list(query: InstalmentListQuery, before: string | undefined): Promise<InstalmentAgreementView[]> {
    const conditions = requestConditions('q.agreement_id').replaceAll('q.', 'i.');
    return (await this.database.query<ViewRow>(`${VIEW} where ${conditions}`, requestFilter(query, before))).map(viewOf);
  }
}

/** Where an agreement that holds or has held stands: where all of it is settled, as on the day on which the last of it was. */
function courseOf(row: CourseRow): Course {
  const { settledOn } = row;
  const broken = brokenOn(agreementOf(row), settledOn ?? row.today);
  if (broken !== undefined) return { state: 'broken', brokenOn: broken, endedOn: null };
  return { state: settledOn === null ? 'active' : 'ended', brokenOn: null, endedOn: settledOn };
}

/** The agreement as it stands today, also where a missed part or money that came back has not been noted yet. */
function viewOf(row: ViewRow): InstalmentAgreementView {
  const { receipts: _receipts, today: _today, outgrownOn: _outgrownOn, settledOn: _settledOn, ...shown } = row;
  const { parts, receipts } = agreementOf(row);
  const standing = paidParts(parts, sum(receipts.map(({ amount }) => amount)));
  return {
    ...shown,
    ...(isDecided(row) ? {} : courseOf(row)),
    parts: standing.map(({ dueOn, amount, paid }, index) => ({ partNo: index + 1, dueOn, amount: text(amount, 2), paid: text(paid, 2) })),
  };
}

/** An agreement that ended stays so while nothing is owed, whatever becomes of its bills. */
const isDecided = ({ state, settledOn }: CourseRow): boolean => (state === 'ended' ? settledOn !== null : state !== 'active' && state !== 'broken');
