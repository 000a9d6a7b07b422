import { FrozenPointsRepository } from '../../src/modules/billing/documents/frozen-points.repository';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** A main meter and its sub-meter in two accounts, billed by two runs of May 2026, 0.50 yuan a kWh. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument());
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };
async function metered(no: string, end: string, parents: readonly string[] = []): Promise<{ accountNo: string; readingId: string }> {
  const { accountNo } = await openAccount(app, terms, '2026-05-01');
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01', ...(parents.length === 0 ? {} : { parents }) });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first: '100' });
  const { body } = await enter(app, `M-${no}`, '2026-06-01', end);
  return { accountNo, readingId: body.readingId };
}
const correct = (readingId: string, reading: string) => post<{ readingId: string }>(app, 'clerk', `/v1/readings/${readingId}/corrections`, { reading, reason: 'misread' });

interface Exception {
  readonly exceptionId: string;
  readonly code: string;
  readonly remedies: readonly string[];
  readonly findings: readonly { code: string; subject: string; params: Record<string, string> }[];
}
const exceptionsOf = async (runId: string): Promise<Exception[]> =>
  ((await app.http.get(`/v1/billing-runs/${runId}/exceptions?state=open`).set(await app.as('operator'))).body as { items: Exception[] }).items;
const billNoOf = async (accountNo: string): Promise<string> =>
  ((await app.http.get(`/v1/bills?accountNo=${accountNo}&period=2026-05`).set(await app.as('operator'))).body as { items: { billNo: string }[] }).items[0]?.billNo ?? '';
const check = async (runId: string): Promise<{ status: number; code?: string; errors?: { field: string; message: string }[] }> => {
  const { status, body } = await app.http.post(`/v1/billing-runs/${runId}/checks`).set(await app.as('operator')).set('Accept-Language', 'en').send({});
  return { status, ...(body as object) };
};

describe('a sub-meter’s reading that is corrected after the main meter was billed in another run', () => {
  test('keeps the sub-meter from being billed with other energy, and names the main meter’s bill', async () => {
    const main = await metered('MAIN', '500');
    const sub = await metered('SUB', '180', ['P-MAIN']);
    await computeRun(app, '2026-05', [main.accountNo]);
    const { readingId } = await correct(sub.readingId, '190');
    const { runId, counts } = await computeRun(app, '2026-05', [sub.accountNo]);
    expect(counts).toMatchObject({ accounts: 1, billed: 0, exceptions: 1 });
    const [found] = await exceptionsOf(runId);
    expect(found).toMatchObject({ code: 'BILLING.MAIN_METER_BILLED_OTHERWISE', remedies: ['bill-main-meter-again', 'recompute', 'exclude'] });
    expect(JSON.stringify(found?.findings)).toContain(await billNoOf(main.accountNo));
    // With the energy that the main meter took off the two bills agree: 400 − 80 = 320 kWh there, 80 kWh here
    await correct(readingId, '180');
    expect(await post(app, 'operator', `/v1/billing-runs/${runId}/exceptions/${found?.exceptionId ?? ''}/recomputation`)).toMatchObject({ outcome: 'billed', totalAmount: '40.00' });
    expect((await check(runId)).status).toBe(201);
  });

  test('is found at the check of either run where both were computed side by side', async () => {
    const main = await metered('SIDE', '500');
    const sub = await metered('BESIDE', '180', ['P-SIDE']);
    const ofMain = await computeRun(app, '2026-05', [main.accountNo]);
    await correct(sub.readingId, '190');
    // Neither run sees the bills of the other while it computes.
    const blind = jest.spyOn(app.get(FrozenPointsRepository), 'ofAccounts').mockResolvedValue([]);
    const ofSub = await computeRun(app, '2026-05', [sub.accountNo]);
    blind.mockRestore();
    expect(ofSub.counts).toMatchObject({ billed: 1, exceptions: 0 });
    const billNos = [await billNoOf(main.accountNo), await billNoOf(sub.accountNo)];
    for (const { runId } of [ofSub, ofMain]) {
      const refused = await check(runId);
      expect([refused.status, refused.code, refused.errors?.map(({ field }) => field)]).toEqual([409, 'BILLING.SUB_METER_BILLS_DIFFER', ['P-BESIDE']]);
      for (const billNo of billNos) expect(refused.errors?.[0]?.message).toContain(billNo);
    }
    expect((await app.http.post(`/v1/billing-runs/${ofSub.runId}/release`).set(await app.as('supervisor')).set('Idempotency-Key', 'release-of-sub').send({ reason: 'unseen' })).body).toMatchObject({ code: 'BILLING.RUN_STATE' });
    // The run of the sub-meter is thrown away; the main meter's stands alone and goes through.
    await post(app, 'operator', `/v1/billing-runs/${ofSub.runId}/discard`, { reason: 'other energy than the main meter took off' });
    expect((await check(ofMain.runId)).status).toBe(201);
  });
});
