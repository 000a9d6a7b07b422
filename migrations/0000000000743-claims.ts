import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is owed because a tender came back after its money had been paid out, and what was paid of it; and prepayment
 * that is handed over for a bill like any other tender.
 */
export class Claims0000000000743 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table claims (
        claim_id bigint generated always as identity primary key,
        account_id bigint not null,
        tender_return_id bigint not null references tender_returns,
        amount numeric(18,2) not null constraint claims_amount_positive check (amount > 0),
        opened_on date not null default app_today(),
        paid numeric(18,2) not null default 0,
        settled_on date,
        constraint claims_once unique (tender_return_id, account_id),
        constraint claims_paid_within_amount check (paid between 0 and amount),
        constraint claims_settled_whole check ((settled_on is not null) = (paid = amount))
      )`);
    await runner.query('create index claims_by_account on claims (account_id, claim_id)');
    await runner.query('revoke update, delete, truncate on claims from wattledger_app');
    await runner.query('grant update (paid, settled_on) on claims to wattledger_app');
    await runner.query(`
      create table claim_settlements (
        claim_settlement_id bigint generated always as identity primary key,
        claim_id bigint not null references claims,
        cause text not null constraint claim_settlements_cause_known check (cause in ('payment', 'payment-reversal', 'tender-return')),
        cause_id bigint not null,
        payment_id bigint not null references payments,
        amount numeric(18,2) not null,
        settled_on date not null default app_today(),
        constraint claim_settlements_sign check (case when cause = 'payment' then amount > 0 else amount < 0 end)
      )`);
    await runner.query('create index claim_settlements_by_payment on claim_settlements (payment_id)');
    await runner.query('create index claim_settlements_by_claim on claim_settlements (claim_id)');
    await runner.query('revoke update, delete, truncate on claim_settlements from wattledger_app');
    await runner.query(`
      insert into claims (account_id, tender_return_id, amount, opened_on)
      select e.account_id, j.source_id, e.amount, j.posted_on from journals j join journal_entries e using (journal_id)
       where j.kind = 'tender-return' and e.ledger_code = '1221' order by j.journal_id`);
    await this.setTenders(runner, (kinds) => [...kinds, 'prepayment']);
    await runner.query(`
      alter table payment_tenders add column account_id bigint,
        add constraint payment_tenders_prepayment_of_an_account check ((kind = 'prepayment') = (account_id is not null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table payment_tenders drop constraint payment_tenders_prepayment_of_an_account, drop column account_id');
    await this.setTenders(runner, (kinds) => kinds.filter((kind) => kind !== 'prepayment'));
    await runner.query('drop table claim_settlements, claims');
  }

  /** Changes the list of known tenders, whatever other migrations have put into it. */
  private async setTenders(runner: QueryRunner, change: (kinds: string[]) => string[]): Promise<void> {
    const [row] = (await runner.query(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'payment_tenders_kind_known'`,
    )) as { definition: string }[];
    const kinds = [...(row?.definition ?? '').matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind ?? '');
    const listed = change(kinds).map((kind) => `'${kind}'`).join(', ');
    await runner.query(`
      alter table payment_tenders drop constraint payment_tenders_kind_known, add constraint payment_tenders_kind_known check (kind in (${listed}))`);
  }
}
