import type { ChangeBand, CheckReport, TariffUse, TotalsRow } from './checks/check-report';
import type { ExceptionView } from './dto/exception.dto';
import type { RunView } from './dto/run.view';

/** A run in a few lines for a terminal. */
export function runLines(view: RunView): string[] {
  const { accounts, pending, billed, excluded, exceptions } = view.counts;
  return [
    `run ${view.runId}: ${view.period} ${view.kind}, ${view.state}`,
    `${String(accounts)} accounts = ${String(pending)} pending + ${String(billed)} billed + ${String(excluded)} excluded + ${String(exceptions)} exceptions`,
    ...(view.waitsFor === null ? [] : [`waits for run ${view.waitsFor.runId} of ${view.waitsFor.period}: ${view.waitsFor.reason}`]),
    `${view.totalAmount} yuan, ${String(view.progress.accountsPerSecond)} accounts a second`,
    ...(view.progress.intervals.parked > 0 ? [`${String(view.progress.intervals.parked)} intervals are parked: see run intervals ${view.runId} --state parked, then run resume ${view.runId}`] : []),
  ];
}

function totalsLine({ key, accounts, amount, lastAmount }: TotalsRow): string {
  return `${key.padEnd(32)} ${String(accounts).padStart(9)} accounts ${amount.padStart(18)} yuan (last ${lastAmount})`;
}

function tariffLine({ priceBook, version, hash, standing, bills, energyKwh }: TariffUse): string {
  const name = priceBook === null ? hash.slice(0, 12) : `${priceBook} ${version ?? ''}`;
  return `tariff ${name} (${standing}): ${String(bills)} bills, ${energyKwh} kWh`;
}

function bandLine({ from, to, bills }: ChangeBand): string {
  const band = from === null ? `below ${String(to)} %` : to === null ? `${String(from)} % and more` : `${String(from)} to ${String(to)} %`;
  return `changed ${band}: ${String(bills)}`;
}

/** A check report in lines for a terminal. */
export function checkLines(report: CheckReport): string[] {
  const { population } = report;
  return [
    `${report.period} against ${report.comparedWith}`,
    `${String(population.accounts)} accounts = ${String(population.billed)} billed + ${String(population.excluded)} excluded + ${String(population.exceptions)} exceptions`,
    ...report.byCategory.map(totalsLine),
    ...report.byRegion.map(totalsLine),
    totalsLine(report.total),
    `${String(report.zeroBills)} zero (last ${String(report.lastZeroBills)}), ${String(report.negativeBills)} negative (last ${String(report.lastNegativeBills)})`,
    `${String(report.newBills)} without a bill last month, ${String(report.goneBills)} with one then and none now`,
    `${String(report.jumps)} jumps by more than ${String(report.limits.percent)} % and ${report.limits.yuan} yuan`,
    ...report.changes.map(bandLine),
    ...report.exceptions.map(({ code, accounts, found, lastFound, trend }) => `exception ${code}: ${String(accounts)} open of ${String(found)} (last ${String(lastFound)}, ${trend})`),
    ...report.exclusions.map(({ code, accounts }) => `excluded ${code}: ${String(accounts)}`),
    ...report.tariffs.map(tariffLine),
    `${String(report.withoutTariff)} without a tariff`,
  ];
}

/** The work list of exceptions in lines for a terminal. */
export function exceptionLines(items: readonly ExceptionView[]): string[] {
  if (items.length === 0) return ['none'];
  return items.map(({ exceptionId, accountNo, code, subject, ageHours, ownerUserId, remedies }) =>
    `${exceptionId} ${accountNo} ${code} ${subject} (${String(ageHours)} h, ${ownerUserId === null ? 'nobody' : `user ${ownerUserId}`}): ${remedies.join(', ')}`);
}
