import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** A factory on two circuits, two-part, by capacity: peak 0.9, flat 0.6, valley 0.3 yuan a kWh, 28 yuan a kVA and month. */
let app: TestApp;
let account: { accountId: string; accountNo: string };
const dials = ['total', 'peak', 'valley'].map((register) => ({ register, dialDigits: 6, decimals: 2 }));
const terms = {
  category: 'large-industrial', voltage: '1-10kv', priceBook: 'testland', planId: 'industry', chargeMethod: 'capacity', approvedCapacityKva: '1000', powerFactorStandard: 'none',
}; // prettier-ignore

interface Preview {
  readonly items?: { totalAmount: string; document: { billedCircuitNo?: string; sharedAmounts?: object[] } }[];
  readonly errors?: { field: string; code: string }[];
}
const preview = async (period = '2026-05'): Promise<Preview> =>
  (await app.http.post(`/v1/accounts/${account.accountNo}/bill-previews`).set(await app.as('clerk')).send({ period })).body as Preview;
const amounts = ({ items = [] }: Preview): unknown[] => items.map(({ totalAmount, document }) => [document.billedCircuitNo, totalAmount]);

async function read(meterNo: string, on: string, total: string, peak: string, valley: string): Promise<void> {
  for (const [register, reading] of [['total', total], ['peak', peak], ['valley', valley]] as const) await enter(app, meterNo, on, reading, register);
}

beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument());
  account = await openAccount(app, { ...terms, policies: { circuitBills: 'each' } }, '2026-04-01');
  for (const [no, kind] of [['L1', 'main'], ['L2', 'standby'], ['L3', 'standby']] as const) {
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/supply-circuits`, { supplyCircuitNo: no, kind, voltage: '1-10kv', validFrom: '2026-04-01', reason: 'first connection' });
  }
  for (const [transformerNo, capacityKva, supplyCircuitNo] of [['T1', '600', 'L1'], ['T2', '400', 'L2']] as const) {
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/transformers`, { transformerNo, ownership: 'own', capacityKva, supplyCircuitNo, connectedOn: '2026-04-01', reason: 'first connection' });
  }
  await createPoint(app, account.accountNo, 'P-L1', { validFrom: '2026-04-01', timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T1', supplyCircuitNo: 'L1' });
  await createPoint(app, account.accountNo, 'P-L2', { validFrom: '2026-04-01', timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T2' });
  for (const no of ['L1', 'L2']) await installMeter(app, `P-${no}`, `M-${no}`, { dials, installedOn: '2026-05-01', first: '0' });
  await read('M-L1', '2026-06-01', '1000', '500', '300');
  await read('M-L2', '2026-06-01', '200', '100', '100');
  await post(app, 'operator', `/v1/accounts/${account.accountNo}/shared-amounts`, { period: '2026-05', name: 'market', titleZh: '市场分摊', titleEn: 'Market', amount: '10.00' });
});
afterAll(() => app.close());

describe('an account whose circuits are billed apart', () => {
  test('waits for a person where a usage point is fed by no circuit', async () => {
    expect((await preview()).errors?.map(({ code, field }) => `${code} ${field}`)).toEqual(['BILLING.CIRCUIT_MISSING P-L2']);
    const { body } = await app.http.get('/v1/usage-points?usagePointNo=P-L2').set(await app.as('clerk'));
    const { usagePointId } = (body as { items: { usagePointId: string }[] }).items[0] as { usagePointId: string };
    await post(app, 'clerk', `/v1/usage-points/${usagePointId}/versions`, {
      validFrom: '2026-04-15', kind: 'metered', role: 'billing', timeOfUse: true, meteringMode: 'high-high', transformerNo: 'T2', supplyCircuitNo: 'L2',
    }); // prettier-ignore
  });

  test('gets a bill for each circuit that supplies something, amounts of the account on the main one', async () => {
    const found = await preview();
    // The calendar has no flat: peak = total − valley. L1: 700 × 0.9 + 300 × 0.3 + 600 × 28 + 10 = 630 + 90 + 16800 + 10
    // L2: 100 × 0.9 + 100 × 0.3 + 400 × 28 = 90 + 30 + 11200; L3 supplies nothing
    expect(amounts(found)).toEqual([['L1', '17530.00'], ['L2', '11320.00']]);
    expect(found.items?.map(({ document }) => document.sharedAmounts?.length ?? 0)).toEqual([1, 0]);
  });

  test('is one account of the run, has a receivable for each bill, and goes on from both in the next month', async () => {
    const run = await computeRun(app, '2026-05', [account.accountNo]);
    expect(run.counts).toMatchObject({ accounts: 1, pending: 0, billed: 1, exceptions: 0 });
    await releaseRun(app, run.runId);
    const bills = (await app.http.get(`/v1/bills?accountNo=${account.accountNo}`).set(await app.as('operator'))).body as { items: { billNo: string; totalAmount: string }[] };
    expect(bills.items.map(({ totalAmount }) => totalAmount).sort()).toEqual(['11320.00', '17530.00']);
    const receivables = await app.db.query<{ supply_circuit: string; amount: string }>('SELECT b.supply_circuit, r.amount FROM receivables r JOIN bills b USING (bill_id) ORDER BY 1');
    expect(receivables.rows).toEqual([{ supply_circuit: 'L1', amount: '17530.00' }, { supply_circuit: 'L2', amount: '11320.00' }]);
    await read('M-L1', '2026-07-01', '1100', '500', '300');
    await read('M-L2', '2026-07-01', '300', '100', '100');
    // 100 kWh × 0.9 each
    expect(amounts(await preview('2026-06'))).toEqual([['L1', '16890.00'], ['L2', '11290.00']]);
  });

  test('gets one bill again from the cycle on in which its terms say so', async () => {
    await post(app, 'clerk', `/v1/accounts/${account.accountId}/terms`, { ...terms, validFrom: '2026-06-15', reason: 'one bill by agreement' });
    expect(amounts(await preview('2026-06'))).toEqual([[undefined, '28180.00']]);
  });

  test('is left to a person with residential blocks, which are counted over one bill', async () => {
    const [household] = tariffDocument().plans;
    const scales = [{ blocks: [{ upToKwh: '200', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.30' }] }];
    if (household === undefined) throw new Error('the price book has no plan');
    await publishTariff(app, tariffDocument({ priceBook: 'blockland', plans: [{ ...household, blocks: { period: 'month', method: 'base-plus-increment', crossingMonth: 'none', scales } }] }));
    const home = await openAccount(app, { category: 'residential', voltage: 'below-1kv', priceBook: 'blockland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none', policies: { circuitBills: 'each' } }, '2026-05-01');
    for (const supplyCircuitNo of ['L1', 'L2']) {
      await post(app, 'clerk', `/v1/accounts/${home.accountId}/supply-circuits`, { supplyCircuitNo, kind: 'main', voltage: 'below-1kv', validFrom: '2026-05-01', reason: 'first connection' });
      await createPoint(app, home.accountNo, `P-HOME-${supplyCircuitNo}`, { validFrom: '2026-05-01', supplyCircuitNo });
      await installMeter(app, `P-HOME-${supplyCircuitNo}`, `M-HOME-${supplyCircuitNo}`, { installedOn: '2026-05-01', first: '0' });
      await enter(app, `M-HOME-${supplyCircuitNo}`, '2026-06-01', '150');
    }
    account = home;
    expect((await preview()).errors?.map(({ code }) => code)).toEqual(['BILLING.BLOCKS_NEED_ONE_BILL']);
  });
});
