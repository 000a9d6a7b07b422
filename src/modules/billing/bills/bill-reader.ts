import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Bill, BillLine } from '../../../core/bill/bill';
import type { CalculationDocument } from '../../../core/bill/calculation-document';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { StoredWorkings } from './bill-rows';
import { parseBillNo } from './bill-number';

/** The head of a stored bill, with what decides who may see it. */
export interface BillHead {
  readonly period: LocalMonth;
  readonly billId: string;
  readonly billNo: string;
  readonly runId: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly customerId: string;
  readonly supplyCircuit: string;
  readonly kind: string;
  readonly trial: boolean;
  readonly live: boolean;
  readonly released: boolean;
  readonly cycleFrom: string;
  readonly cycleTo: string;
  readonly category: string;
  readonly planId: string;
  readonly totalAmount: string;
  readonly netAmount: string;
  readonly taxAmount: string;
  readonly fundsAmount: string;
  readonly energyKwh: string;
  readonly tariffHashes: readonly string[];
  readonly engineVersion: string;
  readonly documentHash: string;
  readonly resultHash: string;
  readonly createdAt: Date;
}

/** A line as it is stored; figures without trailing zeros, amounts with two decimals. */
export interface StoredLine {
  readonly lineNo: number;
  readonly group: Bill['lines'][number]['group'];
  readonly item: string;
  readonly usagePointNo: string | null;
  readonly segment: number | null;
  readonly pricePeriod: Bill['lines'][number]['pricePeriod'] | null;
  readonly season: string | null;
  readonly quantity: string;
  readonly unit: Bill['lines'][number]['unit'];
  readonly price: string;
  readonly exactAmount: string;
  readonly amount: string;
  readonly rule: string;
  readonly tariffNo: number | null;
  readonly inputs: readonly string[];
}

/** What a bill took the place of, and what took its place. */
export interface BillLinks {
  /** When it was cancelled; null while it is in force. */
  readonly cancelledAt: Date | null;
  readonly predecessorBillNos: readonly string[];
  readonly successorBillNos: readonly string[];
}

/** What is kept beside the lines; `documentText` is the very text that the document hash was taken of. */
export interface StoredDocument {
  readonly documentText: string;
  readonly document: CalculationDocument;
  readonly workings: StoredWorkings;
  /** The set of words that the workings name. */
  readonly labels: readonly BillLine['label'][];
  readonly carried: Bill['carried'];
}

/** Which bills a list shows; an absent filter lets everything through. */
export interface BillFilter {
  /** Only bills of these accounts. */
  readonly accountIds?: readonly string[] | undefined;
  readonly period?: LocalMonth | undefined;
  readonly runId?: string | undefined;
  /** Whether bills of runs that are not released (and trials) are shown. */
  readonly withUnreleased: boolean;
  /** Last period and id of the page before; later ones come first. */
  readonly after?: { readonly period: LocalMonth; readonly billId: string } | undefined;
  readonly limit: number;
}

const HEAD = `
  b.period, b.bill_id AS "billId", b.bill_no AS "billNo", b.run_id AS "runId", b.account_id AS "accountId",
  b.account_no AS "accountNo", a.customer_id AS "customerId", b.supply_circuit AS "supplyCircuit", b.kind, b.trial, b.live,
  r.released_at IS NOT NULL AS released, b.cycle_from AS "cycleFrom", b.cycle_to AS "cycleTo", b.category,
  b.plan_id AS "planId", b.total_amount AS "totalAmount", b.net_amount AS "netAmount", b.tax_amount AS "taxAmount",
  b.funds_amount AS "fundsAmount", trim_scale(b.energy_kwh) AS "energyKwh", b.tariff_hashes AS "tariffHashes",
  b.engine_version AS "engineVersion", encode(b.document_hash, 'hex') AS "documentHash",
  encode(b.result_hash, 'hex') AS "resultHash", b.created_at AS "createdAt"
  FROM bills b JOIN billing_runs r ON r.run_id = b.run_id JOIN accounts a ON a.account_id = b.account_id`;

/** Reads stored bills. What a caller may see of them is decided in `BillAccess`. */
@Injectable()
export class BillReader {
  constructor(private readonly database: Database) {}

  /** The head of a bill, or null where there is none of this number. */
  async head(billNo: string): Promise<BillHead | null> {
    const key = parseBillNo(billNo);
    if (key === null) return null;
    const rows = await this.database.query<BillHead>(`SELECT ${HEAD} WHERE b.period = $1 AND b.bill_id = $2`, [key.period, key.billId]);
    return rows[0] ?? null;
  }

  /** The lines of a bill in their order. */
  lines(head: Pick<BillHead, 'period' | 'billId'>): Promise<StoredLine[]> {
    return this.database.query<StoredLine>(
      `SELECT line_no AS "lineNo", line_group AS "group", item, usage_point_no AS "usagePointNo", segment,
         price_period AS "pricePeriod", season, trim_scale(quantity) AS quantity, unit, trim_scale(price) AS price,
         trim_scale(exact_amount) AS "exactAmount", amount, rule, tariff_no AS "tariffNo", inputs
       FROM bill_lines WHERE period = $1 AND bill_id = $2 ORDER BY line_no`,
      [head.period, head.billId],
    );
  }

  /** The cancelled bills whose place a bill took, and the bills that took its own. */
  async links({ period, billId }: Pick<BillHead, 'period' | 'billId'>): Promise<BillLinks> {
    const [links] = await this.database.query<BillLinks>(
      `SELECT (SELECT r.decided_at FROM bill_cancellations c JOIN cancellation_requests r USING (request_id)
                WHERE c.period = $1 AND c.bill_id = $2 AND c.state = 'approved') AS "cancelledAt",
         ARRAY(SELECT b.bill_no FROM bill_successions s JOIN bills b ON b.period = s.period AND b.bill_id = s.predecessor_id
                WHERE s.period = $1 AND s.successor_id = $2 ORDER BY b.bill_no) AS "predecessorBillNos",
         ARRAY(SELECT b.bill_no FROM bill_successions s JOIN bills b ON b.period = s.period AND b.bill_id = s.successor_id
                WHERE s.period = $1 AND s.predecessor_id = $2 ORDER BY b.bill_no) AS "successorBillNos"`,
      [period, billId],
    );
    if (!links) throw new Error('a statement without a row');
    return links;
  }

  /** The document of a bill with its workings; every stored bill has one. Throws BILLING.PERIOD_DETACHED while those of its month are kept elsewhere. */
  async document(head: Pick<BillHead, 'period' | 'billId' | 'billNo'>): Promise<StoredDocument> {
    const rows = await this.database.query<{ text: string } & Pick<StoredDocument, 'workings' | 'carried' | 'labels'>>(
      `SELECT d.document::text AS text, d.workings, d.carried, w.labels
       FROM bill_documents d JOIN bill_words w ON w.words_hash = decode(d.workings->>'words', 'hex') WHERE d.period = $1 AND d.bill_id = $2`,
      [head.period, head.billId],
    );
    const row = rows[0];
    if (!row) {
      const away = await this.database.query('SELECT FROM detached_periods WHERE period = $1', [head.period]);
      throw away.length > 0 ? new AppError('BILLING.PERIOD_DETACHED') : new Error(`bill ${head.billNo} has no document`);
    }
    const { text, ...stored } = row;
    return { documentText: text, document: JSON.parse(text) as CalculationDocument, ...stored };
  }

  /** Accounts that a list is narrowed to: of a number, of a customer, or of both. */
  async accountIds(accountNo: string | undefined, customerId: string | null): Promise<string[] | undefined> {
    if (accountNo === undefined && customerId === null) return undefined;
    const [column, value] = accountNo === undefined ? ['customer_id', customerId] : ['account_no', accountNo];
    const rows = await this.database.query<{ accountId: string; customerId: string }>(
      `SELECT account_id AS "accountId", customer_id AS "customerId" FROM accounts WHERE ${column} = $1`,
      [value],
    );
    return rows.filter((row) => customerId === null || row.customerId === customerId).map((row) => row.accountId);
  }

  /** One page of heads and the first row of the next page, if any; the latest first. */
  list({ accountIds, period, runId, withUnreleased, after, limit }: BillFilter): Promise<BillHead[]> {
    const params: unknown[] = [];
    const place = (value: unknown): string => `$${String(params.push(value))}`;
    // The two halves of "live or not" each have an index of their own by account; together they are all bills.
    const conditions = [
      accountIds === undefined ? '' : `b.account_id = ANY (${place(accountIds)}::bigint[]) AND (b.live OR NOT b.live)`,
      period === undefined ? '' : `b.period = ${place(period)}`,
      runId === undefined ? '' : `b.run_id = ${place(runId)} AND b.period = (SELECT period FROM billing_runs WHERE run_id = ${place(runId)})`,
      withUnreleased ? '' : 'r.released_at IS NOT NULL AND NOT b.trial',
      after === undefined ? '' : `(b.period, b.bill_id) < (${place(after.period)}, ${place(after.billId)}::bigint)`,
    ].filter((condition) => condition !== '');
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const sql = `SELECT ${HEAD} ${where} ORDER BY b.period DESC, b.bill_id DESC LIMIT ${place(limit + 1)}`;
    return this.database.query<BillHead>(sql, params);
  }
}
