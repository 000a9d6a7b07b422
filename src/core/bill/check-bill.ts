import type { Bill } from './bill';
import type { CalculationDocument } from './calculation-document';
import { computeBill } from './compute-bill';
import type { TariffsByHash } from './segments';

/** One place where a bill and its recomputation differ. */
export interface BillDifference {
  /** JSON pointer into the bill. */
  readonly path: string;
  readonly given: unknown;
  readonly recomputed: unknown;
}

export interface BillCheck {
  readonly equal: boolean;
  readonly differences: readonly BillDifference[];
  readonly recomputed: Bill;
}

const MOST_DIFFERENCES = 200;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function compare(given: unknown, recomputed: unknown, path: string, found: BillDifference[]): void {
  if (given === recomputed || found.length >= MOST_DIFFERENCES) return;
  if (!isRecord(given) || !isRecord(recomputed) || Array.isArray(given) !== Array.isArray(recomputed)) {
    found.push({ path, given, recomputed });
    return;
  }
  for (const key of new Set([...Object.keys(given), ...Object.keys(recomputed)])) {
    compare(given[key], recomputed[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, found);
  }
}

/**
 * Computes a bill again from its document and says equal, or every place where it differs (at most 200). Any figure
 * counts, not only amounts. Errors: those of `computeBill`.
 */
export function checkBill(document: CalculationDocument, bill: Bill, tariffs?: TariffsByHash): BillCheck {
  const recomputed = computeBill(document, tariffs);
  const differences: BillDifference[] = [];
  compare(bill, recomputed, '', differences);
  return { equal: differences.length === 0, differences, recomputed };
}
