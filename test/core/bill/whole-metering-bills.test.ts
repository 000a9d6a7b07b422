import { Bill, computeBill, DocumentMeter, DocumentRegister, DocumentUsagePoint } from '../../../src/core/bill';
import { Register, TariffDocument } from '../../../src/core/tariff';
import { dial, documentOf, figure, meter, plainPlan, point, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';
import { shownFigures, shownFindings } from '../../builders/shown-bill';

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
