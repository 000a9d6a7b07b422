import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = ['payment', 'payment-reversal', 'tender-return', 'prepayment-use', 'prepayment-refund', 'write-off'];
const TENDERS = ['cash', 'pos-card', 'cheque', 'transfer', 'self-service-terminal', 'mobile-pos', 'agent', 'direct-debit'];

const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** Payments with what was handed over, and the money that is held for accounts. */
export class Payments0000000000722 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table journals drop constraint journals_kind_known`);
    await runner.query(`alter table journals drop constraint journals_reversal_whole`);
    await runner.query(`alter table journals add constraint journals_kind_known check (kind in ('bill-issued', 'reversal', ${listed(KINDS)}))`);
    await runner.query(`
      alter table journals add constraint journals_reversal_whole
        check ((kind in ('reversal', 'payment-reversal')) = (reverses_journal_id is not null))`);
    await runner.query(`
      create table account_prepayments (
        account_id bigint primary key,
        balance numeric(18,2) not null constraint account_prepayments_not_negative check (balance >= 0)
      )`);
    await runner.query(`insert into account_prepayments select account_id, sum(amount) from customer_credits group by account_id`);
    await runner.query(`revoke delete on account_prepayments from wattledger_app`);
    await this.createPayments(runner);
    await this.createUndoing(runner);
    await runner.query(`
      create table prepayment_uses (
        prepayment_use_id bigint generated always as identity primary key,
        account_id bigint not null,
        run_id bigint not null,
        used_on date not null default app_today(),
        constraint prepayment_uses_once_a_run unique (run_id, account_id)
      )`);
    await runner.query(`revoke update, delete on prepayment_uses from wattledger_app`);
  }

  private async createPayments(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payments (
        payment_id bigint generated always as identity primary key,
        received_on date not null default app_today(),
        received_at timestamptz not null default app_now(),
        received_by bigint not null references users,
        tendered numeric(18,2) not null,
        change_given numeric(18,2) not null constraint payments_change_not_negative check (change_given >= 0),
        amount numeric(18,2) not null constraint payments_amount_positive check (amount > 0),
        prepaid_account_id bigint,
        prepaid_amount numeric(18,2) not null,
        state text not null default 'received' constraint payments_state_known check (state in ('received', 'reversed', 'returned')),
        constraint payments_change_is_the_difference check (tendered - change_given = amount),
        constraint payments_prepaid_within_amount check (prepaid_amount between 0 and amount),
        constraint payments_prepaid_for_an_account check ((prepaid_amount > 0) = (prepaid_account_id is not null)),
        constraint payments_day_once unique (payment_id, received_on)
      )`);
    await runner.query(`revoke update, delete on payments from wattledger_app`);
    await runner.query(`grant update (state) on payments to wattledger_app`);
    await runner.query(`
      create table payment_tenders (
        payment_id bigint not null references payments,
        tender_no smallint not null,
        kind text not null constraint payment_tenders_kind_known check (kind in (${listed(TENDERS)})),
        amount numeric(18,2) not null constraint payment_tenders_amount_positive check (amount > 0),
        reference text,
        primary key (payment_id, tender_no)
      )`);
    await runner.query(`revoke update, delete on payment_tenders from wattledger_app`);
  }

  /** A reversal names the day of its payment twice, so that the database itself refuses any other day. */
  private async createUndoing(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table payment_reversals (
        payment_id bigint constraint payment_reversals_once primary key,
        received_on date not null,
        reversed_on date not null default app_today(),
        reversed_by bigint not null references users,
        reason text not null,
        constraint payment_reversals_of_payment foreign key (payment_id, received_on) references payments (payment_id, received_on),
        constraint payment_reversals_same_day check (reversed_on = received_on)
      )`);
    await runner.query(`revoke update, delete on payment_reversals from wattledger_app`);
    await runner.query(`
      create table tender_returns (
        tender_return_id bigint generated always as identity primary key,
        payment_id bigint not null,
        tender_no smallint not null,
        returned_on date not null default app_today(),
        returned_by bigint not null references users,
        reason text not null,
        prepaid_taken numeric(18,2) not null,
        claimed numeric(18,2) not null,
        constraint tender_returns_claimed_within_prepaid check (claimed between 0 and prepaid_taken),
        constraint tender_returns_of_tender foreign key (payment_id, tender_no) references payment_tenders,
        constraint tender_returns_once unique (payment_id, tender_no)
      )`);
    await runner.query(`revoke update, delete on tender_returns from wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table prepayment_uses, tender_returns, payment_reversals, payment_tenders, payments, account_prepayments`);
    await runner.query(`alter table journals drop constraint journals_kind_known`);
    await runner.query(`alter table journals drop constraint journals_reversal_whole`);
    await runner.query(`alter table journals add constraint journals_kind_known check (kind in ('bill-issued', 'reversal'))`);
    await runner.query(`
      alter table journals add constraint journals_reversal_whole check ((kind = 'reversal') = (reverses_journal_id is not null))`);
  }
}
