import { randomUUID } from 'node:crypto';
import { SingleBar } from 'cli-progress';
import { DEMO_PERIOD } from './company';
import type { Staff } from './load-company';

interface Run {
  readonly runId: string;
  readonly state: string;
  readonly totalAmount: string;
  readonly counts: { readonly accounts: number; readonly pending: number; readonly billed: number; readonly excluded: number; readonly exceptions: number };
  readonly progress: { readonly accountsPerSecond: number };
}

interface Check {
  readonly report: {
    readonly byCategory: readonly { readonly key: string; readonly accounts: number; readonly energyKwh: string; readonly amount: string }[];
    readonly exceptions: readonly { readonly code: string; readonly accounts: number }[];
    readonly largestBills: readonly { readonly billNo: string; readonly category: string }[];
  };
}

export interface BilledMonth {
  readonly runId: string;
  readonly accounts: number;
  readonly billed: number;
  readonly excluded: number;
  readonly exceptions: number;
  readonly total: string;
  readonly byCategory: Check['report']['byCategory'];
  readonly byCode: Check['report']['exceptions'];
  /** The bill of one factory, to be shown. */
  readonly factoryBillNo: string | undefined;
}

/** Starts the month's run as the operator, watches it, has it checked, and lets the supervisor release it. */
export async function billMonth({ operator, supervisor }: Staff, say: (text: string) => void): Promise<BilledMonth> {
  say(`Billing ${DEMO_PERIOD} …`);
  const key = () => ({ 'idempotency-key': randomUUID() });
  let run = await operator.post<Run>('/billing-runs', { period: DEMO_PERIOD, kind: 'regular', population: { by: 'all' } }, key());
  const bar = new SingleBar({ format: '  {bar} {percentage} % of {total} accounts', clearOnComplete: false, noTTYOutput: false, stream: process.stderr });
  bar.start(1, 0);
  while (run.state !== 'computed') {
    await new Promise((resolve) => setTimeout(resolve, 200));
    run = await operator.get<Run>(`/billing-runs/${run.runId}`);
    if (run.state === 'discarded') throw new Error('the run was discarded');
    bar.setTotal(Math.max(run.counts.accounts, 1));
    bar.update(run.counts.accounts - run.counts.pending);
  }
  bar.stop();
  const { report } = await operator.post<Check>(`/billing-runs/${run.runId}/checks`);
  await supervisor.post(`/billing-runs/${run.runId}/release`, { reason: 'Totals and exceptions looked through' }, key());
  const { accounts, billed, excluded, exceptions } = run.counts;
  return {
    runId: run.runId,
    accounts,
    billed,
    excluded,
    exceptions,
    total: run.totalAmount,
    byCategory: report.byCategory,
    byCode: report.exceptions,
    factoryBillNo: report.largestBills.find(({ category }) => category === 'large-industrial')?.billNo,
  };
}
