import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is owed from released bills, what is owed to customers from negative ones, and when it is due. */
export class Receivables0000000000702 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table due_date_rules (
        due_date_rule_id bigint generated always as identity primary key,
        category text,
        valid_from date not null,
        days_after_release integer not null constraint due_date_rules_days_range check (days_after_release between 0 and 365)
      )`);
    await runner.query(`create unique index due_date_rules_once on due_date_rules (coalesce(category, ''), valid_from)`);
    await runner.query(`insert into due_date_rules (category, valid_from, days_after_release) values (null, '2000-01-01', 15)`);
    await runner.query(`
      create table receivables (
        receivable_id bigint generated always as identity primary key,
        account_id bigint not null,
        period text not null,
        bill_id bigint not null,
        run_id bigint not null,
        category text not null,
        amount numeric(18,2) not null constraint receivables_amount_positive check (amount > 0),
        opened_on date not null,
        due_on date not null constraint receivables_due_after_opening check (due_on >= opened_on),
        constraint receivables_bill_once unique (bill_id, period)
      )`);
    await runner.query(`create index receivables_by_account on receivables (account_id, due_on)`);
    await runner.query(`create index receivables_by_run on receivables (run_id)`);
    await runner.query(`
      create table customer_credits (
        customer_credit_id bigint generated always as identity primary key,
        account_id bigint not null,
        period text not null,
        bill_id bigint not null,
        run_id bigint not null,
        amount numeric(18,2) not null constraint customer_credits_amount_positive check (amount > 0),
        opened_on date not null,
        constraint customer_credits_bill_once unique (bill_id, period)
      )`);
    await runner.query(`create index customer_credits_by_account on customer_credits (account_id)`);
    await runner.query(`revoke update, delete on receivables, customer_credits from wattledger_app`);
    await runner.query(`revoke insert, update, delete on due_date_rules from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table customer_credits, receivables, due_date_rules`);
  }
}
