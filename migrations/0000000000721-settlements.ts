import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHART: readonly (readonly [string, string, string, string])[] = [
  ['1001', 'asset', 'Cash in the tills', '库存现金'],
  ['1002', 'asset', 'Bank deposits', '银行存款'],
  ['1012', 'asset', 'Card, terminal and agency money under way', '其他货币资金'],
  ['1121', 'asset', 'Cheques received', '应收票据'],
  ['1221', 'asset', 'Claims for returned tenders', '其他应收款'],
  ['6301', 'income', 'Late-payment charges', '电费违约金收入'],
  ['6701', 'expense', 'Receivables written off', '坏账损失'],
];

/**
 * What became of receivables. A settlement is a signed row that is never changed: money set against a receivable, or
 * taken from it again. The receivable carries the sums, which its checks keep within what is owed.
 */
export class Settlements0000000000721 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const row of CHART) {
      await runner.query(`insert into ledger_accounts (ledger_code, kind, name_en, name_zh) values ($1, $2, $3, $4) on conflict do nothing`, [...row]);
    }
    await runner.query(`
      alter table receivables
        add column principal_paid numeric(18,2) not null default 0,
        add column late_charge_paid numeric(18,2) not null default 0,
        add column written_off numeric(18,2) not null default 0,
        add column settled_on date,
        add constraint receivables_paid_within_amount
          check (least(principal_paid, late_charge_paid, written_off) >= 0 and principal_paid + written_off <= amount),
        add constraint receivables_settled_without_rest check (settled_on is null or principal_paid + written_off = amount)`);
    await runner.query(`create index receivables_open on receivables (account_id) where settled_on is null`);
    await runner.query(`grant update (principal_paid, late_charge_paid, written_off, settled_on) on receivables to wattledger_app`);
    await runner.query(`
      create table settlements (
        settlement_id bigint generated always as identity primary key,
        receivable_id bigint not null references receivables,
        account_id bigint not null,
        cause text not null constraint settlements_cause_known
          check (cause in ('payment', 'prepayment-use', 'payment-reversal', 'tender-return', 'write-off')),
        cause_id bigint not null,
        undoes_settlement_id bigint references settlements,
        principal numeric(18,2) not null,
        late_charge numeric(18,2) not null,
        settled_on date not null default app_today(),
        constraint settlements_move_something check ((principal, late_charge) <> (0, 0)),
        constraint settlements_sign check (case when cause in ('payment-reversal', 'tender-return')
          then undoes_settlement_id is not null and greatest(principal, late_charge) <= 0
          else undoes_settlement_id is null and least(principal, late_charge) >= 0 end)
      )`);
    await runner.query(`create index settlements_by_receivable on settlements (receivable_id)`);
    await runner.query(`create index settlements_by_cause on settlements (cause, cause_id)`);
    await runner.query(`create index settlements_by_account on settlements (account_id) where cause = 'prepayment-use'`);
    await runner.query(`revoke update, delete on settlements from wattledger_app`);
  }

  /** The chart keeps its accounts: entries may stand on them, and an account without entries harms nobody. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table settlements`);
    await runner.query(`
      alter table receivables drop column principal_paid, drop column late_charge_paid, drop column written_off, drop column settled_on`);
    await runner.query(`revoke update on receivables from wattledger_app`);
  }
}
