import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The dated policies of collection: late charges, how payments are allocated, from when on two persons refund; and who collects. */
export class CollectionPolicies0000000000720 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table late_charge_rules (
        late_charge_rule_id bigint generated always as identity primary key,
        region_code text,
        valid_from date not null,
        method text not null constraint late_charge_rules_method_known check (method in ('by-day-segment', 'whole-period-cross-year-rate')),
        residential_permille numeric(8,4) not null,
        current_year_permille numeric(8,4) not null,
        cross_year_permille numeric(8,4) not null,
        minimum numeric(18,2) not null,
        constraint late_charge_rules_not_negative
          check (least(residential_permille, current_year_permille, cross_year_permille, minimum) >= 0)
      )`);
    await runner.query(`create unique index late_charge_rules_once on late_charge_rules (coalesce(region_code, ''), valid_from)`);
    await runner.query(`
      insert into late_charge_rules (valid_from, method, residential_permille, current_year_permille, cross_year_permille, minimum)
      values ('2000-01-01', 'by-day-segment', 1, 2, 3, 1.00)`);
    await runner.query(`
      create table payment_rules (
        payment_rule_id bigint generated always as identity primary key,
        region_code text,
        category text,
        valid_from date not null,
        partial_allowed boolean not null,
        part_order text not null constraint payment_rules_part_order_known check (part_order in ('late-charge-first', 'principal-first'))
      )`);
    await runner.query(`create unique index payment_rules_once on payment_rules (coalesce(region_code, ''), coalesce(category, ''), valid_from)`);
    await runner.query(`
      insert into payment_rules (category, valid_from, partial_allowed, part_order) values
        (null, '2000-01-01', false, 'late-charge-first'), ('large-industrial', '2000-01-01', true, 'late-charge-first')`);
    await runner.query(`
      create table refund_rules (
        refund_rule_id bigint generated always as identity primary key,
        valid_from date not null constraint refund_rules_once unique,
        single_person_limit numeric(18,2) not null constraint refund_rules_limit_not_negative check (single_person_limit >= 0)
      )`);
    await runner.query(`insert into refund_rules (valid_from, single_person_limit) values ('2000-01-01', 500.00)`);
    await runner.query(`revoke insert, update, delete on late_charge_rules, payment_rules, refund_rules from wattledger_app`);
    await this.knowRoles(runner, `'operator', 'supervisor', 'clerk', 'cashier', 'auditor', 'agent', 'customer'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.knowRoles(runner, `'operator', 'supervisor', 'clerk', 'auditor', 'agent', 'customer'`);
    await runner.query(`drop table refund_rules, payment_rules, late_charge_rules`);
  }

  private async knowRoles(runner: QueryRunner, roles: string): Promise<void> {
    await runner.query(`alter table users drop constraint users_roles_known`);
    await runner.query(`alter table users add constraint users_roles_known check (cardinality(roles) >= 1 and roles <@ array[${roles}])`);
  }
}
