import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a waiting credit has lost before it was freed: it went back with the payment that it came from, or was taken as
 * held money in another way. Only the rest still waits for the successor.
 */
export class LostCredits0000000000756 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table cancellation_credits add column lost numeric(18,2) not null default 0,
        add constraint cancellation_credits_lost_within check (lost between 0 and principal + late_charge)`);
    await runner.query(`comment on column cancellation_credits.lost is 'of principal + late charge: went back, or was paid out or used, before it was freed'`);
    await runner.query('grant update (lost) on cancellation_credits to wattledger_app');
    await runner.query(`
      update cancellation_credits c set lost = waits - keep
        from (select cancellation_id, waits, greatest(least(waits, coalesce(balance, 0) - (sum(waits) over older - waits)), 0) as keep
                from (select cancellation_id, account_id, period, principal + late_charge as waits from cancellation_credits where freed_on is null) w
                left join account_prepayments using (account_id)
              window older as (partition by account_id order by period, cancellation_id)) kept
       where c.cancellation_id = kept.cancellation_id and keep < waits`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table cancellation_credits drop constraint cancellation_credits_lost_within, drop column lost');
  }
}
