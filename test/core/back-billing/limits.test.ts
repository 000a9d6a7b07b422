import {
  backBillCapacity, correctionRate, energyForAveragePrice, meterErrorCorrection, multiplierCorrection, theoreticalSeconds, wiringCorrection,
} from '../../../src/core/back-billing';
import { dec, text } from '../../../src/core/quantity';
import { refusal } from '../../builders/refusal';

describe('a back-billing that cannot be worked', () => {
  it('names the figures that stand against it', () => {
    expect(() => correctionRate(dec('5'), dec('0'))).toThrow(refusal('BACK_BILLING.NOTHING_RECORDED', { correct: '5' }));
    expect(() => meterErrorCorrection(dec('-100.5'))).toThrow(refusal('BACK_BILLING.METER_ERROR_TOO_LARGE', { errorPercent: '-100.5' }));
    expect(() => theoreticalSeconds({ constant: dec('0'), turns: dec('6') }, dec('1'))).toThrow(refusal('BACK_BILLING.METER_TEST_INVALID'));
    expect(() => energyForAveragePrice(dec('100'), dec('0.45'), dec('0.4'))).toThrow(refusal('BACK_BILLING.TARGET_BELOW_PRICE', { target: '0.4', pricePerKwh: '0.45' }));
    expect(() => wiringCorrection([{ ctRatio: dec('-40') }])).toThrow(refusal('BACK_BILLING.RATIO_INVALID', { ratio: '-40' }));
    expect(() => multiplierCorrection(dec('0'), dec('40'))).toThrow(refusal('BACK_BILLING.RATIO_INVALID', { billed: '0', correct: '40' }));
  });

  it('knows no negative months or days, but parts of a month alone', () => {
    const charge = (months: number, days: number): string => text(backBillCapacity([{ capacity: dec('300'), months, days, dayBasis: 30 }], dec('10'), dec('2')).charge, 2);
    // 300 × 10 × 5/30, and three whole months
    expect([charge(0, 5), charge(3, 0)]).toEqual(['500.00', '9000.00']);
    expect(() => charge(-1, 0)).toThrow(refusal('BACK_BILLING.DAYS_OUT_OF_RANGE'));
    expect(() => charge(1, -1)).toThrow(refusal('BACK_BILLING.DAYS_OUT_OF_RANGE'));
  });
});
