import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bills, their lines and the documents that they were made from, partitioned by billing period because the period
 * shapes every key: an old month is detached as a whole, and a run writes into one partition. Few and narrow indexes,
 * since a run copies millions of lines. Visibility is the run's: nothing here changes at release.
 */
export class Bills0000000000501 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SEQUENCE bill_ids AS bigint');
    await this.createBills(runner);
    await this.createLinesAndDocuments(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bill_documents');
    await runner.query('DROP TABLE bill_lines');
    await runner.query('DROP TABLE bills');
    await runner.query('DROP SEQUENCE bill_ids');
  }

  private async createBills(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bills (
        period text NOT NULL,
        bill_id bigint NOT NULL,
        bill_no text NOT NULL,
        run_id bigint NOT NULL,
        account_id bigint NOT NULL,
        account_no text NOT NULL,
        supply_circuit text NOT NULL DEFAULT '',
        kind text NOT NULL,
        trial boolean NOT NULL DEFAULT false,
        live boolean NOT NULL DEFAULT true,
        cycle_from date NOT NULL,
        cycle_to date NOT NULL,
        region_code text NOT NULL,
        category text NOT NULL,
        plan_id text NOT NULL,
        currency text NOT NULL,
        total_amount numeric(18,2) NOT NULL,
        net_amount numeric(18,2) NOT NULL,
        tax_amount numeric(18,2) NOT NULL,
        funds_amount numeric(18,2) NOT NULL,
        energy_kwh numeric(18,4) NOT NULL,
        line_count smallint NOT NULL,
        tariff_hashes text[] NOT NULL,
        engine_version text NOT NULL,
        document_hash bytea NOT NULL,
        result_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT app_now(),
        CONSTRAINT bills_pkey PRIMARY KEY (period, bill_id),
        CONSTRAINT bills_period_is_a_month CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        CONSTRAINT bills_cycle_has_days CHECK (cycle_to > cycle_from),
        CONSTRAINT bills_kind CHECK (kind IN ('periodic', 'final', 'supplementary')),
        CONSTRAINT bills_trial_is_never_live CHECK (NOT (trial AND live)),
        CONSTRAINT bills_tax_is_inside CHECK (net_amount + tax_amount = total_amount)
      ) PARTITION BY LIST (period)`);
    await runner.query(`
      CREATE UNIQUE INDEX bills_one_live ON bills (account_id, period, supply_circuit, kind) WHERE live`);
    await runner.query(`
      CREATE UNIQUE INDEX bills_one_per_trial ON bills (run_id, account_id, period, supply_circuit, kind) WHERE trial`);
    // Cancelled bills and trials by account; the live ones are found by the index above.
    await runner.query('CREATE INDEX bills_set_aside ON bills (account_id) WHERE NOT live');
    await runner.query('CREATE INDEX bills_by_run ON bills USING brin (run_id)');
  }

  private async createLinesAndDocuments(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bill_lines (
        period text NOT NULL,
        bill_id bigint NOT NULL,
        line_no smallint NOT NULL,
        line_group text NOT NULL,
        item text NOT NULL,
        usage_point_no text,
        segment smallint,
        price_period text,
        season text,
        quantity numeric(22,8) NOT NULL,
        unit text NOT NULL,
        price numeric(14,8) NOT NULL,
        exact_amount numeric(30,12) NOT NULL,
        amount numeric(18,2) NOT NULL,
        rule text NOT NULL,
        tariff_no smallint,
        inputs text[] NOT NULL,
        CONSTRAINT bill_lines_pkey PRIMARY KEY (period, bill_id, line_no)
      ) PARTITION BY LIST (period)`);
    await runner.query(`COMMENT ON COLUMN bill_lines.tariff_no IS 'place in bills.tariff_hashes, from 1'`);
    await runner.query(`
      CREATE TABLE bill_documents (
        period text NOT NULL,
        bill_id bigint NOT NULL,
        document json NOT NULL,
        workings json NOT NULL,
        carried json NOT NULL,
        CONSTRAINT bill_documents_pkey PRIMARY KEY (period, bill_id)
      ) PARTITION BY LIST (period)`);
    await runner.query(`COMMENT ON TABLE bill_documents IS 'json, not jsonb: the hashes are taken of the very text'`);
  }
}
