import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The labels of a bill are the same for all bills of a plan: each set of them is stored once, under its hash, and the
 * workings of a bill name the set. Rows are only ever added, whoever is first.
 */
export class BillWords0000000000750 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bill_words (
        words_hash bytea NOT NULL CONSTRAINT bill_words_pkey PRIMARY KEY,
        labels json NOT NULL,
        CONSTRAINT bill_words_hash CHECK (words_hash = sha256(convert_to(labels::text, 'UTF8')))
      )`);
    await runner.query(`COMMENT ON TABLE bill_words IS 'sets of labels, which the workings of bills name by their hash'`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON bill_words FROM wattledger_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bill_words');
  }
}
