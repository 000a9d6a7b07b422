import { DiscardRun, DriveRun, FreezeRun } from '../../../src/modules/billing';
import { openAccount } from '../../support/account-builder';
import type { TestApp } from '../../support/app';
import { post as must, releaseRun } from '../../support/billing-builder';
import type { OwingAccount } from '../../support/collection-builder';
import { createPoint, enter, installMeter } from '../../support/metering-builder';
import { get, post, type Reply } from '../collection/support';

const TERMS = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };

/** A household at 0.50 yuan a kWh, metered from 1 May 2026 at 100, with its readings by day. */
export interface Household extends OwingAccount {
  readonly no: string;
  readonly readingIds: ReadonlyMap<string, string>;
}

export async function household(app: TestApp, no: string, readings: Readonly<Record<string, string>>, parents: readonly string[] = []): Promise<Household> {
  const { accountId, accountNo } = await openAccount(app, TERMS, '2026-05-01');
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01', ...(parents.length === 0 ? {} : { parents }) });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first: '100' });
  const readingIds = new Map<string, string>();
  for (const [day, reading] of Object.entries(readings)) {
    const { status, body } = await enter(app, `M-${no}`, day, reading);
    if (status !== 201) throw new Error(`the reading was not entered: ${JSON.stringify(body)}`);
    readingIds.set(day, body.readingId);
  }
  return { no, accountId, accountNo, readingIds };
}

export async function correct(app: TestApp, { readingIds }: Household, day: string, reading: string): Promise<void> {
  await must(app, 'clerk', `/v1/readings/${readingIds.get(day) ?? ''}/corrections`, { reading, reason: 'misread' });
}

/** Freezes and computes a run that was started, without workers. */
export async function compute(app: TestApp, runId: string): Promise<void> {
  const outcome = await app.get(FreezeRun).freeze(runId);
  if (outcome !== 'frozen') throw new Error(`run ${runId} ${outcome}`);
  await app.get(DriveRun).drive(runId, new AbortController().signal);
}

/** Throws a run away, with its drafts. */
export async function discard(app: TestApp, runId: string): Promise<void> {
  await must(app, 'operator', `/v1/billing-runs/${runId}/discard`, { reason: 'another month comes first' });
  await app.get(DiscardRun).purge(runId);
}

export async function start(app: TestApp, period: string, population: object, kind = 'regular'): Promise<string> {
  return (await must<{ runId: string }>(app, 'operator', '/v1/billing-runs', { period, kind, population })).runId;
}

export const listed = (...accounts: readonly OwingAccount[]): object => ({ by: 'accounts', accountNos: accounts.map(({ accountNo }) => accountNo) });

/** Bills accounts for a period and releases them; answers the numbers of the bills by account. */
export async function bill(app: TestApp, period: string, ...accounts: readonly OwingAccount[]): Promise<string[]> {
  const runId = await start(app, period, listed(...accounts));
  await compute(app, runId);
  await releaseRun(app, runId);
  return billNos(app, runId, accounts);
}

export async function billNos(app: TestApp, runId: string, accounts: readonly OwingAccount[]): Promise<string[]> {
  const { body } = await get(app, `/v1/bills?runId=${runId}&limit=200`, 'operator');
  const found = new Map((body.items as { accountNo: string; billNo: string }[]).map(({ accountNo, billNo }) => [accountNo, billNo]));
  return accounts.map(({ accountNo }) => found.get(accountNo) ?? '');
}

export const ask = (app: TestApp, billNo: string, dependents?: string): Promise<Reply> =>
  post(app, 'clerk', `/v1/bills/${billNo}/cancellation-requests`, { reason: 'misread', ...(dependents === undefined ? {} : { dependents }) });

export const approve = (app: TestApp, requestId: string, name = 'supervisor'): Promise<Reply> =>
  post(app, 'supervisor', `/v1/cancellation-requests/${requestId}/approval`, { reason: 'seen the photograph' }, undefined, name);

/** Asked for by the clerk and approved by the supervisor; answers the request. */
export async function cancel(app: TestApp, billNo: string, dependents?: string): Promise<string> {
  const asked = await ask(app, billNo, dependents);
  if (asked.status !== 201) throw new Error(`not asked for: ${asked.text}`);
  const approved = await approve(app, asked.body.requestId);
  if (approved.status !== 201) throw new Error(`not approved: ${approved.text}`);
  return asked.body.requestId as string;
}

/** Bills the oldest month of a request again, up to the run that waits for its release. */
export async function computeRebill(app: TestApp, requestId: string): Promise<string> {
  const { runId } = await must<{ runId: string }>(app, 'operator', `/v1/cancellation-requests/${requestId}/rebill`);
  await compute(app, runId);
  return runId;
}

/** Bills the oldest month of a request again and releases it. */
export async function rebill(app: TestApp, requestId: string): Promise<string> {
  const runId = await computeRebill(app, requestId);
  await releaseRun(app, runId);
  return runId;
}

/** The statement as lines: `cause receivables prepayment late-charge balance`. */
export async function told(app: TestApp, { accountNo }: OwingAccount): Promise<string[]> {
  const { body } = await get(app, `/v1/accounts/${accountNo}/statement`, 'auditor');
  return (body.items as Record<string, string>[]).map((item) => [item['kind'], item['receivables'], item['prepayment'], item['lateCharge'], item['balance']].join(' '));
}
