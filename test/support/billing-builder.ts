import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalculationDocument } from '../../src/core/bill';
import type { TariffDocument } from '../../src/core/tariff';
import type { Role } from '../../src/platform/auth';
import { openAccount } from './account-builder';
import type { TestApp } from './app';
import { createPoint, enter, installMeter } from './metering-builder';
import { eventually } from './wait';

/** A published bill as a calculation document with its tariff inlined. */
export function publishedDocument(name: string): CalculationDocument & { readonly tariffs: readonly { hash: string; document: TariffDocument }[] } {
  return JSON.parse(readFileSync(join(__dirname, '../golden/documents', `${name}.json`), 'utf8')) as ReturnType<typeof publishedDocument>;
}

/** A POST with a key of its own, as the role; fails the test where it is refused. */
export async function post<Body>(app: TestApp, role: Role, path: string, body: object = {}): Promise<Body> {
  const answer = await app.http.post(path).set(await app.as(role)).set('Idempotency-Key', randomUUID()).send(body);
  if (answer.status >= 300) throw new Error(`POST ${path} was refused: ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}

/** Records a tariff as the operator and publishes it as the supervisor. */
export async function publishTariff(app: TestApp, document: TariffDocument): Promise<void> {
  const { tariffVersionId } = await post<{ tariffVersionId: string }>(app, 'operator', '/v1/tariff-versions', { document });
  await post(app, 'supervisor', `/v1/tariff-versions/${tariffVersionId}/publication`);
}

export interface BuiltAccount {
  readonly accountId: string;
  readonly accountNo: string;
  readonly customerId: string;
}

/** The factory of a published two-part bill (630 kVA, May 2026) as an account: terms, transformer, meter, readings, shared amount. */
export async function buildFactory(app: TestApp): Promise<BuiltAccount> {
  const document = publishedDocument('P-real-1-readings');
  await publishTariff(app, document.tariffs[0]?.document as TariffDocument);
  const { from: _from, to: _to, ...terms } = document.terms[0] ?? { from: '', to: '' };
  const account = await openAccount(app, terms, '2025-01-01');
  await post(app, 'clerk', `/v1/accounts/${account.accountId}/transformers`, { transformerNo: 'T1', ownership: 'own', capacityKva: '630', connectedOn: '2025-01-01', reason: 'first connection' });
  await createPoint(app, account.accountNo, 'P-REAL-1', { timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T1' });
  const registers = document.usagePoints[0]?.meters?.[0]?.registers ?? [];
  const dials = registers.map(({ register, dialDigits = 6 }) => ({ register, dialDigits, decimals: 4 }));
  await installMeter(app, 'P-REAL-1', 'GD63000001', { dials, first: '0', ct: { primary: 500, secondary: 5 } });
  for (const { register, readings } of registers) {
    for (const { on, reading } of readings) await enter(app, 'GD63000001', on, reading, register);
  }
  await post(app, 'operator', `/v1/accounts/${account.accountNo}/shared-amounts`, {
    period: '2026-05',
    name: 'marketAllocation',
    titleZh: '市场分摊费用',
    titleEn: 'Market allocation',
    amount: '952.35',
  });
  return account;
}

/** The household of a published bill with monthly blocks (July 2013) as an account. */
export async function buildHousehold(app: TestApp): Promise<BuiltAccount> {
  const document = publishedDocument('P-E24');
  await publishTariff(app, document.tariffs[0]?.document as TariffDocument);
  const { from: _from, to: _to, ...terms } = document.terms[0] ?? { from: '', to: '' };
  const account = await openAccount(app, terms, '2013-01-01');
  await createPoint(app, account.accountNo, 'P-E24', { validFrom: '2013-01-01' });
  await installMeter(app, 'P-E24', 'M-E24', { installedOn: '2013-07-01', first: '300' });
  await enter(app, 'M-E24', '2013-08-01', '950');
  return account;
}

interface RunAnswer {
  readonly runId: string;
  readonly state: string;
  readonly counts: { readonly accounts: number; readonly pending: number; readonly billed: number; readonly exceptions: number };
}

/** A run over the accounts, computed by the workers of the test, and not released yet. */
export async function computeRun(app: TestApp, period: string, accountNos: readonly string[]): Promise<RunAnswer> {
  const started = await post<RunAnswer>(app, 'operator', '/v1/billing-runs', { period, kind: 'regular', population: { by: 'accounts', accountNos } });
  const operator = await app.as('operator');
  return eventually(`run ${started.runId} to be computed`, async () => {
    const run = (await app.http.get(`/v1/billing-runs/${started.runId}`).set(operator)).body as RunAnswer;
    return run.state === 'computed' ? run : undefined;
  });
}

/** Draws a small sample of a checked run as the operator, finds every bill right, and marks the run verified. */
export async function verifyRun(app: TestApp, runId: string): Promise<void> {
  const path = `/v1/billing-runs/${runId}`;
  const { sampleId, items } = await post<{ sampleId: string; items: { billNo: string }[] }>(app, 'operator', `${path}/samples`, { random: 5, largest: 1, jumps: 1 });
  const verdicts = items.map(({ billNo }) => ({ billNo, verdict: 'right' }));
  if (verdicts.length > 0) await post(app, 'operator', `${path}/samples/${sampleId}/verdicts`, { verdicts });
  await post(app, 'operator', `${path}/verification`, { note: 'sample looked through' });
}

/** Checks and verifies a computed run as the operator and releases it as the supervisor. */
export async function releaseRun(app: TestApp, runId: string): Promise<void> {
  await post(app, 'operator', `/v1/billing-runs/${runId}/checks`);
  await verifyRun(app, runId);
  await post(app, 'supervisor', `/v1/billing-runs/${runId}/release`, { reason: 'totals looked through' });
}
