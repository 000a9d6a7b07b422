import * as fc from 'fast-check';
import type { CalculationDocument, DocumentMeter, DocumentTransformer, DocumentUsagePoint, TransformerLoss } from '../../src/core/bill';
import { addDays } from '../../src/core/calendar';
import type { Policies } from '../../src/core/policy';
import type { Category, TariffDocument, TariffPlan } from '../../src/core/tariff';
import { documentOf, JUNE, plainPlan, tariffOf, termsOf, timeOfUsePlan } from '../builders/bill-documents';

const L = (en: string): { zh: string; en: string } => ({ zh: en, en });
const cents = (value: number, decimals: number): string => (value / 10 ** decimals).toFixed(decimals);
const price = fc.integer({ min: 1, max: 200_000_000 }).map((value) => cents(value, 8));
const energy = fc.integer({ min: 0, max: 3_000_000 }).map((value) => cents(value, 2));
const reading = fc.integer({ min: 0, max: 999_999_999 }).map((value) => cents(value, 4));

const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '26.3', demandPricePerKwMonth: '42' }];

const blockPlan = (period: 'month' | 'year'): TariffPlan =>
  plainPlan('0.538', {
    planId: `blocks-${period}`,
    category: 'residential',
    blocks: { period, method: 'base-plus-increment', crossingMonth: 'none', lowIncomeFreeKwhPerMonth: '15', scales: [{ blocks: [{ upToKwh: '230', incrementPerKwh: '0' }, { upToKwh: '400', incrementPerKwh: '0.05' }, { upToKwh: null, incrementPerKwh: '0.30' }] }] },
  });

const ownPrice = (peak: string, flat: string, valley: string) => [{ voltages: ['1-10kv' as const], pricePerKwh: { peak, flat, valley } }];
const ownBlockPlan = timeOfUsePlan('1', '1', '1', {
  planId: 'own-blocks',
  category: 'residential',
  prices: [],
  blocks: { period: 'year', method: 'per-block-price', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: '230', prices: ownPrice('0.6', '0.5', '0.3') }, { upToKwh: '400', prices: ownPrice('0.65', '0.55', '0.35') }, { upToKwh: null, prices: ownPrice('0.9', '0.8', '0.6') }] }] },
});

/** A tariff with plain, time-of-use and block plans, two components, a levy on top and one inside. */
export const tariffs: fc.Arbitrary<TariffDocument> = fc.tuple(price, price, price, price).map(([a, b, c, d]) => {
  const prices = [{ voltages: ['1-10kv' as const], prices: { energy: { peak: a, flat: b, valley: c }, losses: { peak: d, flat: '0.0158', valley: '0.0060' } } }];
  return tariffOf([plainPlan(a, { parts: 'two-part', basicPrices }), timeOfUsePlan(a, b, c, { parts: 'two-part', prices, basicPrices }), blockPlan('month'), blockPlan('year'), ownBlockPlan], {
    components: [{ component: 'energy', title: L('Energy') }, { component: 'losses', title: L('Losses') }],
    surcharges: [
      { name: 'onTop', title: L('On top'), pricePerKwh: '0.00196875', placement: 'on-top', kind: 'fund' },
      { name: 'inside', title: L('Inside'), pricePerKwh: '0.0062', placement: 'inside', kind: 'fund' },
    ],
  });
});

const spans = fc.record({ start: reading, used: fc.integer({ min: 0, max: 400_000 }) });

function registerOf(register: DocumentMeter['registers'][number]['register'], start: string, used: number): DocumentMeter['registers'][number] {
  const end = (Math.round(Number(start) * 10_000) + used * 100) % 1_000_000_000;
  return { register, dialDigits: 5, readings: [{ on: JUNE.from, reading: start }, { on: JUNE.to, reading: cents(end, 4) }] };
}

const meters: fc.Arbitrary<DocumentMeter> = fc
  .record({ total: spans, peak: fc.nat(50), valley: fc.nat(45), reactive: spans, demand: fc.nat(900), ct: fc.constantFrom([1, 1], [50, 5], [150, 5], [600, 5]) as fc.Arbitrary<[number, number]> })
  .map(({ total, peak, valley, reactive, demand, ct }) => ({
    meterNo: 'M1',
    ct,
    registers: [
      registerOf('total', total.start, total.used),
      registerOf('peak', '10.0000', Math.floor((total.used * peak) / 100)),
      registerOf('valley', '20.0000', Math.floor((total.used * valley) / 100)),
      registerOf('reactive-forward', reactive.start, reactive.used),
      { register: 'maximum-demand', readings: [{ on: JUNE.to, reading: cents(demand, 4) }] },
    ],
  }));

const losses: fc.Arbitrary<TransformerLoss> = fc.oneof(
  fc.constant<TransformerLoss>({ method: 'formula', noLoadLossKw: '0.81', loadLossKw: '6.2', noLoadCurrentPercent: '0.6', impedanceVoltagePercent: '4.5' }),
  fc.constant<TransformerLoss>({ method: 'simplified', noLoadLossKw: '0.325', copperLossSteps: [{ upToLoadRate: '0.40', copperLossPercent: '2' }, { copperLossPercent: '3' }], assumedPowerFactor: '0.8' }),
  fc.constant<TransformerLoss>({ method: 'fixed', monthlyActiveLossKwh: '337', monthlyReactiveLossKvarh: '1234' }),
  energy.map((activeLossKwh): TransformerLoss => ({ method: 'given', activeLossKwh })),
);

const day = fc.integer({ min: 1, max: 29 }).map((days) => addDays(JUNE.from, days));

const transformers: fc.Arbitrary<DocumentTransformer> = fc.record({ loss: losses, stop: fc.option(day) }).map(({ loss, stop }) => ({
  transformerNo: 'T1',
  ownership: 'own',
  capacityKva: '630',
  loss,
  states: stop === null ? [{ ...JUNE, state: 'running' }] : [{ from: JUNE.from, to: stop, state: 'running' }, { from: stop, to: JUNE.to, state: 'suspended' }],
}));

interface PointChoice {
  readonly meter: DocumentMeter;
  readonly kind: 'metered' | 'fixed-quantity' | 'fixed-ratio';
  readonly quantity: number;
  readonly parent: number;
  readonly second: number;
  readonly category: Category | undefined;
  /** Weight in the transformer's loss, where it is shared by capacity or in agreed parts. */
  readonly share: number;
}

function parentsOf(choice: PointChoice, index: number): string[] {
  if (index === 0) return [];
  return [...new Set([choice.parent, choice.second].map((each) => `000${(each % index) + 1}`))];
}

function pointOf(choice: PointChoice, index: number, timeOfUse: boolean): DocumentUsagePoint {
  const usagePointNo = `000${index + 1}`;
  const { category } = choice;
  const common = { usagePointNo, role: 'billing' as const, timeOfUse, meteringMode: 'high-low' as const, transformerNo: 'T1', lossShare: String(choice.share), ...(category === undefined ? {} : { category }) };
  const parents = parentsOf(choice, index);
  if (index === 0 || choice.kind === 'metered') return { ...common, kind: 'metered', parents, meters: [{ ...choice.meter, meterNo: usagePointNo }] };
  if (choice.kind === 'fixed-quantity') return { ...common, kind: 'fixed-quantity', parents, timeOfUse: false, fixedQuantityKwh: String(choice.quantity) };
  return { ...common, kind: 'fixed-ratio', parents, timeOfUse: false, fixedRatioPercent: String(choice.quantity % 101) };
}

/** Choices of regions, each lawful; absent ones stay at their default. */
export const policies: fc.Arbitrary<Partial<Policies>> = fc.record(
  {
    energyDecimals: fc.constantFrom(0, 2),
    energyRounding: fc.constantFrom('half-up', 'up', 'down'),
    moneyRounding: fc.constantFrom('half-up', 'up', 'down'),
    deductionOrder: fc.shuffledSubarray(['sub-meter', 'fixed-quantity', 'fixed-ratio']),
    plainChildDeduction: fc.constantFrom('in-order', 'in-proportion'),
    plainChildDeductionOrder: fc.shuffledSubarray(['flat', 'peak', 'valley', 'sharp', 'deep-valley']),
    lossDecimals: fc.constantFrom(0, 2, null),
    lossDayBasis: fc.constantFrom(30, 'calendar-month'),
    lossShareRounding: fc.constantFrom('half-up', 'up', 'down'),
    lossShareOverPoints: fc.constantFrom('by-energy', 'by-capacity', 'fixed', 'none'),
    tariffChange: fc.constantFrom('by-days', 'at-start', 'at-end'),
    capacityDayRule: fc.constantFrom('1996-thirtieth', '2024-calendar-days', 'by-date'),
    capacityRunDays: fc.constantFrom('actual-days', 'none', 'half-month', 'whole-month'),
    shareWhileSuspended: fc.constantFrom('0', '0.5', '1', null),
    contractDemandRule: fc.constantFrom('contract-with-tolerance', 'measured-up-to-contract'),
    basicChargeShare: fc.constantFrom('none', 'by-energy', 'by-energy-charge'),
    powerFactorScheme: fc.constantFrom('official-table', 'linear'),
    powerFactorBase: fc.constantFrom(null, ['energy-charge'], ['energy-charge', 'capacity-charge', 'demand-charge', 'fund'], []),
    powerFactorBaseInsideSurcharges: fc.constantFrom('included', 'excluded'),
    demandWithinCircuit: fc.constantFrom('parallel-transformers', 'highest', 'sum'),
    loadRateDiscountFrom: fc.constantFrom('2023-06-01', null),
  } as { [K in keyof Policies]?: fc.Arbitrary<Policies[K]> },
  { requiredKeys: [] },
);

const adjustments = fc.record({ kwh: fc.integer({ min: -300, max: 900 }), stage: fc.constantFrom('before-losses', 'after-losses') as fc.Arbitrary<'before-losses'> });

interface Choices {
  readonly tariff: TariffDocument;
  readonly later: number | null;
  readonly plan: string;
  readonly points: readonly PointChoice[];
  readonly adjustment: { readonly kwh: number; readonly stage: 'before-losses' | 'after-losses' } | null;
}

function pointsOf({ plan, points, adjustment }: Choices): DocumentUsagePoint[] {
  const timeOfUse = plan === 'time-of-use' || plan === 'own-blocks';
  const usagePoints = points.map((choice, index) => pointOf(choice, index, timeOfUse));
  const [first] = usagePoints;
  if (first !== undefined && adjustment !== null) {
    usagePoints[0] = { ...first, adjustments: [{ adjustmentId: 'A', stage: adjustment.stage, standing: false, reason: 'test', activeKwh: { [timeOfUse ? 'peak' : 'total']: String(adjustment.kwh) } }] };
  }
  return usagePoints;
}

/** One tariff, or a second version of it with half as much again on every price from a day inside the cycle on. */
function versionsOf({ tariff, later }: Choices): TariffDocument[] {
  if (later === null) return [tariff];
  const dearer = tariff.plans.map((plan) => ({ ...plan, prices: plan.prices.map((row) => ({ ...row, prices: Object.fromEntries(Object.entries(row.prices).map(([name, periods]) => [name, Object.fromEntries(Object.entries(periods).map(([period, each]) => [period, (Number(each) * 1.5).toFixed(8)]))])) })) }));
  return [tariff, { ...tariff, version: '2', validFrom: addDays(JUNE.from, later), plans: dearer }];
}

/**
 * Believable documents of every kind of plan: trees of up to four points, losses, adjustments, blocks, basic charges,
 * price changes inside the cycle, shared amounts, several categories, and the choices of any region.
 */
export const documents: fc.Arbitrary<CalculationDocument> = fc
  .record({
    tariff: tariffs,
    later: fc.option(fc.integer({ min: 1, max: 29 }), { freq: 3 }),
    plan: fc.constantFrom('plain', 'time-of-use', 'blocks-month', 'blocks-year', 'own-blocks'),
    points: fc.array(fc.record({ meter: meters, kind: fc.constantFrom('metered', 'fixed-quantity', 'fixed-ratio') as fc.Arbitrary<PointChoice['kind']>, quantity: fc.nat(3000), parent: fc.nat(3), second: fc.nat(3), category: fc.constantFrom(undefined, 'street-lighting', 'agriculture') as fc.Arbitrary<Category | undefined>, share: fc.nat(400) }), { minLength: 1, maxLength: 4 }),
    transformer: transformers,
    used: fc.nat(600),
    extension: fc.option(fc.record({ month: fc.constantFrom('2025-11', '2026-01', '2026-06'), kwh: fc.nat(200) })),
    lowIncome: fc.boolean(),
    standard: fc.constantFrom('0.90', '0.85', '0.80', 'none') as fc.Arbitrary<'0.90' | 'none'>,
    method: fc.constantFrom('capacity', 'contract-demand', 'actual-demand') as fc.Arbitrary<'capacity'>,
    policies,
    shared: fc.option(fc.integer({ min: -100_000, max: 100_000 })),
    adjustment: fc.option(adjustments),
  })
  .map((choices) => {
    const { plan, transformer, used, extension, lowIncome, standard, method, shared } = choices;
    const isResidential = plan.includes('blocks');
    return documentOf(versionsOf(choices), {
      usagePoints: pointsOf(choices),
      transformers: [transformer],
      policies: choices.policies,
      terms: [termsOf({ planId: plan, powerFactorStandard: isResidential ? 'none' : standard, chargeMethod: isResidential ? 'none' : method, contractDemandKw: '400', approvedCapacityKva: '630' })],
      blocks: { usedBeforeKwh: String(used), year: '2026', lowIncome, ...(extension === null ? {} : { extensions: [{ fromMonth: extension.month, kwhPerMonth: String(extension.kwh) }] }) },
      ...(shared === null ? {} : { sharedAmounts: [{ name: 'allocation', title: L('Allocation'), amount: cents(shared, 3) }] }),
    });
  });
