import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The day on which money counts for late charges and instalments: the day of the booking, or for money that came by the
 * bank an earlier one, within the dated rule.
 */
export class ValueDates0000000000742 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table value_date_rules (
        value_date_rule_id bigint generated always as identity primary key,
        valid_from date not null constraint value_date_rules_once unique,
        maximum_days_back integer not null constraint value_date_rules_days_range check (maximum_days_back between 0 and 366)
      )`);
    await runner.query(`insert into value_date_rules (valid_from, maximum_days_back) values ('2000-01-01', 7)`);
    await runner.query('revoke insert, update, delete on value_date_rules from wattledger_app');
    for (const { table, day } of [{ table: 'payments', day: 'received_on' }, { table: 'settlements', day: 'settled_on' }]) {
      await runner.query(`
        alter table ${table} add column value_on date, add constraint ${table}_value_earlier check (value_on < ${day})`);
      await runner.query(`comment on column ${table}.value_on is 'null: the day of the booking, ${day}'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table settlements drop constraint settlements_value_earlier, drop column value_on');
    await runner.query('alter table payments drop constraint payments_value_earlier, drop column value_on');
    await runner.query('drop table value_date_rules');
  }
}
