import type { Bill } from '../../../core/bill';
import { resultTexts } from '../bills/bill-rows';
import { toContent } from '../bills/bill-views';
import type { CalculationView } from './dto/calculation.view';

/** A computed bill as it is shown. */
export function toCalculationView(bill: Bill): CalculationView {
  return {
    engineVersion: bill.engineVersion,
    accountNo: bill.accountNo,
    kind: bill.kind,
    cycleFrom: bill.period.from,
    cycleTo: bill.period.to,
    billingMonth: bill.billingMonth,
    totalAmount: bill.totals.totalAmount,
    resultHash: resultTexts(bill).hash,
    content: toContent(bill),
  };
}
