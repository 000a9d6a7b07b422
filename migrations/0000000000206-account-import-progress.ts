import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an import last wrote something, so that one whose process has died is not taken for running. */
export class AccountImportProgress0000000000206 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table account_imports add column progressed_at timestamptz not null default app_now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table account_imports drop column progressed_at`);
  }
}
