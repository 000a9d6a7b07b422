import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEEN = `
        if not exists (select from billing_run_sample_bills
                        where sample_id = basis.sample_id and verdict is not null and coalesce(settled, 'overridden') = 'overridden')
           and exists (select from billing_run_intervals where run_id = new.run_id and billed > 0) then
          raise exception 'no bill of the run was looked at' using errcode = '23514', constraint = 'billing_runs_verified_by_bills';
        end if;`;

/** A run that has bills is verified by bills that were looked at and still stand, never by a sample without any. */
export class VerifiedBills0000000000765 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.setGuard(runner, SEEN);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.setGuard(runner, '');
  }

  private async setGuard(runner: QueryRunner, seen: string): Promise<void> {
    await runner.query(`
      create or replace function guard_verified_run() returns trigger language plpgsql as $$
      declare
        basis billing_run_verifications;
      begin
        select * into basis from billing_run_verifications where run_id = new.run_id order by verification_id desc limit 1;
        if basis.result_hash is distinct from new.result_hash or basis.result_hash is null
           or basis.sample_id is distinct from (select max(sample_id) from billing_run_samples where run_id = new.run_id) then
          raise exception 'nobody verified this result' using errcode = '23514', constraint = 'billing_runs_verified_by_person';
        end if;
        if exists (select from billing_run_sample_bills where sample_id = basis.sample_id and verdict is null and settled is null)
           or exists (select from billing_run_sample_bills join billing_run_samples using (sample_id)
                       where run_id = new.run_id and verdict = 'wrong' and settled is null) then
          raise exception 'the sample is not looked through' using errcode = '23514', constraint = 'billing_runs_verified_by_sample';
        end if;${seen}
        return new;
      end $$`);
  }
}
