import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Debts that are paid in parts by agreement. The parts, and what the receivables owed on the day of the agreement, add
 * up to the same total; a receivable has one living agreement; rows of a decided agreement do not change.
 */
export class InstalmentAgreements0000000000741 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table instalment_rules (
        instalment_rule_id bigint generated always as identity primary key,
        region_code text,
        valid_from date not null,
        maximum_parts smallint not null constraint instalment_rules_parts_range check (maximum_parts between 2 and 60),
        maximum_days integer not null constraint instalment_rules_days_range check (maximum_days between 1 and 1830),
        while_kept text not null constraint instalment_rules_while_kept_known check (while_kept in ('suspended', 'continued')),
        after_break text not null constraint instalment_rules_after_break_known check (after_break in ('from-first-due-date', 'from-break'))
      )`);
    await runner.query(`create unique index instalment_rules_once on instalment_rules (coalesce(region_code, ''), valid_from)`);
    await runner.query(`
      insert into instalment_rules (valid_from, maximum_parts, maximum_days, while_kept, after_break)
      values ('2000-01-01', 12, 366, 'suspended', 'from-first-due-date')`);
    await runner.query('revoke insert, update, delete on instalment_rules from wattledger_app');
    await this.createAgreements(runner);
    await this.createChecks(runner);
  }

  private async createAgreements(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table instalment_agreements (
        agreement_id bigint generated always as identity primary key,
        account_id bigint not null,
        agreed_on date not null default app_today(),
        total numeric(18,2) not null constraint instalment_agreements_total_positive check (total > 0),
        while_kept text not null constraint instalment_agreements_while_kept_known check (while_kept in ('suspended', 'continued')),
        after_break text not null constraint instalment_agreements_after_break_known check (after_break in ('from-first-due-date', 'from-break')),
        reason text not null,
        state text not null default 'requested' constraint instalment_agreements_state_known
          check (state in ('requested', 'active', 'rejected', 'withdrawn', 'ended', 'broken', 'cancelled')),
        requested_on date not null default app_today(),
        requested_by bigint not null references users,
        approved_by bigint references users,
        approved_on date,
        turned_down_by bigint references users,
        turned_down_on date,
        turned_down_because text,
        broken_on date,
        ended_on date,
        cancelled_by bigint references users,
        cancelled_on date,
        cancelled_because text,
        constraint instalment_agreements_state_once unique (agreement_id, state),
        constraint instalment_agreements_two_persons check (approved_by <> requested_by),
        constraint instalment_agreements_approved_whole
          check (num_nulls(approved_by, approved_on) = case when state in ('requested', 'rejected', 'withdrawn') then 2 else 0 end),
        constraint instalment_agreements_turned_down_whole
          check (num_nulls(turned_down_by, turned_down_on, turned_down_because) = case when state in ('rejected', 'withdrawn') then 0 else 3 end),
        constraint instalment_agreements_rejected_by_another check (state <> 'rejected' or turned_down_by <> requested_by),
        constraint instalment_agreements_withdrawn_by_requester check (state <> 'withdrawn' or turned_down_by = requested_by),
        constraint instalment_agreements_broken_whole check ((state = 'broken') = (broken_on is not null)),
        constraint instalment_agreements_ended_whole check ((state = 'ended') = (ended_on is not null)),
        constraint instalment_agreements_cancelled_whole
          check (num_nulls(cancelled_by, cancelled_on, cancelled_because) = case state when 'cancelled' then 0 else 3 end)
      )`);
    await runner.query('create index instalment_agreements_by_account on instalment_agreements (account_id, agreement_id)');
    await runner.query(`create index instalment_agreements_active on instalment_agreements (agreement_id) where state = 'active'`);
    await runner.query(`
      create table instalment_receivables (
        agreement_id bigint not null,
        state text not null default 'requested',
        receivable_id bigint not null references receivables,
        principal numeric(18,2) not null,
        late_charge numeric(18,2) not null,
        after_settlement_id bigint not null,
        constraint instalment_receivables_owe_something check (least(principal, late_charge) >= 0 and principal + late_charge > 0),
        constraint instalment_receivables_pk primary key (agreement_id, receivable_id),
        constraint instalment_receivables_of_agreement foreign key (agreement_id, state)
          references instalment_agreements (agreement_id, state) on update cascade
      )`);
    await runner.query(`comment on column instalment_receivables.after_settlement_id is 'later settlements of the receivable count on the parts'`);
    await runner.query(`create unique index instalment_receivables_one_living on instalment_receivables (receivable_id) where state in ('requested', 'active')`);
    await runner.query('create index instalment_receivables_by_receivable on instalment_receivables (receivable_id)');
    await runner.query(`
      create table instalment_parts (
        agreement_id bigint not null references instalment_agreements,
        part_no smallint not null,
        due_on date not null,
        amount numeric(18,2) not null constraint instalment_parts_amount_positive check (amount > 0),
        constraint instalment_parts_pk primary key (agreement_id, part_no),
        constraint instalment_parts_one_a_day unique (agreement_id, due_on)
      )`);
    await runner.query('revoke update, delete, truncate on instalment_agreements, instalment_receivables, instalment_parts from wattledger_app');
    await runner.query(`
      grant update (state, approved_by, approved_on, turned_down_by, turned_down_on, turned_down_because, broken_on, ended_on,
        cancelled_by, cancelled_on, cancelled_because) on instalment_agreements to wattledger_app`);
  }

  private async createChecks(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function check_instalment_total() returns trigger language plpgsql as $$
      begin
        if exists (
          select from instalment_agreements a where a.agreement_id = new.agreement_id
             and (a.total is distinct from (select sum(amount) from instalment_parts p where p.agreement_id = a.agreement_id)
               or a.total is distinct from (select sum(principal + late_charge) from instalment_receivables r where r.agreement_id = a.agreement_id))) then
          raise exception 'the parts of agreement % are not what is owed', new.agreement_id using errcode = '23514', constraint = 'instalments_add_up';
        end if;
        return null;
      end $$`);
    for (const table of ['instalment_agreements', 'instalment_receivables', 'instalment_parts']) {
      await runner.query(`
        create constraint trigger ${table}_add_up after insert on ${table} deferrable initially deferred
          for each row execute function check_instalment_total()`);
    }
    await runner.query(`
      create function guard_instalment_agreement() returns trigger language plpgsql as $$
      begin
        if not (old.state = 'requested' and new.state in ('active', 'rejected', 'withdrawn')
             or old.state = 'active' and new.state in ('ended', 'broken', 'cancelled')
             or old.state = 'broken' and new.state = 'active') then
          raise exception 'an agreement does not go from % to %', old.state, new.state using errcode = '23514', constraint = 'instalment_agreements_course';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger instalment_agreements_course before update on instalment_agreements
        for each row execute function guard_instalment_agreement()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table instalment_parts, instalment_receivables, instalment_agreements, instalment_rules');
    await runner.query('drop function check_instalment_total()');
    await runner.query('drop function guard_instalment_agreement()');
  }
}
