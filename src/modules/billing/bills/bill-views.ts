import type { Bill, BillLine, InsideFund } from '../../../core/bill/bill';
import type { BillHead, BillLinks, StoredDocument, StoredLine } from './bill-reader';
import type { BillSummaryView } from './dto/bill-summary.view';
import type { BillContentView, BillView } from './dto/bill.view';

type Standing = 'issued' | 'unreleased' | 'cancelled' | 'trial';

/** What a bill is in force as. */
export function standingOf(head: Pick<BillHead, 'trial' | 'live' | 'released'>): Standing {
  if (head.trial) return 'trial';
  if (!head.live) return 'cancelled';
  return head.released ? 'issued' : 'unreleased';
}

export function toSummary(head: BillHead): BillSummaryView {
  const { billNo, accountNo, period, kind, runId, cycleFrom, cycleTo, category, planId } = head;
  const { energyKwh, totalAmount, netAmount, taxAmount, fundsAmount, createdAt } = head;
  return {
    billNo, accountNo, period, kind, standing: standingOf(head), runId,
    supplyCircuitNo: head.supplyCircuit === '' ? null : head.supplyCircuit,
    cycleFrom, cycleTo, category, planId, energyKwh, totalAmount, netAmount, taxAmount, fundsAmount, createdAt,
  };
}

/** The lines of a stored bill as the core made them. */
export function linesOf(head: Pick<BillHead, 'tariffHashes'>, lines: readonly StoredLine[], { labels, workings }: Pick<StoredDocument, 'labels' | 'workings'>): BillLine[] {
  return lines.map((line, index) => {
    const tariffHash = line.tariffNo === null ? undefined : head.tariffHashes[line.tariffNo - 1];
    return {
      lineNo: line.lineNo,
      group: line.group,
      item: line.item,
      label: labels[workings.wordsOfLine[index] ?? -1] ?? { zh: line.item, en: line.item },
      ...(line.usagePointNo === null ? {} : { usagePointNo: line.usagePointNo }),
      ...(line.segment === null ? {} : { segment: line.segment }),
      ...(line.pricePeriod ? { pricePeriod: line.pricePeriod } : {}),
      ...(line.season === null ? {} : { season: line.season }),
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      exactAmount: line.exactAmount,
      amount: line.amount,
      rule: line.rule,
      ...(tariffHash === undefined ? {} : { tariffHash }),
      from: line.inputs,
    };
  });
}

/** A stored bill in the form in which the core computed it. */
export function toBill(head: BillHead, lines: readonly StoredLine[], stored: StoredDocument): Bill {
  const { document, workings, labels, carried } = stored;
  const insideFunds = workings.totals.insideFunds.map((fund, index): InsideFund => {
    return { ...fund, label: labels[workings.wordsOfFund[index] ?? -1] ?? { zh: fund.name, en: fund.name } };
  });
  return {
    engineVersion: head.engineVersion,
    accountNo: head.accountNo,
    kind: document.kind,
    period: document.period,
    billingMonth: document.billingMonth,
    segments: workings.segments,
    lines: linesOf(head, lines, stored),
    figures: workings.figures,
    findings: workings.findings,
    totals: { ...workings.totals, insideFunds },
    carried,
    billedUpTo: workings.billedUpTo,
  };
}

export function toContent({ lines, figures, findings, segments, totals, carried }: Bill): BillContentView {
  return { lines, figures, findings, segments, totals, carried };
}

export function toBillView(head: BillHead, bill: Bill, links: BillLinks): BillView {
  const { engineVersion, documentHash, resultHash } = head;
  return { ...toSummary(head), ...links, engineVersion, documentHash, resultHash, content: toContent(bill) };
}
