import { createHash } from 'node:crypto';
import type { LocalMonth } from '../../../core/calendar';
import type { Bill, BillLine } from '../../../core/bill/bill';
import { leviesCollected } from '../../../core/ledger';
import { text } from '../../../core/quantity';
import { copyFields, type CopyValue } from '../../../platform/database';
import type { ComputedBill, PreparedBill } from './computed-bill';
import { endReadingsOf } from './end-readings';

/** Where a bill goes: the run that made it, and whether it is a trial that is never owed. */
export interface BillPlacement {
  readonly period: LocalMonth;
  readonly runId: string;
  readonly trial: boolean;
}

export const BILL_COLUMNS = [
  'bill_id', 'bill_no', 'period', 'run_id', 'account_id', 'account_no', 'supply_circuit', 'kind', 'trial', 'live',
  'cycle_from', 'cycle_to', 'region_code', 'category', 'plan_id', 'currency', 'total_amount', 'net_amount', 'tax_amount',
  'funds_amount', 'energy_kwh', 'line_count', 'tariff_hashes', 'engine_version', 'document_hash', 'result_hash',
  'levies_amount',
] as const;

export const LINE_COLUMNS = [
  'bill_id', 'period', 'line_no', 'line_group', 'item', 'usage_point_no', 'segment', 'price_period', 'season', 'quantity', 'unit',
  'price', 'exact_amount', 'amount', 'rule', 'tariff_no', 'inputs',
] as const;

export const DOCUMENT_COLUMNS = ['bill_id', 'period', 'document', 'workings', 'carried', 'end_readings'] as const;

/** What of a bill is kept beside its lines and head, so that the bill can be shown as it was computed. */
export interface StoredWorkings extends Pick<Bill, 'segments' | 'figures' | 'findings' | 'totals' | 'billedUpTo'> {
  /** The different labels of the lines, and for each line the place of its own among them. */
  readonly labels: readonly BillLine['label'][];
  readonly labelOfLine: readonly number[];
}

/** SHA-256 of a text in UTF-8. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A result as the texts that are stored, and the hash over it; each part is put into text once. */
export interface ResultTexts {
  readonly workings: string;
  readonly carried: string;
  readonly hash: Buffer;
}

/**
 * The texts of a computed bill and its result hash: SHA-256 over head, lines, workings and carried state as JSON. Equal
 * bills have equal hashes; ids, numbers and instants do not enter.
 */
export function resultTexts(bill: Bill): ResultTexts {
  const { engineVersion, accountNo, kind, period, billingMonth } = bill;
  const workings = JSON.stringify(workingsOf(bill));
  const carried = JSON.stringify(bill.carried);
  const head = JSON.stringify([engineVersion, accountNo, kind, period.from, period.to, billingMonth]);
  return { workings, carried, hash: sha256(`${head}\n${JSON.stringify(bill.lines)}\n${workings}\n${carried}`) };
}

/** Puts a bill into the text that is copied, without `bill_id` and `bill_no`, with which the columns begin. */
export function prepareBill({ period, runId, trial }: BillPlacement, { account, document, bill }: ComputedBill): PreparedBill {
  const documentText = JSON.stringify(document);
  const { workings, carried, hash: resultHash } = resultTexts(bill);
  const hashes = document.tariffs.map(({ hash }) => hash);
  const terms = document.terms.at(-1);
  const { totals } = bill;
  const head: CopyValue[] = [
    period, runId, account.accountId, account.accountNo, document.billedCircuitNo ?? '', bill.kind, trial, !trial,
    bill.period.from, bill.period.to, account.regionCode, terms?.category, terms?.planId, 'CNY', totals.totalAmount, totals.netAmount,
    totals.taxAmount, totals.fundsAmount, totals.activeBilledEnergyKwh, bill.lines.length, hashes, bill.engineVersion,
    sha256(documentText), resultHash, text(leviesCollected(totals), 2),
  ];
  return {
    accountId: account.accountId,
    totalAmount: totals.totalAmount,
    resultHash: resultHash.toString('hex'),
    head: copyFields(head),
    lines: bill.lines.map((line) => copyFields(lineRow(period, line, hashes))),
    document: copyFields([period, documentText, workings, carried, JSON.stringify(endReadingsOf(document))]),
  };
}

function lineRow(period: LocalMonth, line: BillLine, hashes: readonly string[]): CopyValue[] {
  const tariffNo = line.tariffHash === undefined ? null : hashes.indexOf(line.tariffHash) + 1;
  return [
    period, line.lineNo, line.group, line.item, line.usagePointNo, line.segment, line.pricePeriod, line.season, line.quantity,
    line.unit, line.price, line.exactAmount, line.amount, line.rule, tariffNo, line.from,
  ];
}

function workingsOf(bill: Bill): StoredWorkings {
  const labels: BillLine['label'][] = [];
  const places = new Map<string, number>();
  const labelOfLine = bill.lines.map(({ label }) => {
    const key = `${label.zh}\n${label.en}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, labels.length);
    return labels.push(label) - 1;
  });
  const { segments, figures, findings, totals, billedUpTo } = bill;
  return { segments, figures, findings, totals, billedUpTo, labels, labelOfLine };
}
