import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Prepayment that is paid back, and receivables that are given up: two persons, and the rows themselves say so. */
export class RefundsAndWriteOffs0000000000723 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table prepayment_refunds (
        refund_id bigint generated always as identity primary key,
        account_id bigint not null,
        amount numeric(18,2) not null constraint prepayment_refunds_amount_positive check (amount > 0),
        tender text not null constraint prepayment_refunds_tender_known check (tender in ('cash', 'transfer')),
        reason text not null,
        single_person_limit numeric(18,2) not null,
        state text not null constraint prepayment_refunds_state_known check (state in ('requested', 'paid')),
        requested_on date not null default app_today(),
        requested_by bigint not null references users,
        approved_by bigint references users,
        paid_on date,
        constraint prepayment_refunds_paid_whole check ((state = 'paid') = (paid_on is not null)),
        constraint prepayment_refunds_two_persons check (approved_by <> requested_by),
        constraint prepayment_refunds_approved_above_limit check (state <> 'paid' or approved_by is not null or amount <= single_person_limit)
      )`);
    await runner.query(`create index prepayment_refunds_by_account on prepayment_refunds (account_id)`);
    await runner.query(`
      create table write_offs (
        write_off_id bigint generated always as identity primary key,
        receivable_id bigint not null references receivables,
        reason text not null,
        state text not null default 'requested' constraint write_offs_state_known check (state in ('requested', 'approved')),
        requested_on date not null default app_today(),
        requested_by bigint not null references users,
        approved_by bigint references users,
        approved_on date,
        amount numeric(18,2) constraint write_offs_amount_positive check (amount > 0),
        constraint write_offs_approved_whole check (num_nulls(approved_by, approved_on, amount) = case state when 'approved' then 0 else 3 end),
        constraint write_offs_two_persons check (approved_by <> requested_by)
      )`);
    await runner.query(`create unique index write_offs_requested_once on write_offs (receivable_id) where state = 'requested'`);
    await runner.query(`revoke update, delete on prepayment_refunds, write_offs from wattledger_app`);
    await runner.query(`grant update (state, approved_by, paid_on) on prepayment_refunds to wattledger_app`);
    await runner.query(`grant update (state, approved_by, approved_on, amount) on write_offs to wattledger_app`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table write_offs, prepayment_refunds`);
  }
}
