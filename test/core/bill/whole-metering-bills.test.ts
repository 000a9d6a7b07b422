import { Bill, computeBill, DocumentMeter, DocumentRegister, DocumentUsagePoint } from '../../../src/core/bill';
import { Register, TariffDocument } from '../../../src/core/tariff';
import { amounts, dial, documentOf, figure, JUNE, meter, plainPlan, point, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';
import { shownFigures, shownFindings } from '../../builders/shown-bill';

const NAMELESS = { zh: '', en: '' };
const plain = tariffOf([plainPlan('1')]);
const timeOfUse = tariffOf([timeOfUsePlan('1', '1', '1')]);
const read = (register: Register, readings: [string, string][], more: Partial<DocumentRegister> = {}): DocumentRegister => ({ register, readings: readings.map(([on, reading]) => ({ on, reading })), ...more });
const metered = (meters: DocumentMeter[], more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint => point({ meters, ...more });
const quantities = (bill: Bill): string[] => bill.lines.filter(({ group }) => group === 'energy-charge').map((line) => [line.usagePointNo, line.pricePeriod, line.segment, line.quantity].filter((each) => each !== undefined && each !== 'total').join(' '));
const versions = (plan: (price: string) => Parameters<typeof tariffOf>[0][number], more: Partial<TariffDocument> = {}): TariffDocument[] => [tariffOf([plan('1')], { validTo: '2026-06-11', ...more }), tariffOf([plan('2')], { version: '2', validFrom: '2026-06-11', ...more })];

describe('meters of a point', () => {
  it('are read in the order of time, each to its own turn, and the replaced energy stands apart', () => {
    const old = meter([read('total', [['2026-06-01', '90'], ['2026-06-11', '5']], { dialDigits: 2 })], { meterNo: 'B' });
    const next = meter([dial('total', '0', '7', { on: ['2026-06-11', '2026-07-01'] })], { meterNo: 'A', pt: [20, 10] });
    for (const meters of [[old, next], [next, old]]) {
      const bill = computeBill(documentOf(plain, { usagePoints: [metered(meters)] }));
      expect(shownFigures(bill)).toEqual([
        'point:0001:meter:B:total = 15 kWh | register-consumption | start 90, end 5, multiplier 1, rollover 100',
        'point:0001:meter:A:total = 14 kWh | register-consumption | start 0, end 7, multiplier 2',
        'point:0001:replaced = 15 kWh | meter-replacement |',
        'point:0001:billed:total = 29 kWh | billed-energy | metered 29',
      ]);
    }
  });

  it('that begin on one day go by their numbers, and one with a final reading is replaced', () => {
    const side = (meterNo: string, end: string, kind?: 'final'): DocumentMeter => meter([{ register: 'total', readings: [{ on: '2026-06-01', reading: '0' }, { on: '2026-07-01', reading: end, ...(kind === undefined ? {} : { kind }) }] }, dial('maximum-demand', '0', '1')], { meterNo });
    const figures = (...meters: DocumentMeter[]): string[] => shownFigures(computeBill(documentOf(plain, { usagePoints: [metered(meters)] }))).filter((each) => !each.includes('billed'));
    expect(figures(side('M2', '2'), side('M1', '3'))).toEqual([
      'point:0001:meter:M1:total = 3 kWh | register-consumption | start 0, end 3, multiplier 1',
      'point:0001:meter:M2:total = 2 kWh | register-consumption | start 0, end 2, multiplier 1',
      'point:0001:replaced = 3 kWh | meter-replacement |',
      'point:0001:maximum-demand = 1 kW | register-consumption |',
    ]);
    expect(figures(side('M1', '3', 'final'))).toContain('point:0001:replaced = 3 kWh | meter-replacement |');
    expect(figures(side('M1', '3')).filter((each) => each.includes('replaced'))).toEqual([]);
  });

  it('count falls, not readings: one turn is believed, in three readings and in two', () => {
    const total = (...readings: string[]): string[] => {
      const days = ['2026-06-01', '2026-06-11', '2026-06-21', '2026-07-01'];
      return quantities(computeBill(documentOf(plain, { usagePoints: [metered([meter([read('total', readings.map((reading, index) => [days[index] ?? '', reading]), { dialDigits: 2 })])])] })));
    };
    expect([total('90', '95', '5'), total('90', '95', '95', '10'), total('1', '2', '3')]).toEqual([['0001 15'], ['0001 20'], ['0001 2']]);
  });

  it('of reactive energy are known by one dial, and their turn is half the dial at most', () => {
    const factor = (...registers: DocumentRegister[]): string | undefined => figure(computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, history: { dailyEnergyKwh: { '0001': '100' } }, usagePoints: [metered([meter([dial('total', '0', '30'), ...registers])])] })), 'power-factor:0.90');
    // 30 and 40: 3 ÷ 5
    expect([factor(dial('reactive-reverse', '0', '40')), factor(dial('reactive-forward', '90', '30', { dialDigits: 2 })), factor(dial('reactive-forward', '0', '10'), dial('reactive-reverse', '90', '20', { dialDigits: 2 }))]).toEqual(['0.6', '0.6', '0.6']);
    expect(() => factor(dial('reactive-reverse', '90', '41', { dialDigits: 2 }))).toThrow('METERING.ROLLOVER_IMPLAUSIBLE');
    expect(() => factor()).toThrow('BILL.REACTIVE_MISSING');
  });

  it('leave the difference to a period that the plan prices and no dial reads', () => {
    const windows = [{ period: 'peak' as const, from: '08:00', to: '22:00' }, { period: 'valley' as const, from: '22:00', to: '08:00' }];
    const calendars = [{ calendarId: 'day', complete: true, seasons: [{ season: 'all', months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], windows }] }];
    const twoPeriods = tariffOf([timeOfUsePlan('1', '1', '1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { peak: '1', valley: '0.5' } } }] })], { calendars });
    const of = (...registers: DocumentRegister[]): string[] => quantities(computeBill(documentOf(twoPeriods, { usagePoints: [metered([meter(registers)], { timeOfUse: true })] })));
    expect(of(dial('total', '0', '10'), dial('peak', '0', '6'))).toEqual(['0001 peak 6', '0001 valley 4']);
    expect(of(dial('total', '0', '10'), dial('valley', '0', '6'))).toEqual(['0001 peak 4', '0001 valley 6']);
    expect(of(dial('total', '0', '10'), dial('peak', '0', '7'), dial('valley', '0', '6'))).toEqual(['0001 peak 4', '0001 valley 6']);
    const [flat] = shownFigures(computeBill(documentOf(timeOfUse, { usagePoints: [metered([meter([dial('total', '0', '10'), dial('peak', '0', '3'), dial('valley', '0', '0')])], { timeOfUse: true })] }))).filter((each) => each.includes('billed:flat'));
    expect(flat).toBe('point:0001:billed:flat = 7 kWh | billed-energy | metered 7, difference 10 − 3');
  });

  it('with an estimated reading say so, each dial', () => {
    const register = (kind: Register, estimated: boolean): DocumentRegister => ({ register: kind, readings: [{ on: '2026-06-01', reading: '0', estimated: true }, { on: '2026-07-01', reading: '80', estimated }] });
    const bill = computeBill(documentOf(plain, { usagePoints: [metered([meter([register('total', true), register('reactive-forward', false)])])] }));
    expect([shownFindings(bill), bill.carried.estimatedRegisters]).toEqual([['notice METERING.READING_ESTIMATED 0001 | meterNo M1, register total, reading 80'], [{ usagePointNo: '0001', meterNo: 'M1', register: 'total' }]]);
  });
});

describe('energy of a cycle that is cut', () => {
  it('goes by what each dial read on the day, the flat of it too', () => {
    const registers = [read('total', [['2026-06-01', '0'], ['2026-06-11', '60'], ['2026-07-01', '100']]), read('peak', [['2026-06-01', '0'], ['2026-06-11', '10'], ['2026-07-01', '40']]), read('valley', [['2026-06-01', '0'], ['2026-07-01', '30']])];
    const bill = computeBill(documentOf(versions((price) => timeOfUsePlan(price, price, price)), { usagePoints: [metered([meter(registers)], { timeOfUse: true })] }));
    // valley by days 10 and 20; flat: 60 − 10 − 10 = 40 before, 40 − 30 − 20 < 0 → 0 after: all 30 before
    expect(quantities(bill)).toEqual(['0001 peak 1 10', '0001 flat 1 30', '0001 valley 1 10', '0001 peak 2 30', '0001 flat 2 0', '0001 valley 2 20'].filter((each) => !each.endsWith(' 0')));
    expect(shownFigures(bill).filter((each) => each.includes('segment'))).toEqual(
      [['peak', '40', '10', '30'], ['valley', '30', '10', '20'], ['flat', '30', '30', '0']].flatMap(([period = '', energy = '', before = '', after = '']) => [
        `point:0001:segment:1:${period} = ${before} kWh | split-by-readings | energy ${energy}, days 10, from 2026-06-01, to 2026-06-11`,
        `point:0001:segment:2:${period} = ${after} kWh | split-by-readings | energy ${energy}, days 20, from 2026-06-11, to 2026-07-01`,
      ]).sort((a, b) => ['peak', 'flat', 'valley'].findIndex((period) => a.includes(`:${period}`)) - ['peak', 'flat', 'valley'].findIndex((period) => b.includes(`:${period}`))),
    );
  });

  it('spreads each stretch between two readings over its own days, through zero and with its multiplier', () => {
    const split = (...readings: [string, string][]): string[] => quantities(computeBill(documentOf(versions((price) => plainPlan(price)), { usagePoints: [metered([meter([read('total', readings, { dialDigits: 2 })], { ct: [20, 10] })])] })));
    // 95 → 5 in 15 days is 10, ten days of it 6.67; 5 → 20 in 15 days: 20/3 × 2 = 13.33 of 50 → 13
    expect(split(['2026-06-01', '95'], ['2026-06-16', '5'], ['2026-07-01', '20'])).toEqual(['0001 1 13', '0001 2 37']);
    expect(split(['2026-06-01', '0'], ['2026-06-16', '0'], ['2026-07-01', '20'])).toEqual(['0001 2 40']);
    // two readings on one day, and nothing but days where nothing was used
    expect(split(['2026-06-01', '0'], ['2026-06-11', '10'], ['2026-06-11', '10'], ['2026-07-01', '20'])).toEqual(['0001 1 20', '0001 2 20']);
    expect(split(['2026-06-01', '7'], ['2026-07-01', '10'])).toEqual(['0001 1 2', '0001 2 4']);
  });

  it('of periods without a total dial goes by each dial', () => {
    const registers = (['peak', 'flat', 'valley'] as const).map((kind, index) => read(kind, [['2026-06-01', '0'], ['2026-06-11', String(10 * (index + 1))], ['2026-07-01', '40']]));
    const bill = computeBill(documentOf(versions((price) => timeOfUsePlan(price, price, price)), { usagePoints: [metered([meter(registers)], { timeOfUse: true })] }));
    expect(quantities(bill)).toEqual(['0001 peak 1 10', '0001 flat 1 20', '0001 valley 1 30', '0001 peak 2 30', '0001 flat 2 20', '0001 valley 2 10']);
  });

  it('keeps the places that it has, and those of the policy', () => {
    const at = (total: string, energyDecimals: number): string[] => quantities(computeBill(documentOf(versions((price) => plainPlan(price)), { policies: { energyDecimals }, usagePoints: [statedPoint({ total })] })));
    expect([at('100', 0), at('100', 2), at('100.5', 0)]).toEqual([['0001 1 33', '0001 2 67'], ['0001 1 33.33', '0001 2 66.67'], ['0001 1 33.5', '0001 2 67']]);
  });
});

describe('a tree of points', () => {
  it('takes off fixed quantities and ratios, in the order of the policy, and shows what each kept', () => {
    const usagePoints = [
      point({ usagePointNo: '0003', kind: 'fixed-ratio', fixedRatioPercent: '10', parents: ['0001'] }),
      point({ usagePointNo: '0002', kind: 'fixed-quantity', fixedQuantityKwh: '100', parents: ['0001'] }),
      statedPoint({ total: '300' }, { usagePointNo: '0004', parents: ['0001'] }),
      statedPoint({ total: '50' }, { usagePointNo: '0005', parents: ['0001'], role: 'check' }),
      statedPoint({ total: '1000' }),
      point({ usagePointNo: '0006', kind: 'fixed-quantity', fixedQuantityKwh: '7' }),
    ];
    const bill = computeBill(documentOf(plain, { usagePoints }));
    // 1000 − 300 − 100 = 600, of which 60; the check meter is not taken off
    expect(quantities(bill)).toEqual(['0001 540', '0002 100', '0003 60', '0004 300', '0006 7']);
    expect(shownFigures(bill).filter((each) => each.includes('deduction'))).toEqual(['0001:after-deduction = 540 kWh | sub-meter-deduction | gross 1000', '0002:after-deduction = 100 kWh | sub-meter-deduction | gross 100', '0003:after-deduction = 60 kWh | sub-meter-deduction | gross 60', '0006:after-deduction = 7 kWh | sub-meter-deduction | gross 7'].map((each) => `point:${each}`));
    expect(quantities(computeBill(documentOf(plain, { usagePoints, policies: { deductionOrder: ['fixed-ratio'] } })))).toEqual(['0001 500', '0002 100', '0003 100', '0004 300', '0006 7']);
    const short = computeBill(documentOf(plain, { usagePoints: [statedPoint({ total: '10' }), statedPoint({ total: '30' }, { usagePointNo: '0002', parents: ['0001'] })] }));
    expect(shownFindings(short)).toEqual(['blocking USAGE.NOT_ENOUGH_TO_DEDUCT 0001 | shortageKwh 20']);
  });

  it('takes a plain sub-meter from the periods in the order that the policy begins', () => {
    const usagePoints = [statedPoint({ peak: '50', flat: '50', valley: '50' }), statedPoint({ total: '60' }, { usagePointNo: '0002', parents: ['0001'], planId: 'plain' })];
    const both = tariffOf([timeOfUsePlan('1', '1', '1'), plainPlan('1')]);
    const left = (policies: object): string[] => quantities(computeBill(documentOf(both, { usagePoints, policies })));
    expect([left({}), left({ plainChildDeductionOrder: ['valley'] }), left({ plainChildDeduction: 'in-proportion' })]).toEqual([
      ['0001 peak 40', '0001 valley 50', '0002 60'], ['0001 peak 50', '0001 flat 40', '0002 60'], ['0001 peak 30', '0001 flat 30', '0001 valley 30', '0002 60'],
    ]);
  });

  it('adds adjustments with their reasons, the reactive ones too, never below zero', () => {
    const adjustment = { adjustmentId: 'A1', stage: 'before-losses' as const, standing: false, reason: 'wrong wiring' };
    const factor = (reactiveKvarh: string, forward?: string): [string | undefined, string[]] => {
      const statedEnergy = { activeKwh: { total: '30' }, ...(forward === undefined ? {} : { reactiveForwardKvarh: forward }) };
      const bill = computeBill(documentOf(plain, { account: { powerFactorStandard: '0.90' }, usagePoints: [point({ statedEnergy, adjustments: [{ ...adjustment, activeKwh: { total: '10' }, reactiveKvarh }] })] }));
      return [bill.carried.pointEnergy[0]?.billedReactiveKvarh, shownFigures(bill).filter((each) => each.includes('adjustment:') || each.includes('power-factor:'))];
    };
    expect(factor('30')).toEqual(['30', ['point:0001:adjustment:A1:total = 10 kWh | adjustment-before-losses | reason wrong wiring', 'power-factor:0.90 = 0.8 ratio | power-factor | activeKwh 40, reactiveKvarh 30, raw 0.8, standard 0.90, ratePercent 5']]);
    expect([factor('-5', '35')[0], factor('-40', '35')[0]]).toEqual(['30', '0']);
  });
});

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
