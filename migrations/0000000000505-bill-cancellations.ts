import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Issued bills that are taken back. One person asks, with a reason, for all bills that must go together; another one
 * decides. A bill stops being live only under an approved cancellation, is cancelled once, and is bound to its
 * successor when that is released.
 */
export class BillCancellations0000000000505 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createRequests(runner);
    await this.createCancellations(runner);
    await this.createSuccessions(runner);
    await this.createGuards(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger bills_cancelled_by_two on bills');
    await runner.query('drop table bill_successions, bill_cancellations, cancellation_requests');
    for (const name of ['guard_cancellation_request', 'guard_cancelled_bill', 'guard_cancelled_live_bill', 'guard_bill_succession']) {
      await runner.query(`drop function ${name}()`);
    }
  }

  private async createRequests(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cancellation_requests (
        request_id bigint generated always as identity primary key,
        reason text not null,
        state text not null default 'requested' constraint cancellation_requests_state_known check (state in ('requested', 'approved', 'declined')),
        requested_by bigint not null references users,
        requested_at timestamptz not null default app_now(),
        decided_by bigint references users,
        decided_at timestamptz,
        decision_reason text,
        constraint cancellation_requests_decided_whole
          check (num_nulls(decided_by, decided_at, decision_reason) = case state when 'requested' then 3 else 0 end),
        constraint cancellation_requests_two_persons check (state <> 'approved' or decided_by <> requested_by),
        constraint cancellation_requests_state_once unique (request_id, state)
      )`);
    await runner.query('revoke update, delete on cancellation_requests from wattledger_app');
    await runner.query('grant update (state, decided_by, decided_at, decision_reason) on cancellation_requests to wattledger_app');
  }

  /** The state follows the request's by the foreign key, so that the index can keep a bill from being cancelled twice. */
  private async createCancellations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bill_cancellations (
        cancellation_id bigint generated always as identity primary key,
        request_id bigint not null,
        state text not null default 'requested',
        period text not null,
        bill_id bigint not null,
        account_id bigint not null,
        cause text not null constraint bill_cancellations_cause_known check (cause in ('asked-for', 'same-month', 'later-month', 'main-meter')),
        constraint bill_cancellations_of_request foreign key (request_id, state)
          references cancellation_requests (request_id, state) on update cascade
      )`);
    await runner.query(`create unique index bill_cancellations_once on bill_cancellations (period, bill_id) where state <> 'declined'`);
    await runner.query('create index bill_cancellations_by_request on bill_cancellations (request_id)');
    await runner.query(`create index bill_cancellations_by_account on bill_cancellations (account_id, period) where state = 'approved'`);
    await runner.query(`create index bill_cancellations_by_period on bill_cancellations (period) where state = 'approved'`);
    await runner.query('revoke update, delete, truncate on bill_cancellations from wattledger_app');
  }

  private async createSuccessions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bill_successions (
        period text not null,
        predecessor_id bigint not null,
        supply_circuit text not null,
        successor_id bigint not null,
        run_id bigint not null,
        constraint bill_successions_once primary key (period, predecessor_id, supply_circuit)
      )`);
    await runner.query(`comment on column bill_successions.supply_circuit is 'of the successor: a cancelled bill has one successor for each circuit that is now billed apart'`);
    await runner.query('create index bill_successions_by_successor on bill_successions (period, successor_id)');
    await runner.query('create index bill_successions_by_run on bill_successions (run_id)');
    await runner.query('revoke update, delete, truncate on bill_successions from wattledger_app');
  }

  private async createGuards(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function guard_cancellation_request() returns trigger language plpgsql as $$
      begin
        if old.state <> 'requested' then
          raise exception 'a decided request stays as it is' using errcode = '23514', constraint = 'cancellation_requests_decided_once';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger cancellation_requests_decided_once before update on cancellation_requests
        for each row execute function guard_cancellation_request()`);
    await runner.query(`
      create function guard_cancelled_bill() returns trigger language plpgsql as $$
      begin
        if not exists (select from bills b join billing_runs r using (run_id)
                        where b.period = new.period and b.bill_id = new.bill_id and b.account_id = new.account_id and b.live
                          and b.kind in ('periodic', 'final') and r.released_at is not null) then
          raise exception 'only an issued bill is cancelled' using errcode = '23514', constraint = 'bill_cancellations_of_issued_bill';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger bill_cancellations_of_issued_bill before insert on bill_cancellations
        for each row execute function guard_cancelled_bill()`);
    await runner.query(`
      create function guard_cancelled_live_bill() returns trigger language plpgsql as $$
      begin
        if not exists (select from bill_cancellations c where c.period = new.period and c.bill_id = new.bill_id and c.state = 'approved') then
          raise exception 'a bill is cancelled by two persons' using errcode = '23001', constraint = 'bills_cancelled_by_two';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger bills_cancelled_by_two before update of live on bills
        for each row when (old.live and not new.live) execute function guard_cancelled_live_bill()`);
    await runner.query(`
      create function guard_bill_succession() returns trigger language plpgsql as $$
      begin
        if not exists (
          select from bill_cancellations c join bills s on s.period = c.period and s.account_id = c.account_id
           where c.period = new.period and c.bill_id = new.predecessor_id and c.state = 'approved'
             and s.bill_id = new.successor_id and s.live and s.run_id = new.run_id and s.supply_circuit = new.supply_circuit) then
          raise exception 'a successor is the live bill of a cancelled one''s account and period'
            using errcode = '23514', constraint = 'bill_successions_of_cancelled_bill';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger bill_successions_of_cancelled_bill before insert on bill_successions
        for each row execute function guard_bill_succession()`);
  }
}
