import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, type TestApp } from '../support/app';
import { buildFactory, buildHousehold, type BuiltAccount, computeRun, releaseRun } from '../support/billing-builder';
import { get } from './support/story';

interface Line {
  readonly group: string;
  readonly item: string;
  readonly pricePeriod?: string;
  readonly quantity: string;
  readonly price: string;
  readonly amount: string;
}
interface Bill {
  readonly billNo: string;
  readonly totalAmount: string;
  readonly energyKwh: string;
  readonly content: { readonly lines: readonly Line[]; readonly figures: readonly { id: string; value: string }[] };
}
type PerPeriod = Readonly<Record<'sharp' | 'peak' | 'flat' | 'valley', string>>;

/** What the published bill prints, from its worked case. */
const printed = (JSON.parse(readFileSync(join(__dirname, '../golden/cases/P-real-1.json'), 'utf8')) as { expected: Record<string, string> & Record<string, PerPeriod> }).expected;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00', worker: true });
});
afterAll(() => app.close());

async function issued(period: string, { accountNo }: BuiltAccount): Promise<Bill> {
  const run = await computeRun(app, period, [accountNo]);
  expect(run.counts).toMatchObject({ billed: 1, exceptions: 0 });
  await releaseRun(app, run.runId);
  const { body: list } = await get<{ items: { billNo: string }[] }>(app, 'clerk', `/v1/bills?accountNo=${accountNo}`);
  return (await get<Bill>(app, 'clerk', `/v1/bills/${list.items[0]?.billNo ?? ''}`)).body;
}

/** Amounts of a line item by period of the day. */
const byPeriod = (bill: Bill, item: string): Record<string, string> =>
  Object.fromEntries(bill.content.lines.filter((line) => line.item === item).map(({ pricePeriod = '', amount }) => [pricePeriod, amount]));
const fen = (amount: string): number => Math.round(Number(amount) * 100);
const sumOf = (lines: readonly Line[]): string => (lines.reduce((sum, { amount }) => sum + fen(amount), 0) / 100).toFixed(2);

test('a two-part bill of Guangdong, May 2026: an account with tariff, transformer and readings gives every printed figure', async () => {
  const bill = await issued('2026-05', await buildFactory(app));
  expect(bill.totalAmount).toBe(printed['total']);
  for (const [item, expected] of [
    ['energy', printed['energyAmount']],
    ['transmissionDistribution', printed['transmissionDistributionAmount']],
    ['lineLoss', printed['lineLossAmount']],
    ['systemOperation', printed['systemOperationAmount']],
  ] as const) {
    // May has no sharp hours; the bill prints 0.00 there and we print no line.
    const { sharp, ...others } = expected as PerPeriod;
    expect(sharp).toBe('0.00');
    expect(byPeriod(bill, item)).toEqual(others);
  }
  const group = (name: string): readonly Line[] => bill.content.lines.filter((line) => line.group === name);
  expect(sumOf(group('capacity-charge'))).toBe(printed['capacityCharge']);
  expect(sumOf(group('fund'))).toBe(printed['funds']);
  // 10135.91 + 1087.21 + 424.24 + 1559.43 + 952.35 + 14238.00 = 28397.14, × 5.5 % = 1561.8427
  expect(group('power-factor-adjustment')).toMatchObject([{ quantity: printed['powerFactorBase'], price: printed['powerFactorAdjustmentRate'], amount: printed['powerFactorAdjustment'] }]);
  expect(sumOf(bill.content.lines)).toBe(printed['total']);
});

test('a household with monthly blocks, July 2013: 650 kWh are 382.20 + 13.50 + 60.00', async () => {
  const bill = await issued('2013-07', await buildHousehold(app));
  // 650 × 0.588 = 382.20; (450 − 180) × 0.05 = 13.50; (650 − 450) × 0.30 = 60.00
  expect(bill.content.lines.map(({ quantity, price, amount }) => [quantity, price, amount])).toEqual([
    ['650', '0.588', '382.20'],
    ['270', '0.05', '13.50'],
    ['200', '0.3', '60.00'],
  ]);
  expect([bill.totalAmount, bill.energyKwh]).toEqual(['455.70', '650']);
});
