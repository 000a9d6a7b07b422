import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CalculationDocument, CALCULATION_FORMAT, computeBill, DocumentMeter, DocumentUsagePoint } from '../src/core/bill';
import { priceLine } from '../src/core/charges';
import { dec, text } from '../src/core/quantity';
import type { Register, TariffDocument } from '../src/core/tariff';
import type { Figures } from './bench';

const MILLISECONDS_EACH = 3000;

const FOLDER = join(__dirname, '../src/modules/tariff/price-books');
const PERIOD = { from: '2026-05-01', to: '2026-06-01' };

interface Scenario {
  readonly name: 'residential' | 'timeOfUse' | 'twoPart';
  readonly documents: readonly CalculationDocument[];
  readonly tariffs: ReadonlyMap<string, TariffDocument>;
}

/** A shipped price book; each two-part plan stands in it a second time as single-part, for shops under the same components. */
function book(name: string): TariffDocument {
  const tariff = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as TariffDocument;
  const shops = tariff.plans.filter((plan) => plan.parts === 'two-part').map((plan) => ({ ...plan, planId: plan.planId.replace('two-part', 'single-part'), parts: 'single-part' as const }));
  return { ...tariff, plans: [...tariff.plans, ...shops] };
}

function register(kind: Register, start: number, used: number): DocumentMeter['registers'][number] {
  const readings = [start, start + used].map((value, index) => ({ on: index === 0 ? PERIOD.from : PERIOD.to, reading: value.toFixed(2), readingId: String(100_000 + value) }));
  return { register: kind, dialDigits: 6, readings };
}

function documentOf(index: number, terms: Omit<CalculationDocument['terms'][number], 'from' | 'to'>, more: Pick<CalculationDocument, 'usagePoints'> & Partial<CalculationDocument>): CalculationDocument {
  return {
    format: CALCULATION_FORMAT,
    accountNo: String(3_100_000_000 + index),
    kind: 'periodic',
    period: PERIOD,
    billingMonth: '2026-05',
    tariffs: [{ hash: 'a'.repeat(64) }],
    terms: [{ ...PERIOD, ...terms }],
    ...more,
  };
}

function household(index: number): CalculationDocument {
  const meters = [{ meterNo: `M${index}`, registers: [register('total', 4200 + index, 180 + (index % 200))] }];
  const point: DocumentUsagePoint = { usagePointNo: '0001', kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low', meters };
  return documentOf(
    index,
    { priceBook: 'zhejiang', planId: 'residential', category: 'residential', voltage: 'below-1kv', chargeMethod: 'none', powerFactorStandard: 'none' },
    { usagePoints: [point], blocks: { usedBeforeKwh: String(1500 + (index % 3000)), year: '2026' }, history: { dailyEnergyKwh: { '0001': '8' } } },
  );
}

function shop(index: number): CalculationDocument {
  const used = 2000 + (index % 900);
  const meters = [{ meterNo: `M${index}`, ct: [150, 5] as const, registers: [register('total', 5000 + index, used), register('peak', 3000 + index, used * 0.4), register('valley', 2000, used * 0.2)] }];
  const point: DocumentUsagePoint = { usagePointNo: '0001', kind: 'metered', role: 'billing', timeOfUse: true, meteringMode: 'low-low', meters };
  return documentOf(
    index,
    { priceBook: 'guangdong', planId: 'industrial-commercial-single-part', category: 'general-industrial-commercial', voltage: '1-10kv', chargeMethod: 'none', approvedCapacityKva: '80', powerFactorStandard: 'none' },
    { usagePoints: [point], history: { dailyEnergyKwh: { '0001': '2000' } } },
  );
}

function periodMeter(no: string, used: number, reactive: boolean): DocumentMeter {
  const registers = [register('total', 900, used), register('peak', 300, used * 0.3), register('valley', 200, used * 0.2)];
  return { meterNo: no, ct: [600, 5], registers: reactive ? [...registers, register('reactive-forward', 700, used * 0.4), register('reactive-reverse', 10, 0)] : registers };
}

function factory(index: number): CalculationDocument {
  const used = 400 + (index % 90);
  const point = (no: string, share: number, parents: readonly string[]): DocumentUsagePoint => ({
    usagePointNo: no,
    kind: 'metered',
    role: 'billing',
    parents,
    timeOfUse: true,
    meteringMode: 'high-low',
    transformerNo: 'T1',
    meters: [periodMeter(`${no}-${index}`, used * share, parents.length === 0)],
  });
  return documentOf(
    index,
    { priceBook: 'guangdong', planId: 'industrial-commercial-two-part', category: 'large-industrial', voltage: '1-10kv', chargeMethod: 'capacity', approvedCapacityKva: '630', powerFactorStandard: '0.90' },
    {
      usagePoints: [point('0001', 1, []), point('0002', 0.2, ['0001']), point('0003', 0.15, ['0001']), point('0004', 0.1, ['0001'])],
      transformers: [
        {
          transformerNo: 'T1',
          ownership: 'own',
          capacityKva: '630',
          loss: { method: 'formula', noLoadLossKw: '0.81', loadLossKw: '6.2', noLoadCurrentPercent: '0.6', impedanceVoltagePercent: '4.5' },
          states: [{ ...PERIOD, state: 'running' }],
        },
      ],
      sharedAmounts: [{ name: 'marketAllocation', title: { zh: '市场分摊费用', en: 'Market allocation' }, amount: '952.35' }],
    },
  );
}

function scenarios(): Scenario[] {
  const make = (name: Scenario['name'], tariff: string, build: (index: number) => CalculationDocument): Scenario => ({
    name,
    documents: Array.from({ length: 500 }, (_, index) => build(index)),
    tariffs: new Map([['a'.repeat(64), book(tariff)]]),
  });
  return [make('residential', 'zhejiang-2018', household), make('timeOfUse', 'guangdong-2026-05', shop), make('twoPart', 'guangdong-2026-05', factory)];
}

/** Repeats some work for about so many milliseconds and gives the fastest round's seconds per unit. */
function measure(work: () => number, milliseconds: number): number {
  work();
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const start = performance.now();
    const units = work();
    best = Math.min(best, (performance.now() - start) / 1000 / units);
  }
  return best;
}

/** The bare arithmetic of the lines that the bills have: quantity from its text × price, rounded to the fen, as texts. */
function bareLines(scenario: Scenario): () => number {
  const lines = scenario.documents.flatMap((document) => {
    const bill = computeBill(document, scenario.tariffs);
    return [...bill.lines.map((line) => [line.quantity, line.price] as const), ...bill.totals.insideFunds.map((fund) => [fund.energyKwh, fund.pricePerKwh] as const)];
  });
  return () => {
    let characters = 0;
    for (const [quantity, price] of lines) {
      const line = priceLine(dec(quantity), dec(price));
      characters += text(line.exactAmount).length + text(line.amount, 2).length;
    }
    return characters > 0 ? scenario.documents.length : 0;
  };
}

/**
 * Bills computed per second on one core for realistic documents (the two-part one with losses, three sub-meters and
 * priced components), and each as a ratio to the bare multiply-and-round of the same number of lines in the same run.
 */
export function run(): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const scenario of scenarios()) {
    const bill = measure(() => {
      for (const document of scenario.documents) computeBill(document, scenario.tariffs);
      return scenario.documents.length;
    }, MILLISECONDS_EACH);
    const bare = measure(bareLines(scenario), MILLISECONDS_EACH / 3);
    const first = scenario.documents[0];
    figures[`${scenario.name}PerSecond`] = Math.round(1 / bill);
    figures[`${scenario.name}Ratio`] = Math.round((bill / bare) * 100) / 100;
    figures[`${scenario.name}Lines`] = first === undefined ? 0 : computeBill(first, scenario.tariffs).lines.length;
  }
  return Promise.resolve(figures);
}
