import type { MigrationInterface, QueryRunner } from 'typeorm';

const EXCLUSIONS = ['ALREADY_BILLED', 'IN_ANOTHER_RUN', 'NOT_YET_OPEN', 'CLOSED', 'BY_DECISION'];

const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** Runs that bill cancelled accounts again; a regular run leaves these to them. */
export class RebillRuns0000000000604 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.setKinds(runner, ['regular', 'trial', 'rebill'], `kind <> 'trial' or state <> 'released'`);
    await this.setExclusions(runner, [...EXCLUSIONS, 'BILL_CANCELLED']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.setKinds(runner, ['regular', 'trial'], `kind = 'regular' or state <> 'released'`);
    await this.setExclusions(runner, EXCLUSIONS);
  }

  private async setKinds(runner: QueryRunner, kinds: readonly string[], released: string): Promise<void> {
    await runner.query(`
      alter table billing_runs
        drop constraint billing_runs_kind_known,
        drop constraint billing_runs_trial_not_released,
        add constraint billing_runs_kind_known check (kind in (${listed(kinds)})),
        add constraint billing_runs_trial_not_released check (${released})`);
  }

  private async setExclusions(runner: QueryRunner, codes: readonly string[]): Promise<void> {
    await runner.query(`
      alter table billing_run_members
        drop constraint billing_run_members_exclusion_known,
        add constraint billing_run_members_exclusion_known check (exclusion_code in (${listed(codes)}))`);
  }
}
