import { Injectable } from '@nestjs/common';
import { auditFigures, auditWorkings, type Bill, explainBill, type PrintedFigure, unprintedLines } from '../../../core/bill';
import { CoreError } from '../../../core/errors';
import { AppError, type Language } from '../../../platform/errors';
import { ComputeDocument } from '../preview/compute-document';
import type { BillAuditInput, BillAuditView } from './dto/bill-audit.dto';

/** Checks a bill or invoice from elsewhere figure by figure against the bill computed from its readings and prices. */
@Injectable()
export class AuditBill {
  constructor(private readonly documents: ComputeDocument) {}

  /** Nothing is written. Throws what computing the document throws, with places below `document`. */
  async audit({ document, printed }: BillAuditInput, language: Language): Promise<BillAuditView> {
    return billAudit(await this.compute(document), printed, language);
  }

  private async compute(document: object): Promise<Bill> {
    try {
      return await this.documents.fromInput(document);
    } catch (error) {
      if (error instanceof CoreError) throw new CoreError(error.code, `/document${error.path}`, error.params);
      if (!(error instanceof AppError)) throw error;
      const errors = error.errors.map((each) => ({ ...each, field: each.field === '' ? 'document' : `document.${each.field}` }));
      throw new AppError(error.code, { errors, params: error.params, cause: error });
    }
  }
}

/** The audit of a bill that is computed already, in words of a language. */
export function billAudit(bill: Bill, printed: readonly PrintedFigure[], language: Language): BillAuditView {
  const audited = auditFigures(bill, printed);
  const workings = auditWorkings(bill, audited, language);
  const missing = new Set(unprintedLines(bill, printed).map(({ lineNo }) => lineNo));
  const { groups, findings } = explainBill(bill, language);
  return {
    engineVersion: bill.engineVersion,
    accountNo: bill.accountNo,
    billingMonth: bill.billingMonth,
    totalAmount: bill.totals.totalAmount,
    wrong: audited.filter(({ correct }) => !correct).length,
    figures: audited.map(({ lineNos: _, ...figure }, index) => ({ ...figure, working: workings[index] ?? [] })),
    notPrinted: groups.flatMap(({ lines }) => lines).filter(({ lineNo }) => missing.has(lineNo)),
    findings,
  };
}
