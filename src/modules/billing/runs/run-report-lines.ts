import type { CheckReport, TotalsRow } from './checks/check-report';
import type { ExceptionView } from './dto/exception.dto';
import type { RunView } from './dto/run.view';

/** A run in a few lines for a terminal. */
export function runLines(view: RunView): string[] {
  const { accounts, pending, billed, excluded, exceptions } = view.counts;
  return [
    `run ${view.runId}: ${view.period} ${view.kind}, ${view.state}`,
    `${String(accounts)} accounts = ${String(pending)} pending + ${String(billed)} billed + ${String(excluded)} excluded + ${String(exceptions)} exceptions`,
    `${view.totalAmount} yuan, ${String(view.progress.accountsPerSecond)} accounts a second`,
    ...(view.progress.intervals.parked > 0 ? [`${String(view.progress.intervals.parked)} intervals are parked: see run intervals ${view.runId} --state parked, then run resume ${view.runId}`] : []),
  ];
}

function totalsLine({ key, accounts, amount, lastAmount }: TotalsRow): string {
  return `${key.padEnd(32)} ${String(accounts).padStart(9)} accounts ${amount.padStart(18)} yuan (last ${lastAmount})`;
}

/** A check report in lines for a terminal. */
export function checkLines(report: CheckReport): string[] {
  return [
    `${report.period} against ${report.comparedWith}`,
    ...report.byCategory.map(totalsLine),
    ...report.byRegion.map(totalsLine),
    totalsLine(report.total),
    `${String(report.zeroBills)} zero, ${String(report.negativeBills)} negative, ${String(report.jumps)} jumps`,
    ...report.exceptions.map(({ code, accounts }) => `exception ${code}: ${String(accounts)}`),
    ...report.exclusions.map(({ code, accounts }) => `excluded ${code}: ${String(accounts)}`),
  ];
}

/** The work list of exceptions in lines for a terminal. */
export function exceptionLines(items: readonly ExceptionView[]): string[] {
  if (items.length === 0) return ['none'];
  return items.map(({ exceptionId, accountNo, code, subject, ageHours, remedies }) => `${exceptionId} ${accountNo} ${code} ${subject} (${String(ageHours)} h): ${remedies.join(', ')}`);
}
