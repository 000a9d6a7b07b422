import { Injectable } from '@nestjs/common';
import { type BillDifference, checkBill, ENGINE_VERSION } from '../../../core/bill';
import type { Actor } from '../../../platform/auth';
import { ComputeDocument } from '../preview/compute-document';
import { resultTexts } from './bill-rows';
import type { DifferenceView, ReplayView } from './dto/replay.view';
import { ReadBills } from './read-bills';
import { sha256 } from './sha256';

/** Characters of a differing value that are shown. */
const SHOWN = 200;

/** Computes the stored document of a bill once more and compares the result with the stored bill. Writes nothing. */
@Injectable()
export class ReplayBill {
  constructor(
    private readonly bills: ReadBills,
    private readonly documents: ComputeDocument,
  ) {}

  /** Throws BILLING.BILL_NOT_FOUND, and BILLING.TARIFF_UNKNOWN where the bill's tariff is recorded no more. */
  async replay(actor: Actor, billNo: string): Promise<ReplayView> {
    const { head, bill, stored } = await this.bills.load(actor, billNo);
    const { recomputed, differences } = checkBill(stored.document, bill, await this.documents.tariffsOf(stored.document));
    return {
      billNo: head.billNo,
      equal: differences.length === 0 && resultTexts(recomputed).hash === head.resultHash,
      documentIntact: sha256(stored.documentText) === head.documentHash,
      storedEngineVersion: head.engineVersion,
      engineVersion: ENGINE_VERSION,
      storedTotalAmount: head.totalAmount,
      totalAmount: recomputed.totals.totalAmount,
      differences: differences.map(toView),
    };
  }
}

function toView({ path, given, recomputed }: BillDifference): DifferenceView {
  return { path, stored: shown(given), recomputed: shown(recomputed) };
}

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
