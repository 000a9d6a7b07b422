import { Bill, computeBill, DocumentUsagePoint } from '../../../src/core/bill';
import { TariffDocument } from '../../../src/core/tariff';
import { amounts, documentOf, figure, JUNE, plainPlan, point, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';
import { shownFigures } from '../../builders/shown-bill';

const NAMELESS = { zh: '', en: '' };
const plain = tariffOf([plainPlan('1')]);
const timeOfUse = tariffOf([timeOfUsePlan('1', '1', '1')]);
const quantities = (bill: Bill): string[] => bill.lines.filter(({ group }) => group === 'energy-charge').map((line) => [line.usagePointNo, line.pricePeriod, line.quantity].filter((each) => each !== undefined && each !== 'total').join(' '));

describe('losses of a bill', () => {
  const transformer = (loss: object, more: object = {}): object => ({ transformers: [{ transformerNo: 'T1', ownership: 'own', capacityKva: '100', states: [{ ...JUNE, state: 'running' }], loss, ...more }] });
  const behind = (more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint => point({ statedEnergy: { activeKwh: { total: '30000' }, reactiveForwardKvarh: '10000' }, transformerNo: 'T1', meteringMode: 'high-low', ...more });
  const loss = (method: object, more: object = {}, at = behind()): (string | undefined)[] => {
    const bill = computeBill(documentOf(plain, { usagePoints: [at], ...transformer(method), ...more }));
    return [figure(bill, 'transformer:T1:active-loss'), figure(bill, 'transformer:T1:reactive-loss')];
  };

  it('by formula take stated hours, the hours under load and the shifts', () => {
    const formula = { method: 'formula', noLoadLossKw: '0.2', loadLossKw: '1', noLoadCurrentPercent: '2', impedanceVoltagePercent: '4' };
    // Wp² + Wq² = 1e9; ÷ (100² × 720) = 138.888…: 0.2 × 720 + 138.89 = 282.89; reactive 2 × 720 + 4 × 138.89 = 1995.56
    expect(loss(formula)).toEqual(['283', '1996']);
    // 600 h: 120 + 1e9 ÷ 6e6 = 286.67; 1200 + 666.67
    expect(loss({ ...formula, supplyHours: '600' })).toEqual(['287', '1867']);
    // 360 h under load: 144 + 277.78; K = 1.5: 144 + 208.33
    expect([loss({ ...formula, serviceHours: '360' })[0], loss({ ...formula, shiftCorrection: '1.5' })[0]]).toEqual(['422', '352']);
  });

  it('by the simplified way take iron by hours or as agreed, copper by percent or steps, and the cable', () => {
    const simplified = { method: 'simplified', noLoadLossKw: '0.5' };
    // 0.5 × 720 + 2 % of 30000 (load rate 30000 ÷ 72000 = 0.4167: 3 %)
    expect([loss(simplified), loss({ ...simplified, copperLossPercent: '2' }), loss({ ...simplified, supplyHours: '800' })].map(([active]) => active)).toEqual(['1260', '960', '1000']);
    // 24000 ÷ 72000: 2 %; ÷ 0.8 it is 0.4167: 3 %
    const less = behind({ statedEnergy: { activeKwh: { total: '24000' } } });
    expect([loss(simplified, {}, less), loss({ ...simplified, assumedPowerFactor: '0.8' }, {}, less)].map(([active]) => active)).toEqual(['840', '1080']);
    expect(loss({ method: 'simplified', ironLossKwh: '300', copperLossPercent: '1', cableLossKwh: '7' })[0]).toBe('607');
    const steps = [{ upToLoadRate: '0.41', copperLossPercent: '1' }, { copperLossPercent: '4' }];
    expect([loss({ ...simplified, copperLossSteps: steps })[0], loss({ ...simplified, copperLossSteps: steps, supplyHours: '740' })[0]]).toEqual(['1560', '670']);
  });

  it('as agreed for a month are taken by days, once a month, and to the places of the policy', () => {
    const fixed = { method: 'fixed', monthlyActiveLossKwh: '100', monthlyReactiveLossKvarh: '50' };
    const states = (to: string): object => transformer(fixed, { states: [{ from: '2026-06-01', to, state: 'running' }, { from: to, to: '2026-07-01', state: 'suspended' }] });
    expect([loss(fixed), loss(fixed, states('2026-06-11')), loss(fixed, { ...states('2026-06-11'), policies: { lossDecimals: null } })]).toEqual([['100', '50'], ['33', '17'], ['33.3333', '16.6667']]);
    const two = { from: '2026-05-01', to: '2026-07-01' };
    const cycle = (from: string): object => ({ period: two, terms: [termsOf(two)], ...transformer(fixed, { states: [{ from, to: two.to, state: 'running' }] }) });
    // whole: 2 × 100; from 11 May: 51 of 30 days
    expect([loss(fixed, cycle('2026-05-01')), loss(fixed, cycle('2026-05-11'))].map(([active]) => active)).toEqual(['200', '170']);
    const may = { from: '2026-05-01', to: '2026-06-01' };
    const month = (more: object): object => ({ period: may, billingMonth: '2026-05', terms: [termsOf(may)], ...transformer(fixed, { states: [{ from: '2026-05-01', to: '2026-05-16', state: 'running' }] }), ...more });
    expect([loss(fixed, month({})), loss(fixed, month({ policies: { lossDayBasis: 'calendar-month' } }))].map(([active]) => active)).toEqual(['50', '48']);
    // given as it is, whatever the places
    expect(loss({ method: 'given', activeLossKwh: '12.345' })).toEqual(['12.345', '0']);
    expect(loss({ method: 'percentage', activePercent: '1' })).toEqual(['300', '0']);
    expect(loss({ method: 'table', rows: [{ capacityKva: '160', monthlyActiveLossKwh: '9' }, { capacityKva: '100', upToKwh: '29999', monthlyActiveLossKwh: '5' }, { capacityKva: '100', upToKwh: '30000', monthlyActiveLossKwh: '7', monthlyReactiveLossKvarh: '3' }] })).toEqual(['7', '3']);
  });

  it('are borne by the points behind the transformer that are measured on the low side, by energy, in the order of transformers', () => {
    const fixed = (kwh: string): object => ({ method: 'fixed', monthlyActiveLossKwh: kwh });
    const states = [{ ...JUNE, state: 'running' as const }];
    const transformers = ['T2', 'T1', 'T0'].map((transformerNo, index) => ({ transformerNo, ownership: 'own' as const, capacityKva: '100', states, ...(index === 2 ? {} : { loss: fixed(String(30 * (index + 1))) }) })) as NonNullable<Parameters<typeof documentOf>[1]>['transformers'];
    const usagePoints = [statedPoint({ total: '200' }, { usagePointNo: '0002', transformerNo: 'T1', meteringMode: 'high-low' }), statedPoint({ total: '100' }, { transformerNo: 'T1', meteringMode: 'high-low' }), statedPoint({ total: '5' }, { usagePointNo: '0003', transformerNo: 'T1', meteringMode: 'high-high' }), statedPoint({ total: '5' }, { usagePointNo: '0004', transformerNo: 'T1', meteringMode: 'high-low', role: 'check' }), statedPoint({ total: '6' }, { usagePointNo: '0005', transformerNo: 'T0', meteringMode: 'high-low' })];
    const bill = computeBill(documentOf(plain, { transformers, usagePoints }));
    expect(quantities(bill)).toEqual(['0001 120', '0002 240', '0003 5', '0005 6']);
    expect(shownFigures(bill).filter((each) => each.includes('loss'))).toEqual(['active-loss = 60 kWh', 'reactive-loss = 0 kvarh'].map((each) => `transformer:T1:${each} | transformer-loss-fixed | method fixed, activeKwh 300, reactiveKvarh 0, runningDays 30`));
  });

  it('of a line come last, with their own working and their share of the periods', () => {
    const lineLoss = { method: 'percentage' as const, activePercent: '10', reactivePercent: '20' };
    const bill = computeBill(documentOf(timeOfUse, { usagePoints: [point({ timeOfUse: true, statedEnergy: { activeKwh: { peak: '100', flat: '50', valley: '55', sharp: '0' }, reactiveForwardKvarh: '10' }, lineLoss }), point({ usagePointNo: '0002', role: 'check', statedEnergy: { activeKwh: { total: '9' } }, lineLoss })] }));
    // 20.5 → 21: peak 10.24 → 10, valley 5.63 → 6, flat 5
    expect(shownFigures(bill).filter((each) => each.includes('loss'))).toEqual([
      'point:0001:line-loss = 21 kWh | line-loss-percentage | method percentage, activeKwh 205, reactiveKvarh 10',
      'point:0001:line-loss:peak = 10 kWh | period-loss-share | loss 21',
      'point:0001:line-loss:valley = 6 kWh | period-loss-share | loss 21',
      'point:0001:line-loss:flat = 5 kWh | period-loss-share | loss 21',
    ]);
    expect([quantities(bill), bill.carried.pointEnergy[0]?.billedReactiveKvarh]).toEqual([['0001 peak 110', '0001 flat 55', '0001 valley 61'], '12']);
    const line = (loss: object): string[] => quantities(computeBill(documentOf(plain, { usagePoints: [point({ statedEnergy: { activeKwh: { total: '3000' } }, lineLoss: loss as never })] })));
    // 2 × 5 × 9e6 ÷ (1000 × 100 × 720) = 1.25; over 100 h: 9
    const formula = { method: 'formula', lineResistanceOhmPerKm: '2', lineLengthKm: '5', lineVoltageKv: '10' };
    expect([line(formula), line({ ...formula, supplyHours: '100' }), line({ method: 'fixed', monthlyActiveLossKwh: '40' })]).toEqual([['0001 3001'], ['0001 3009'], ['0001 3040']]);
  });
});

describe('the power-factor base', () => {
  const reactive = { activeKwh: { total: '40' }, reactiveForwardKvarh: '30' };
  const based = (more: Parameters<typeof documentOf>[1], plan: Parameters<typeof plainPlan>[1] = {}, tariff: Partial<TariffDocument> = {}): string | undefined =>
    figure(computeBill(documentOf(tariffOf([plainPlan('1', plan)], tariff), { account: { powerFactorStandard: '0.90' }, usagePoints: [point({ statedEnergy: reactive })], ...more })), 'power-factor-base:0.90');
  const addOns = [{ name: 'extra', title: NAMELESS, pricePerKwh: '0.1', energyBase: 'billed' as const }];

  it('takes add-on prices and components unless tariff or policy say otherwise', () => {
    expect([based({}, { addOns }), based({}, { addOns: addOns.map((one) => ({ ...one, inPowerFactorBase: false })) })]).toEqual(['44', '40']);
    expect(['energy-charge', 'energy', 'add-on-charge', 'extra', 'moon'].map((name) => based({ policies: { powerFactorBase: [name] } }, { addOns }))).toEqual(['40', '40', '4', '4', '0']);
    expect(based({}, {}, { components: [{ component: 'energy', title: NAMELESS, inPowerFactorBase: false }] })).toBe('0');
    const shared = { sharedAmounts: [{ name: 'lift', title: NAMELESS, amount: '7' }] };
    expect([['shared-amount'], ['lift'], ['other']].map((powerFactorBase) => based({ ...shared, policies: { powerFactorBase } }))).toEqual(['7', '7', '0']);
  });

  it('leaves out levies contained in the price, once, unless the region keeps them in', () => {
    const surcharges = [{ name: 'inside', title: NAMELESS, pricePerKwh: '0.05', placement: 'inside' as const, kind: 'fund' as const }];
    const components = ['energy', 'second'].map((component) => ({ component, title: NAMELESS }));
    const prices = [{ voltages: ['1-10kv' as const], prices: { energy: { total: '1' }, second: { total: '0.5' } } }];
    // 40 × 0.95 + 40 × 0.5, or 40 + 20
    expect([based({}, { prices }, { surcharges, components }), based({ policies: { powerFactorBaseInsideSurcharges: 'included' } }, { prices }, { surcharges, components })]).toEqual(['58', '60']);
    const onTop = [{ name: 'levy', title: NAMELESS, pricePerKwh: '0.1', placement: 'on-top' as const, kind: 'fund' as const }];
    expect([based({}, {}, { surcharges: onTop }), based({}, {}, { surcharges: onTop.map((one) => ({ ...one, inPowerFactorBase: true })) }), based({ policies: { powerFactorBase: ['levy'] } }, {}, { surcharges: onTop })]).toEqual(['40', '44', '4']);
  });

  it('goes by the stated factor or reactive energy of the document', () => {
    const shown = (more: object): string | undefined => shownFigures(computeBill(documentOf(plain, { account: { powerFactorStandard: '0.85' }, ...more }))).find((each) => each.startsWith('power-factor:'));
    expect(shown({ statedPowerFactor: '0.805' })).toBe('power-factor:0.85 = 0.81 ratio | power-factor | stated 0.805, standard 0.85');
    expect(shown({ statedReactiveEnergyKvarh: '75' })).toBe('power-factor:0.85 = 0.8 ratio | power-factor | activeKwh 100, reactiveKvarh 75, raw 0.8, standard 0.85, ratePercent 2.5');
  });

  it('takes each point as its own word says: in both, in the factor, in the base or in neither', () => {
    const of = (more: Partial<DocumentUsagePoint>, policies = {}): (string | undefined)[] => {
      const bill = computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, policies, usagePoints: [point({ statedEnergy: reactive }), statedPoint({ total: '360' }, { usagePointNo: '0002', ...more })] }));
      return [figure(bill, 'power-factor:0.90'), figure(bill, 'power-factor-base:0.90')];
    };
    // 40 and 30: 0.80; 400 and 30: 0.9972
    expect((['both', 'factor-only', 'base-only', 'none'] as const).map((powerFactor) => of({ powerFactor }))).toEqual([['1', '400'], ['1', '40'], ['0.8', '400'], ['0.8', '40']]);
    expect([of({}), of({ lightingConnection: 'series' }), of({ lightingConnection: 'parallel' }), of({ lightingConnection: 'series' }, { lightingConnection: 'parallel' })]).toEqual([['1', '400'], ['1', '400'], ['0.8', '40'], ['0.8', '40']]);
    expect(of({ role: 'check' })).toEqual(['0.8', '40']);
  });
});

describe('levies of the account', () => {
  const levy = (name: string, energyBase: object, more: object = {}): NonNullable<TariffDocument['surcharges']>[number] => ({ name, title: NAMELESS, pricePerKwh: '0.01', placement: 'on-top', kind: 'fund', energyBase: energyBase as never, ...more });
  const rules = [{ fromKva: '0', categories: ['agriculture'] }, { fromKva: '200', categories: ['agriculture', 'general-industrial-commercial'] }];
  const usagePoints = [statedPoint({ total: '1000' }), statedPoint({ total: '100' }, { usagePointNo: '0002', category: 'agriculture' }), statedPoint({ total: '9999' }, { usagePointNo: '0003', category: 'agriculture', role: 'check' })];
  const charged = (more: object, surcharges = [levy('levy', { of: 'running-capacity', rules })]): Record<string, string> => amounts(computeBill(documentOf(tariffOf([plainPlan('1')], { surcharges }), { usagePoints, ...more })), 'fund');
  const own = (transformerNo: string, capacityKva: string, state: 'running' | 'suspended'): object => ({ transformerNo, ownership: 'own', capacityKva, states: [{ ...JUNE, state }] });

  it('go by the transformers that ran, or by the approved capacity', () => {
    expect([charged({ account: { approvedCapacityKva: '199' } }), charged({ account: { approvedCapacityKva: '200' } }), charged({})]).toEqual([{ levy: '1.00' }, { levy: '11.00' }, { levy: '1.00' }]);
    expect([charged({ transformers: [own('T1', '150', 'running'), own('T2', '50', 'running')] }), charged({ account: { approvedCapacityKva: '500' }, transformers: [own('T1', '150', 'running'), own('T2', '50', 'suspended')] })]).toEqual([{ levy: '11.00' }, { levy: '1.00' }]);
    expect(charged({ account: { approvedCapacityKva: '5' } }, [levy('levy', { of: 'running-capacity', rules: rules.slice(1) })])).toEqual({});
  });

  it('that are contained in the price are noted, each name and price by itself', () => {
    const inside = [levy('a', { of: 'categories', categories: ['agriculture'] }, { placement: 'inside' }), levy('b', { of: 'own' }, { placement: 'inside' }), levy('b', { of: 'own' }, { placement: 'inside', pricePerKwh: '0.02' })];
    const bill = computeBill(documentOf(tariffOf([plainPlan('1')], { surcharges: inside }), { usagePoints: [...usagePoints, statedPoint({ total: '0' }, { usagePointNo: '0004' })] }));
    expect(bill.totals.insideFunds.map(({ name, energyKwh, pricePerKwh, amount }) => `${name} ${energyKwh} × ${pricePerKwh} = ${amount}`)).toEqual(['b 1100 × 0.01 = 11.00', 'b 1100 × 0.02 = 22.00', 'a 100 × 0.01 = 1.00']);
    expect(bill.lines.filter(({ group }) => group === 'fund')).toEqual([]);
  });
});

describe('the tax of a bill', () => {
  it('has the rate of its last day, the latest of those that began', () => {
    const laterTaxRates = [{ from: '2026-06-30', ratePercent: '9' }, { from: '2026-01-01', ratePercent: '10' }, { from: '2026-07-01', ratePercent: '6' }];
    expect([computeBill(documentOf(tariffOf([plainPlan('1')], { laterTaxRates }))).totals, computeBill(documentOf(tariffOf([plainPlan('1')], { laterTaxRates: laterTaxRates.slice(1) }))).totals].map(({ taxRatePercent, netAmount }) => [taxRatePercent, netAmount])).toEqual([['9', '91.74'], ['10', '90.91']]);
  });
});
