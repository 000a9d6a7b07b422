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

interface Sample {
  readonly sampleId: string;
  readonly items: readonly { readonly billNo: string }[];
}

/** Draws bills at random and the striking ones, looks each of them up, and marks the run verified. */
async function verify({ operator }: Staff, runId: string, say: (text: string) => void): Promise<void> {
  const key = () => ({ 'idempotency-key': randomUUID() });
  const { sampleId, items } = await operator.post<Sample>(`/billing-runs/${runId}/samples`, { random: 12, largest: 3, jumps: 3, seed: '20260131' }, key());
  const verdicts = items.map(({ billNo }) => ({ billNo, verdict: 'right' }));
  await operator.post(`/billing-runs/${runId}/samples/${sampleId}/verdicts`, { verdicts });
  await operator.post(`/billing-runs/${runId}/verification`, { note: `Sample ${sampleId} of ${String(items.length)} bills looked through` }, key());
  say(`Checked against the month before, ${String(items.length)} bills looked at, verified.`);
}

/** Starts the month's run as the operator, watches it, has it checked and verified, and lets the supervisor release it. */
export async function billMonth(staff: Staff, say: (text: string) => void): Promise<BilledMonth> {
  const { operator, supervisor } = staff;
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
  await verify(staff, run.runId, say);
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
