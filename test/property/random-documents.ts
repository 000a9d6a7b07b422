import * as fc from 'fast-check';
import type { CalculationDocument, DocumentMeter, DocumentTransformer, DocumentUsagePoint, TransformerLoss } from '../../src/core/bill';
import { addDays } from '../../src/core/calendar';
import type { TariffDocument, TariffPlan } from '../../src/core/tariff';
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
    blocks: { period, method: 'base-plus-increment', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: '230', incrementPerKwh: '0' }, { upToKwh: '400', incrementPerKwh: '0.05' }, { upToKwh: null, incrementPerKwh: '0.30' }] }] },
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
}

function pointOf(choice: PointChoice, index: number, timeOfUse: boolean): DocumentUsagePoint {
  const usagePointNo = `000${index + 1}`;
  const common = { usagePointNo, role: 'billing' as const, timeOfUse, meteringMode: 'high-low' as const, transformerNo: 'T1' };
  const parents = index === 0 ? [] : [`000${(choice.parent % index) + 1}`];
  if (index === 0 || choice.kind === 'metered') return { ...common, kind: 'metered', parents, meters: [{ ...choice.meter, meterNo: usagePointNo }] };
  if (choice.kind === 'fixed-quantity') return { ...common, kind: 'fixed-quantity', parents, timeOfUse: false, fixedQuantityKwh: String(choice.quantity) };
  return { ...common, kind: 'fixed-ratio', parents, timeOfUse: false, fixedRatioPercent: String(choice.quantity % 101) };
}

/** Believable documents of every kind of plan: trees of up to four points, losses, adjustments, blocks, basic charges. */
export const documents: fc.Arbitrary<CalculationDocument> = fc
  .record({
    tariff: tariffs,
    plan: fc.constantFrom('plain', 'time-of-use', 'blocks-month', 'blocks-year', 'own-blocks'),
    points: fc.array(fc.record({ meter: meters, kind: fc.constantFrom('metered', 'fixed-quantity', 'fixed-ratio') as fc.Arbitrary<PointChoice['kind']>, quantity: fc.nat(3000), parent: fc.nat(3) }), { minLength: 1, maxLength: 4 }),
    transformer: transformers,
    used: fc.nat(600),
    standard: fc.constantFrom('0.90', '0.85', '0.80', 'none') as fc.Arbitrary<'0.90' | 'none'>,
    method: fc.constantFrom('capacity', 'contract-demand', 'actual-demand') as fc.Arbitrary<'capacity'>,
    decimals: fc.constantFrom(0, 2),
    adjustment: fc.option(fc.integer({ min: 0, max: 900 })),
  })
  .map(({ tariff, plan, points, transformer, used, standard, method, decimals, adjustment }) => {
    const isResidential = plan.includes('blocks');
    const timeOfUse = plan === 'time-of-use' || plan === 'own-blocks';
    const usagePoints = points.map((choice, index) => pointOf(choice, index, timeOfUse));
    const [first] = usagePoints;
    if (first !== undefined && adjustment !== null) {
      usagePoints[0] = { ...first, adjustments: [{ adjustmentId: 'A', stage: 'after-losses', standing: false, reason: 'test', activeKwh: { [timeOfUse ? 'peak' : 'total']: String(adjustment) } }] };
    }
    return documentOf(tariff, {
      usagePoints,
      transformers: [transformer],
      policies: { energyDecimals: decimals },
      terms: [termsOf({ planId: plan, powerFactorStandard: isResidential ? 'none' : standard, chargeMethod: isResidential ? 'none' : method, contractDemandKw: '400', approvedCapacityKva: '630' })],
      blocks: { usedBeforeKwh: String(used), year: '2026' },
    });
  });
