import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lines and documents of an old month are most of its weight. They can be detached as two tables of the schema
 * "detached", to be kept elsewhere, and attached again. The bills themselves stay: lists, payments and statements name
 * them. What would need the documents is refused as long as they are away.
 */
export class DetachedPeriods0000000000621 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema detached');
    await runner.query('revoke all on schema detached from public');
    await runner.query(`
      create table detached_periods (
        period text primary key constraint detached_periods_form check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        bills bigint not null,
        lines bigint not null,
        documents bigint not null,
        bytes bigint not null,
        reason text not null,
        detached_by bigint not null references users,
        detached_at timestamptz not null default app_now()
      )`);
    await runner.query('revoke insert, update, delete, truncate on detached_periods from wattledger_app');
    await this.createDetach(runner);
    await this.createAttach(runner);
    await this.createGuards(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger billing_runs_guard_detached on billing_runs');
    await runner.query('drop trigger bill_cancellations_guard_detached on bill_cancellations');
    await runner.query('drop function guard_detached_period()');
    await runner.query('drop function attach_period(text)');
    await runner.query('drop function detach_period(text, bigint, text)');
    await runner.query('drop table detached_periods');
    await runner.query('drop schema detached');
  }

  private async createDetach(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function detach_period(wanted text, by_user bigint, why text) returns void
      language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '10s' as $$
      declare
        suffix text := replace(wanted, '-', '_');
        next_period text;
        part text;
        refuse text;
      begin
        if wanted !~ '^20[0-9]{2}-(0[1-9]|1[0-2])$' or to_regclass('public.bill_documents_' || suffix) is null then
          refuse := case when exists (select from detached_periods where period = wanted) then 'billing_period_detached' else 'billing_period_unknown' end;
        else
          next_period := to_char((wanted || '-01')::date + interval '1 month', 'YYYY-MM');
          -- No run begins, and no bill of a finished run changes, until the period is away.
          perform pg_advisory_xact_lock(7001, 3);
          refuse := case
            when next_period >= to_char(app_now() - interval '12 months', 'YYYY-MM') then 'billing_period_recent'
            when exists (select from billing_runs where frozen_revision is not null and state in ('draft', 'frozen', 'computing')) then 'billing_period_in_use'
            when exists (select from billing_runs where period in (wanted, next_period) and state <> 'released' and not (state = 'discarded' and purged_at is not null)) then 'billing_period_not_closed'
            when exists (select from bill_cancellations c where c.period in (wanted, next_period) and (c.state = 'requested' or c.state = 'approved' and not exists
                          (select from bill_successions s where s.period = c.period and s.predecessor_id = c.bill_id))) then 'billing_period_not_closed'
            when exists (select from bills b join accounts a using (account_id)
                          where b.period = wanted and b.live and b.kind in ('periodic', 'final') and (a.closed_on is null or a.closed_on > b.cycle_to)
                            and not exists (select from bills l where l.account_id = b.account_id and l.period > wanted and l.live and l.kind in ('periodic', 'final'))) then 'billing_period_needed'
          end;
        end if;
        if refuse is not null then
          raise exception 'period % is not detached', wanted using errcode = 'check_violation', constraint = refuse;
        end if;
        execute format('insert into detached_periods (period, bills, lines, documents, bytes, reason, detached_by)
          select %L, (select count(*) from bills where period = %1$L), (select count(*) from bill_lines_%s), (select count(*) from bill_documents_%2$s),
                 pg_total_relation_size(''bill_lines_%2$s'') + pg_total_relation_size(''bill_documents_%2$s''), %L, %s', wanted, suffix, why, by_user);
        foreach part in array array['bill_lines', 'bill_documents'] loop
          execute format('alter table %I detach partition %I', part, part || '_' || suffix);
          -- With this check the period is attached again without being read.
          execute format('alter table %I add constraint %I check (period is not null and period = %L)', part || '_' || suffix, part || '_' || suffix || '_period', wanted);
          execute format('alter table %I set schema detached', part || '_' || suffix);
        end loop;
      end $$`);
    await runner.query('revoke all on function detach_period(text, bigint, text) from public');
    await runner.query('grant execute on function detach_period(text, bigint, text) to wattledger_app');
  }

  private async createAttach(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function attach_period(wanted text) returns void
      language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '10s' as $$
      declare
        suffix text := replace(wanted, '-', '_');
        noted detached_periods;
        lines bigint;
        documents bigint;
        part text;
      begin
        select * into noted from detached_periods where period = wanted for update;
        if noted.period is null then
          raise exception 'period % is not detached', wanted using errcode = 'check_violation', constraint = 'billing_period_not_detached';
        end if;
        if to_regclass('detached.bill_lines_' || suffix) is null or to_regclass('detached.bill_documents_' || suffix) is null then
          raise exception 'the tables of period % are not there', wanted using errcode = 'check_violation', constraint = 'billing_period_tables_missing';
        end if;
        execute format('select count(*) from detached.bill_lines_%s', suffix) into lines;
        execute format('select count(*) from detached.bill_documents_%s d join bills b on b.period = %L and b.bill_id = d.bill_id where sha256(convert_to(d.document::text, ''UTF8'')) = b.document_hash', suffix, wanted) into documents;
        if lines <> noted.lines or documents <> noted.documents then
          raise exception 'period % came back changed', wanted using errcode = 'check_violation', constraint = 'billing_period_changed';
        end if;
        foreach part in array array['bill_lines', 'bill_documents'] loop
          execute format('alter table detached.%I set schema public', part || '_' || suffix);
          execute format('alter table %I attach partition %I for values in (%L)', part, part || '_' || suffix, wanted);
          execute format('alter table %I drop constraint if exists %I', part || '_' || suffix, part || '_' || suffix || '_period');
          execute format('revoke all on %I from wattledger_app, wattledger_reader', part || '_' || suffix);
        end loop;
        delete from detached_periods where period = wanted;
      end $$`);
    await runner.query('revoke all on function attach_period(text) from public');
    await runner.query('grant execute on function attach_period(text) to wattledger_app');
  }

  /** A run, and a bill that is cancelled to be made again, need the documents of the month and of the month before. */
  private async createGuards(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function guard_detached_period() returns trigger language plpgsql as $$
      begin
        if exists (select from detached_periods where period in (new.period, to_char((new.period || '-01')::date - interval '1 month', 'YYYY-MM'))) then
          raise exception 'the documents of period % or of the month before are detached', new.period using errcode = 'check_violation', constraint = 'billing_period_detached';
        end if;
        return new;
      end $$`);
    await runner.query('create trigger billing_runs_guard_detached before insert on billing_runs for each row execute function guard_detached_period()');
    await runner.query('create trigger bill_cancellations_guard_detached before insert on bill_cancellations for each row execute function guard_detached_period()');
  }
}
