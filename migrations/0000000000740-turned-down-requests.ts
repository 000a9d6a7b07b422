import type { MigrationInterface, QueryRunner } from 'typeorm';

const REQUESTS = [
  { table: 'prepayment_refunds', done: 'paid' },
  { table: 'write_offs', done: 'approved' },
] as const;

/** Requests that a second person rejects, or that whoever asked withdraws; and the ways into the lists of payments. */
export class TurnedDownRequests0000000000740 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function guard_decided_request() returns trigger language plpgsql as $$
      begin
        if old.state <> 'requested' then
          raise exception 'a request is decided once' using errcode = '23514', constraint = 'requests_decided_once';
        end if;
        return new;
      end $$`);
    for (const { table, done } of REQUESTS) {
      await runner.query(`
        alter table ${table}
          drop constraint ${table}_state_known,
          add constraint ${table}_state_known check (state in ('requested', '${done}', 'rejected', 'withdrawn')),
          add column turned_down_by bigint references users,
          add column turned_down_on date,
          add column turned_down_because text,
          add constraint ${table}_turned_down_whole
            check (num_nulls(turned_down_by, turned_down_on, turned_down_because) = case when state in ('rejected', 'withdrawn') then 0 else 3 end),
          add constraint ${table}_rejected_by_another check (state <> 'rejected' or turned_down_by <> requested_by),
          add constraint ${table}_withdrawn_by_requester check (state <> 'withdrawn' or turned_down_by = requested_by)`);
      await runner.query(`create trigger ${table}_decided_once before update on ${table} for each row execute function guard_decided_request()`);
      await runner.query(`grant update (turned_down_by, turned_down_on, turned_down_because) on ${table} to wattledger_app`);
    }
    await runner.query(`create index settlements_of_payments on settlements (account_id, cause_id) where cause = 'payment'`);
    await runner.query(`create index payments_by_keeper on payments (prepaid_account_id, payment_id) where prepaid_account_id is not null`);
    await runner.query(`create index payments_by_day on payments (received_on, payment_id)`);
  }

  /** Requests that were turned down leave no trace in the older form but their audit entries. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index payments_by_day, payments_by_keeper, settlements_of_payments');
    for (const { table, done } of REQUESTS) {
      await runner.query(`drop trigger ${table}_decided_once on ${table}`);
      await runner.query(`delete from ${table} where state in ('rejected', 'withdrawn')`);
      await runner.query(`
        alter table ${table}
          drop constraint ${table}_withdrawn_by_requester, drop constraint ${table}_rejected_by_another, drop constraint ${table}_turned_down_whole,
          drop column turned_down_because, drop column turned_down_on, drop column turned_down_by,
          drop constraint ${table}_state_known, add constraint ${table}_state_known check (state in ('requested', '${done}'))`);
    }
    await runner.query('drop function guard_decided_request()');
  }
}
