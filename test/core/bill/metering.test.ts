import { computeBill } from '../../../src/core/bill';
import { dial, documentOf, figure, meter, plainPlan, point, refusal, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const plain = tariffOf([plainPlan('0.5')]);
const timeOfUse = tariffOf([timeOfUsePlan('1', '0.6', '0.3')]);

describe('metered energy on a bill', () => {
  it('multiplies the difference of the readings by PT × CT and rounds to whole kWh', () => {
    // (120.51 − 100.25) × (10000/100) × (50/5) = 20.26 × 1000 = 20260
    const bill = computeBill(documentOf(plain, { usagePoints: [point({ meters: [meter([dial('total', '100.25', '120.51')], { pt: [10000, 100], ct: [50, 5] })] })] }));
    expect(bill.lines[0]).toMatchObject({ quantity: '20260', exactAmount: '10130', amount: '10130.00' });
  });

  it('keeps two decimals where the region says so', () => {
    const bill = computeBill(documentOf(plain, { policies: { energyDecimals: 2 }, usagePoints: [point({ meters: [meter([dial('total', '0', '10.126')])] })] }));
    expect(bill.lines[0]).toMatchObject({ quantity: '10.13', amount: '5.07' });
  });

  it('takes a reading past zero as one turn of a five-digit dial', () => {
    const bill = computeBill(documentOf(plain, { usagePoints: [point({ meters: [meter([dial('total', '99990', '30', { dialDigits: 5 })])] })] }));
    expect(bill.lines[0]).toMatchObject({ quantity: '40', amount: '20.00' });
    expect(bill.figures[0]?.inputs).toMatchObject({ rollover: '100000' });
  });

  it('leaves a turn that the history does not bear out to a person', () => {
    const usagePoints = [point({ meters: [meter([dial('total', '90000', '30', { dialDigits: 5 })])] })];
    expect(computeBill(documentOf(plain, { usagePoints })).lines[0]?.quantity).toBe('10030');
    expect(refusal(documentOf(plain, { usagePoints, history: { dailyEnergyKwh: { '0001': '10' } } }))).toBe('METERING.ROLLOVER_IMPLAUSIBLE');
    const almostWhole = [point({ meters: [meter([dial('total', '5000', '4990', { dialDigits: 5 })])] })];
    expect(refusal(documentOf(plain, { usagePoints: almostWhole }))).toBe('METERING.ROLLOVER_IMPLAUSIBLE');
  });

  it('believes a turn that a person has confirmed, whatever the history says', () => {
    const confirmed = dial('total', '90000', '30', { dialDigits: 5, rolloverConfirmed: true });
    const usagePoints = [point({ meters: [meter([confirmed])] })];
    // 30 + 100 000 − 90 000
    expect(computeBill(documentOf(plain, { usagePoints, history: { dailyEnergyKwh: { '0001': '10' } }, policies: { rolloverMaximumPerCycle: 0 } })).lines[0]?.quantity).toBe('10030');
  });

  it('refuses a fallen reading where the dial is not known, and a dial without two readings', () => {
    expect(refusal(documentOf(plain, { usagePoints: [point({ meters: [meter([dial('total', '50', '40')])] })] }))).toBe('METERING.READING_FELL');
    const single = meter([{ register: 'total', readings: [{ on: '2026-06-01', reading: '1' }] }]);
    expect(refusal(documentOf(plain, { usagePoints: [point({ meters: [single] })] }))).toBe('METERING.READING_MISSING');
  });

  it('adds the old and the new meter of a replacement, each with its own multiplier, and shows the replaced energy', () => {
    const old = meter([dial('total', '100', '150', { on: ['2026-06-01', '2026-06-11'] })], { meterNo: 'OLD', ct: [100, 5] });
    const next = meter([dial('total', '0', '30', { on: ['2026-06-11', '2026-07-01'] })], { meterNo: 'NEW', ct: [150, 5] });
    // 50 × 20 + 30 × 30 = 1000 + 900
    for (const meters of [[old, next], [next, old]]) {
      const bill = computeBill(documentOf(plain, { usagePoints: [point({ meters })] }));
      expect(bill.lines[0]?.quantity).toBe('1900');
      expect(figure(bill, 'point:0001:replaced')).toBe('1000');
    }
  });

  it('takes flat as the mechanical total less peak and valley', () => {
    const registers = [dial('total', '0', '100'), dial('peak', '0', '40'), dial('valley', '0', '25')];
    const bill = computeBill(documentOf(timeOfUse, { usagePoints: [point({ timeOfUse: true, meters: [meter(registers)] })] }));
    expect(bill.lines.map((line) => [line.pricePeriod, line.quantity, line.amount])).toEqual([['peak', '40', '40.00'], ['flat', '35', '21.00'], ['valley', '25', '7.50']]);
  });

  it('stops where the periods are more than the total', () => {
    const registers = [dial('total', '0', '60'), dial('peak', '0', '40'), dial('valley', '0', '25')];
    expect(refusal(documentOf(timeOfUse, { usagePoints: [point({ timeOfUse: true, meters: [meter(registers)] })] }))).toBe('METERING.PERIODS_EXCEED_TOTAL');
  });

  it('never prices a time-of-use meter plainly, nor a plain meter by periods unless the region takes it as flat', () => {
    expect(refusal(documentOf(plain, { usagePoints: [statedPoint({ peak: '1', valley: '1' })] }))).toBe('BILL.TIME_OF_USE_METER_ON_PLAIN_PLAN');
    const usagePoints = [statedPoint({ total: '10' })];
    expect(refusal(documentOf(timeOfUse, { usagePoints }))).toBe('BILL.PLAIN_METER_ON_TIME_OF_USE_PLAN');
    expect(computeBill(documentOf(timeOfUse, { usagePoints, policies: { plainMeterOnTimeOfUsePlan: 'flat' } })).lines[0]).toMatchObject({ pricePeriod: 'flat', amount: '6.00' });
  });

  it('refuses energy in a period that the plan does not price', () => {
    expect(refusal(documentOf(timeOfUse, { usagePoints: [statedPoint({ peak: '5', sharp: '1' })] }))).toBe('TARIFF.PRICE_MISSING');
    expect(refusal(documentOf(timeOfUse, { usagePoints: [statedPoint({ peak: '5', sharp: '0' })] }))).toBe('not refused');
  });

  it('marks an estimated reading and carries it to the next bill', () => {
    const register = { register: 'total' as const, readings: [{ on: '2026-06-01', reading: '0' }, { on: '2026-07-01', reading: '80', estimated: true }] };
    const bill = computeBill(documentOf(plain, { usagePoints: [point({ meters: [meter([register])] })] }));
    expect(bill.findings.map((finding) => finding.code)).toEqual(['METERING.READING_ESTIMATED']);
    expect(bill.carried.estimatedRegisters).toEqual([{ usagePointNo: '0001', meterNo: 'M1', register: 'total' }]);
  });

  it('adds adjustments of both stages, and never below zero', () => {
    const adjustment = (stage: 'before-losses' | 'after-losses', total: string) => ({ adjustmentId: stage, stage, standing: false, reason: 'meter test', activeKwh: { total } });
    const adjustments = [adjustment('before-losses', '20'), adjustment('after-losses', '-5')];
    expect(computeBill(documentOf(plain, { usagePoints: [statedPoint({ total: '100' }, { adjustments })] })).lines[0]?.quantity).toBe('115');
    expect(refusal(documentOf(plain, { usagePoints: [statedPoint({ total: '100' }, { adjustments: [adjustment('after-losses', '-101')] })] }))).toBe('USAGE.ADJUSTMENT_EXCEEDS_ENERGY');
    const perPeriod = [{ ...adjustment('before-losses', '1'), activeKwh: { peak: '1' } }];
    expect(refusal(documentOf(plain, { usagePoints: [statedPoint({ total: '100' }, { adjustments: perPeriod })] }))).toBe('USAGE.ADJUSTMENT_PERIOD');
  });

  it('reports a jump, a drop, no use, and use behind a sealed transformer', () => {
    const found = (total: string, usual: string) =>
      computeBill(documentOf(plain, { usagePoints: [statedPoint({ total })], history: { dailyEnergyKwh: { '0001': usual } } })).findings.map((finding) => finding.code);
    expect([found('1000', '10'), found('40', '10'), found('0', '10'), found('300', '10')]).toEqual([['METERING.USAGE_JUMP'], ['METERING.USAGE_DROP'], ['METERING.ZERO_USE'], []]);
    const sealed = computeBill(
      documentOf(plain, {
        usagePoints: [statedPoint({ total: '12' }, { transformerNo: 'T1' })],
        transformers: [{ transformerNo: 'T1', ownership: 'own', capacityKva: '100', states: [{ from: '2026-06-01', to: '2026-07-01', state: 'suspended' }] }],
      }),
    );
    expect(sealed.findings).toMatchObject([{ code: 'METERING.USE_WHILE_SUSPENDED', severity: 'blocking' }]);
  });
});
