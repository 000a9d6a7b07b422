import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The readings that a bill ended with stand beside its document, short and ready to be read for many accounts: the next
 * cycle begins with exactly these.
 */
export class BillEndReadings0000000000520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE bill_documents ADD COLUMN end_readings json NOT NULL DEFAULT '[]'`);
    await runner.query(`
      COMMENT ON COLUMN bill_documents.end_readings IS
        'last reading of each dial: [usage point, meter, register, day, reading, reading id, kind, estimated]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE bill_documents DROP COLUMN end_readings');
  }
}
