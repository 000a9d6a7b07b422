import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CalculationDocument, CALCULATION_FORMAT, computeBill, DocumentMeter, DocumentUsagePoint } from '../src/core/bill';
import { Decimal } from '../src/core/quantity';
import type { Register, TariffDocument } from '../src/core/tariff';
import type { Figures } from './bench';

const MILLISECONDS_EACH = 5000;
/** The bare arithmetic is done so often in a turn that it takes about as long as the bills. */
const BARE_TURNS = 3;

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
  const make = (name: Scenario['name'], tariff: string, documents: number, build: (index: number) => CalculationDocument): Scenario => ({
    name,
    documents: Array.from({ length: documents }, (_, index) => build(index)),
    tariffs: new Map([['a'.repeat(64), book(tariff)]]),
  });
  // So many of each that a round takes a few hundredths of a second.
  return [make('residential', 'zhejiang-2018', 500, household), make('timeOfUse', 'guangdong-2026-05', 250, shop), make('twoPart', 'guangdong-2026-05', 50, factory)];
}

/** Seconds of processor time that a piece of work took: other programs on the machine do not count. */
function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

interface Measured {
  /** Seconds of one bill, and of the bare arithmetic of its lines. */
  readonly bill: number;
  readonly bare: number;
}

/** Bills and bare arithmetic by turns for about so many milliseconds, so that whatever else the machine does meets both; the fastest round of each. */
function measure(scenario: Scenario, milliseconds: number): Measured {
  const bills = (): void => {
    for (const document of scenario.documents) computeBill(document, scenario.tariffs);
  };
  const once = bareLines(scenario);
  const bare = (): void => {
    for (let turn = 0; turn < BARE_TURNS; turn += 1) once();
  };
  const best = { bills: Number.POSITIVE_INFINITY, bare: Number.POSITIVE_INFINITY };
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    best.bills = Math.min(best.bills, processorSeconds(bills));
    best.bare = Math.min(best.bare, processorSeconds(bare));
  }
  const { length } = scenario.documents;
  return { bill: best.bills / length, bare: best.bare / length / BARE_TURNS };
}

/** The bare arithmetic of the lines that the bills have, by the decimal library alone: quantity × price from their texts, rounded to the fen, both as texts. */
function bareLines(scenario: Scenario): () => void {
  const lines = scenario.documents.flatMap((document) => {
    const bill = computeBill(document, scenario.tariffs);
    return [...bill.lines.map((line) => [line.quantity, line.price] as const), ...bill.totals.insideFunds.map((fund) => [fund.energyKwh, fund.pricePerKwh] as const)];
  });
  return () => {
    let characters = 0;
    for (const [quantity, price] of lines) {
      const exactAmount = new Decimal(quantity).times(new Decimal(price));
      characters += exactAmount.toFixed().length + exactAmount.toDecimalPlaces(2).toFixed(2).length;
    }
    if (characters === 0) throw new Error('there was nothing to multiply');
  };
}

/**
 * Bills computed per second of one core for realistic documents (the two-part one with losses, three sub-meters and
 * priced components), and each as a ratio to the bare multiply-and-round of the same number of lines in the same run.
 */
export function run(): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const scenario of scenarios()) {
    const { bill, bare } = measure(scenario, MILLISECONDS_EACH);
    const lines = scenario.documents.reduce((total, document) => total + computeBill(document, scenario.tariffs).lines.length, 0);
    figures[`${scenario.name}PerSecond`] = Math.round(1 / bill);
    figures[`${scenario.name}Ratio`] = Math.round((bill / bare) * 100) / 100;
    figures[`${scenario.name}Lines`] = Math.round((lines / scenario.documents.length) * 10) / 10;
  }
  return Promise.resolve(figures);
}
