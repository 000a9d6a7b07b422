import type { LocalMonth } from '../../../core/calendar';
import type { Bill, BillLine, BillTotals, InsideFund } from '../../../core/bill/bill';
import { copyFields, type CopyValue } from '../../../platform/database';
import { type BillWords, wordsOf, type WordSet } from './bill-words';
import type { ComputedBill, PreparedBill } from './computed-bill';
import { endReadingsOf } from './end-readings';
import { sha256 } from './sha256';

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

/** What of a bill is kept beside its lines and head, so that the bill can be shown as it was computed; its words are kept once for many bills. */
export interface StoredWorkings extends Pick<Bill, 'segments' | 'figures' | 'findings' | 'billedUpTo'>, Omit<BillWords, 'set'> {
  readonly totals: Omit<BillTotals, 'insideFunds'> & { readonly insideFunds: readonly Omit<InsideFund, 'label'>[] };
  /** Key of the set of words. */
  readonly words: string;
}

/** A result as the texts that are stored, and the hash over it; each part is put into text once. */
export interface ResultTexts {
  readonly workings: string;
  readonly carried: string;
  /** The lines as COPY text, without `bill_id` and `period`, with which their columns begin. */
  readonly lines: readonly string[];
  /** The tariff versions that the lines count by. */
  readonly tariffHashes: readonly string[];
  readonly words: WordSet;
  /** SHA-256, hex. */
  readonly hash: string;
}

/**
 * The texts of a computed bill and its result hash: SHA-256 over head, lines, workings (which hold the hash of the
 * words) and carried state. Equal bills have equal hashes; ids, numbers and instants do not enter.
 */
export function resultTexts(bill: Bill): ResultTexts {
  const { engineVersion, accountNo, kind, period, billingMonth } = bill;
  const { set, ...places } = wordsOf(bill);
  const tariffHashes = [...new Set(bill.lines.flatMap(({ tariffHash }) => tariffHash ?? []))];
  const lines = bill.lines.map((line) => copyFields(lineRow(line, tariffHashes)));
  const workings = JSON.stringify({ ...workingsOf(bill), words: set.key, ...places } satisfies StoredWorkings);
  const carried = JSON.stringify(bill.carried);
  const head = JSON.stringify([engineVersion, accountNo, kind, period.from, period.to, billingMonth, tariffHashes]);
  return { workings, carried, lines, tariffHashes, words: set, hash: sha256(`${head}\n${lines.join('\n')}\n${workings}\n${carried}`) };
}

/** Puts a bill into the text that is copied, without the numbers that come from the database. */
export function prepareBill({ period, runId, trial }: BillPlacement, { account, document, bill, leviesAmount }: ComputedBill): PreparedBill {
  const documentText = JSON.stringify(document);
  const { workings, carried, lines, tariffHashes, words, hash: resultHash } = resultTexts(bill);
  const terms = document.terms.at(-1);
  const { totals } = bill;
  const head: CopyValue[] = [
    period, runId, account.accountId, account.accountNo, document.billedCircuitNo ?? '', bill.kind, trial, !trial,
    bill.period.from, bill.period.to, account.regionCode, terms?.category, terms?.planId, 'CNY', totals.totalAmount, totals.netAmount,
    totals.taxAmount, totals.fundsAmount, totals.activeBilledEnergyKwh, bill.lines.length,
    [...new Set([...tariffHashes, ...document.tariffs.map(({ hash: inForce }) => inForce)])], bill.engineVersion,
    `\\x${sha256(documentText)}`, `\\x${resultHash}`, leviesAmount,
  ];
  return {
    accountId: account.accountId,
    totalAmount: totals.totalAmount,
    resultHash,
    head: copyFields(head),
    lines,
    document: copyFields([period, documentText, workings, carried, JSON.stringify(endReadingsOf(document))]),
    words,
  };
}

function lineRow(line: BillLine, tariffHashes: readonly string[]): CopyValue[] {
  const tariffNo = line.tariffHash === undefined ? null : tariffHashes.indexOf(line.tariffHash) + 1;
  return [
    line.lineNo, line.group, line.item, line.usagePointNo, line.segment, line.pricePeriod, line.season, line.quantity,
    line.unit, line.price, line.exactAmount, line.amount, line.rule, tariffNo, line.from,
  ];
}

function workingsOf({ segments, figures, findings, totals, billedUpTo }: Bill): Omit<StoredWorkings, 'words' | 'wordsOfLine' | 'wordsOfFund'> {
  const insideFunds = totals.insideFunds.map(({ name, energyKwh, pricePerKwh, amount }) => ({ name, energyKwh, pricePerKwh, amount }));
  return { segments, figures, findings, totals: { ...totals, insideFunds }, billedUpTo };
}
