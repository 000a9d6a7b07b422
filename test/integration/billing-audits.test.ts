import { startApp, type TestApp } from '../support/app';
import { publishedDocument } from '../support/billing-builder';

/** 650 kWh of a household at 0.588: 382.20; block 2 270 × 0.05 = 13.50; block 3 200 × 0.30 = 60.00; together 455.70. */
const document = publishedDocument('P-E24');

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-07-02T09:00:00+08:00' });
});
afterAll(() => app.close());

interface Audit {
  readonly code?: string;
  readonly totalAmount: string;
  readonly wrong: number;
  readonly figures: readonly { readonly group: string; readonly right: string | null; readonly correct: boolean; readonly difference: string; readonly working: readonly string[] }[];
  readonly notPrinted: readonly { readonly amount: string }[];
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
}

async function audit(body: object, language = 'en', role: 'auditor' | 'clerk' = 'auditor'): Promise<{ status: number; body: Audit }> {
  return app.http.post('/v1/bill-audits').set(await app.as(role)).set('Accept-Language', language).send(body);
}

test('an auditor sees which figures of a bill are wrong, the right ones and how they come about', async () => {
  const printed = [
    { group: 'energy-charge', of: 'quantity', printed: '650' },
    { group: 'energy-charge', of: 'price', printed: '0.5880' },
    { group: 'energy-charge', printed: '382.20' },
    // Somebody charged 271 kWh in block 2.
    { group: 'block-charge', item: 'block-2', printed: '13.55' },
    { group: 'fund', printed: '1.00' },
    { group: 'total', printed: '455.75' },
  ];
  const { status, body } = await audit({ document, printed });
  expect([status, body.wrong, body.totalAmount]).toEqual([200, 3, '455.70']);
  expect(body.figures.map(({ right, correct, difference }) => [right, correct, difference])).toEqual([
    ['650', true, '0'],
    ['0.588', true, '0'],
    ['382.20', true, '0'],
    ['13.50', false, '0.05'],
    [null, false, '1'],
    ['455.70', false, '0.05'],
  ]);
  expect(body.figures[3]?.working[0]).toContain('270 kWh × 0.05 = 13.50');
  expect(body.figures[4]?.working).toEqual([]);
  // Block 3 is on the right bill and nowhere on the printed one.
  expect(body.notPrinted.map(({ amount }) => amount)).toEqual(['60.00']);
});

test('the working is in Chinese for who asks in Chinese', async () => {
  const { body } = await audit({ document, printed: [{ group: 'working', item: 'point:0001:billed:total', printed: '600' }, { group: 'tax', printed: '1' }] }, 'zh');
  expect(body.figures[0]).toMatchObject({ right: '650', correct: false, difference: '-50' });
  expect(body.figures[0]?.working.join()).toContain('计费电量');
  expect(body.figures[1]?.working.join()).toContain('税额');
});

test('a document that cannot be computed is refused with the place inside the body', async () => {
  const printed = [{ group: 'total', printed: '1' }];
  const { period: _, ...withoutPeriod } = document;
  const invalid = await audit({ document: withoutPeriod, printed });
  expect([invalid.status, invalid.body.code, invalid.body.errors?.[0]?.field]).toEqual([422, 'BILLING.DOCUMENT_INVALID', 'document.period']);
  const empty = await audit({ document: { ...document, period: { from: '2013-07-01', to: '2013-07-01' } }, printed });
  expect([empty.status, empty.body.code, empty.body.errors?.[0]?.field]).toEqual([422, 'DOCUMENT.PERIOD_EMPTY', 'document.period']);
});

test('figures that are no figures, unknown groups, and none at all are refused', async () => {
  const refused = async (printed: unknown): Promise<unknown[]> => {
    const { status, body } = await audit({ document, printed });
    return [status, body.code, body.errors?.[0]?.field];
  };
  expect(await refused([{ group: 'total', printed: 455.7 }])).toEqual([400, 'REQUEST.INVALID', 'printed.0.printed']);
  expect(await refused([{ group: 'tip', printed: '1' }])).toEqual([400, 'REQUEST.INVALID', 'printed.0.group']);
  expect(await refused([])).toEqual([400, 'REQUEST.INVALID', 'printed']);
});

test('customers do not audit', async () => {
  const { body } = await app.http.post('/v1/bill-audits').set(await app.as('customer', { name: 'c', customerId: '1' })).send({ document, printed: [{ group: 'total', printed: '1' }] });
  expect((body as Audit).code).toBe('AUTH.NOT_PERMITTED');
});
