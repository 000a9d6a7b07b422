import type { MigrationInterface, QueryRunner } from 'typeorm';

const JOURNALS = ['cancellation-credit', 'credit-recall', 'credit-withdrawal'];
const CAUSES = ['bill-cancelled', 'moved-to-credit', 'credit-withdrawn'];

/**
 * What a cancelled bill leaves in the books: its receivable is closed by the cancellation, what stood against it becomes
 * money held for the account, and that money waits for the successor.
 */
export class CancelledReceivables0000000000730 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.setWords(runner, 'journals', 'journals_kind_known', 'kind', (words) => [...words, ...JOURNALS]);
    await this.setWords(runner, 'settlements', 'settlements_cause_known', 'cause', (words) => [...words, ...CAUSES]);
    await this.setSign(runner, `case
      when cause in ('payment-reversal', 'tender-return', 'moved-to-credit') then undoes_settlement_id is not null and greatest(principal, late_charge) <= 0
      when cause = 'credit-withdrawn' then undoes_settlement_id is not null and least(principal, late_charge) >= 0
      else undoes_settlement_id is null and least(principal, late_charge) >= 0 end`);
    await runner.query(`
      alter table receivables
        add column cancelled numeric(18,2) not null default 0,
        add constraint receivables_cancelled_whole check (cancelled in (0, amount)),
        drop constraint receivables_paid_within_amount,
        drop constraint receivables_settled_without_rest,
        add constraint receivables_paid_within_amount
          check (least(principal_paid, late_charge_paid, written_off) >= 0 and principal_paid + written_off + cancelled <= amount),
        add constraint receivables_settled_without_rest check (settled_on is null or principal_paid + written_off + cancelled = amount),
        add constraint receivables_cancelled_owe_nothing check (cancelled = 0 or (late_charge_paid = 0 and settled_on is not null))`);
    await runner.query('grant update (cancelled) on receivables to wattledger_app');
    await runner.query(`
      alter table tender_returns
        add column credit_taken numeric(18,2) not null default 0,
        drop constraint tender_returns_claimed_within_prepaid,
        add constraint tender_returns_claimed_within_prepaid check (least(claimed, credit_taken) >= 0 and claimed <= prepaid_taken + credit_taken)`);
    await this.createCredits(runner);
  }

  private async createCredits(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cancellation_credits (
        cancellation_id bigint primary key,
        account_id bigint not null,
        period text not null,
        bill_id bigint not null,
        principal numeric(18,2) not null,
        late_charge numeric(18,2) not null,
        written_off numeric(18,2) not null,
        recalled numeric(18,2) not null,
        shortfall numeric(18,2) not null,
        opened_on date not null default app_today(),
        freed_on date,
        freed_by_run bigint,
        freed_by bigint references users,
        freed_reason text,
        constraint cancellation_credits_not_negative check (least(principal, late_charge, written_off, recalled, shortfall) >= 0),
        constraint cancellation_credits_shortfall_within check (shortfall <= recalled),
        constraint cancellation_credits_freed_whole
          check (case when freed_on is null then num_nonnulls(freed_by_run, freed_by, freed_reason) = 0
                      else num_nonnulls(freed_by_run, freed_by) = 1 and (freed_by is null) = (freed_reason is null) end)
      )`);
    await runner.query(`comment on table cancellation_credits is 'principal + late charge became prepayment and wait for the successor until they are freed'`);
    await runner.query('create index cancellation_credits_waiting on cancellation_credits (account_id) where freed_on is null and principal + late_charge > 0');
    await runner.query('create index cancellation_credits_by_account on cancellation_credits (account_id, cancellation_id)');
    await runner.query(`
      create function guard_cancellation_credit() returns trigger language plpgsql as $$
      begin
        if old.freed_on is not null then
          raise exception 'a credit is freed once' using errcode = '23514', constraint = 'cancellation_credits_freed_once';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger cancellation_credits_freed_once before update on cancellation_credits
        for each row execute function guard_cancellation_credit()`);
    await runner.query('revoke update, delete, truncate on cancellation_credits from wattledger_app');
    await runner.query('grant update (freed_on, freed_by_run, freed_by, freed_reason) on cancellation_credits to wattledger_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cancellation_credits');
    await runner.query('drop function guard_cancellation_credit()');
    await runner.query(`
      alter table tender_returns drop constraint tender_returns_claimed_within_prepaid, drop column credit_taken,
        add constraint tender_returns_claimed_within_prepaid check (claimed between 0 and prepaid_taken)`);
    await runner.query(`
      alter table receivables
        drop constraint receivables_cancelled_owe_nothing, drop constraint receivables_cancelled_whole,
        drop constraint receivables_paid_within_amount, drop constraint receivables_settled_without_rest, drop column cancelled,
        add constraint receivables_paid_within_amount
          check (least(principal_paid, late_charge_paid, written_off) >= 0 and principal_paid + written_off <= amount),
        add constraint receivables_settled_without_rest check (settled_on is null or principal_paid + written_off = amount)`);
    await this.setSign(runner, `case when cause in ('payment-reversal', 'tender-return')
      then undoes_settlement_id is not null and greatest(principal, late_charge) <= 0
      else undoes_settlement_id is null and least(principal, late_charge) >= 0 end`);
    await this.setWords(runner, 'settlements', 'settlements_cause_known', 'cause', (words) => words.filter((word) => !CAUSES.includes(word)));
    await this.setWords(runner, 'journals', 'journals_kind_known', 'kind', (words) => words.filter((word) => !JOURNALS.includes(word)));
  }

  private async setSign(runner: QueryRunner, condition: string): Promise<void> {
    await runner.query(`alter table settlements drop constraint settlements_sign, add constraint settlements_sign check (${condition})`);
  }

  /** Changes a list of words in a check, whatever other migrations have put into it. */
  private async setWords(runner: QueryRunner, table: string, constraint: string, column: string, change: (words: string[]) => string[]): Promise<void> {
    const [row] = (await runner.query(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1 and conrelid = $2::regclass`,
      [constraint, table],
    )) as { definition: string }[];
    const words = [...(row?.definition ?? '').matchAll(/'([a-z-]+)'/g)].map(([, word]) => word ?? '');
    const allowed = [...new Set(change(words))].map((word) => `'${word}'`).join(', ');
    await runner.query(`alter table ${table} drop constraint ${constraint}, add constraint ${constraint} check (${column} in (${allowed}))`);
  }
}
