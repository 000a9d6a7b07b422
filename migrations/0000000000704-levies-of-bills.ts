import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * All public levies of a bill, on top of its prices and contained in them: what the release books as collected for
 * others. Bills from before have none of it; of them the funds on top are all that stands in the head.
 */
export class LeviesOfBills0000000000704 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table bills add column levies_amount numeric(18,2)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table bills drop column levies_amount');
  }
}
