import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { computeRun, post, publishTariff, releaseRun } from '../support/billing-builder';
import { createPoint, enter, installMeter } from '../support/metering-builder';
import { tariffDocument } from '../support/tariff-builder';

/** Households at 0.50 yuan a kWh, on dials of six digits. */
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00', worker: true });
  await publishTariff(app, tariffDocument({ validTo: '2027-01-01' }));
});
afterAll(() => app.close());

const terms = { category: 'residential', voltage: 'below-1kv', priceBook: 'testland', planId: 'household', chargeMethod: 'none', powerFactorStandard: 'none' };

async function household(no: string, first: string, changes: object = {}): Promise<string> {
  const { accountNo } = await openAccount(app, { ...terms, ...changes }, '2026-05-01');
  await createPoint(app, accountNo, `P-${no}`, { validFrom: '2026-05-01' });
  await installMeter(app, `P-${no}`, `M-${no}`, { installedOn: '2026-05-01', first });
  return accountNo;
}

interface Exception {
  readonly exceptionId: string;
  readonly code: string;
  readonly subject: string;
  readonly remedies: readonly string[];
}

async function openException(runId: string): Promise<Exception | undefined> {
  const { body } = await app.http.get(`/v1/billing-runs/${runId}/exceptions?state=open`).set(await app.as('operator'));
  return (body as { items: Exception[] }).items[0];
}

const again = async (runId: string): Promise<unknown> => post(app, 'operator', `/v1/billing-runs/${runId}/exceptions/${(await openException(runId))?.exceptionId ?? ''}/recomputation`);

test('a fallen reading that a person confirms as a passage through zero is billed as one', async () => {
  const accountNo = await household('TURN', '999700');
  const { body } = await enter(app, 'M-TURN', '2026-06-01', '300');
  const { runId } = await computeRun(app, '2026-05', [accountNo]);
  expect(await openException(runId)).toMatchObject({ code: 'METERING.READING_FELL', subject: 'P-TURN/M-TURN/total' });
  await post(app, 'operator', `/v1/reading-findings/${body.openFindings[0]?.findingId ?? ''}/confirmation`, { reason: 'the dial passed zero, photograph kept' });
  // 300 + 1 000 000 − 999 700 = 600 kWh.
  expect(await again(runId)).toMatchObject({ outcome: 'billed', totalAmount: '300.00' });
});

test('a turn that the account’s own rules do not believe is confirmed with the finding of the bill', async () => {
  const accountNo = await household('DOUBT', '999000', { policies: { rolloverMaximumPerCycle: 0 } });
  await enter(app, 'M-DOUBT', '2026-06-01', '999500');
  const may = await computeRun(app, '2026-05', [accountNo]);
  await releaseRun(app, may.runId);
  expect((await enter(app, 'M-DOUBT', '2026-07-01', '10')).body.openFindings).toEqual([]);
  const { runId } = await computeRun(app, '2026-06', [accountNo]);
  const exception = await openException(runId);
  expect(exception).toMatchObject({ code: 'METERING.ROLLOVER_IMPLAUSIBLE', subject: 'P-DOUBT/M-DOUBT/total', remedies: ['correct-readings', 'confirm', 'recompute', 'exclude'] });
  expect(await again(runId)).toMatchObject({ outcome: 'exception', code: 'METERING.ROLLOVER_IMPLAUSIBLE' });
  const { code, subject } = exception ?? { code: '', subject: '' };
  await post(app, 'operator', `/v1/accounts/${accountNo}/finding-confirmations`, { period: '2026-06', code, subject, reason: 'the dial passed zero, seen on site' });
  // 10 + 1 000 000 − 999 500 = 510 kWh.
  expect(await again(runId)).toMatchObject({ outcome: 'billed', totalAmount: '255.00' });
});
