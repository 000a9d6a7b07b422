import { Injectable } from '@nestjs/common';
import { explainBill } from '../../../core/bill/explain';
import type { Actor } from '../../../platform/auth';
import type { Language } from '../../../platform/errors';
import type { ExplanationView } from './dto/explanation.view';
import { ReadBills } from './read-bills';

/** Puts a stored bill into words. */
@Injectable()
export class ExplainBill {
  constructor(private readonly bills: ReadBills) {}

  /** Throws BILLING.BILL_NOT_FOUND. */
  async explain(actor: Actor, billNo: string, language: Language): Promise<ExplanationView> {
    const { head, bill } = await this.bills.load(actor, billNo);
    return { billNo: head.billNo, ...explainBill(bill, language) };
  }
}
