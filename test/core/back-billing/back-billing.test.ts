import {
  additionalEnergy, backBillCapacity, backBillLoads, correctionRate, correctPowerFactor, energyForAveragePrice, errorFromPower, errorFromSeconds, measuredPower,
  meterErrorCorrection, multiplierCorrection, outageCompensation, penaltyByCapacity, ratePercent, rateValue, settleTemporarySupply, stoppedMeterEnergy,
  theoreticalSeconds, trueEnergy, unbilledEnergy, wiringCorrection,
} from '../../../src/core/back-billing';
import { dec, Decimal, text } from '../../../src/core/quantity';

const fen = (value: Decimal): string => text(value, 2);

describe('wrong wiring', () => {
  it('is corrected by correct ÷ recorded − 1', () => {
    // one of three reversed: 3 ÷ 1 − 1; one without voltage: 3 ÷ 2 − 1
    expect(text(ratePercent(wiringCorrection([{}, {}, { currentReversed: true }])))).toBe('200');
    expect(text(ratePercent(wiringCorrection([{}, {}, { voltagePresent: false }])))).toBe('50');
  });

  it('weighs each phase by its own ratio, without losing a third on the way', () => {
    // 3 ÷ (1 + 1 + 2/3) − 1 = 1/8
    const rate = wiringCorrection([{ ctRatio: dec('40') }, { ctRatio: dec('40') }, { ctRatio: dec('60') }], dec('40'));
    expect(text(ratePercent(rate))).toBe('12.5');
    expect(text(additionalEnergy(dec('50000'), rate))).toBe('6250');
  });

  it('takes the error of a current transformer into account', () => {
    // 3 ÷ (1 + 1 + 0.4) − 1 = 0.25
    expect(text(rateValue(wiringCorrection([{}, {}, { ctErrorPercent: dec('-60') }])))).toBe('0.25');
  });

  it('cannot be found where the phases cancel out, or from a ratio of nothing', () => {
    expect(() => wiringCorrection([{}, { currentReversed: true }])).toThrow(expect.objectContaining({ code: 'BACK_BILLING.NOTHING_RECORDED' }));
    expect(() => wiringCorrection([{ ctRatio: dec('0') }])).toThrow(expect.objectContaining({ code: 'BACK_BILLING.RATIO_INVALID' }));
  });

  it('and a wrong multiplier: 40 instead of 30 is a third more', () => {
    expect(text(additionalEnergy(dec('6000'), multiplierCorrection(dec('30'), dec('40'))))).toBe('2000');
    expect(text(additionalEnergy(dec('6000'), multiplierCorrection(dec('60'), dec('40'))))).toBe('-2000');
    expect(() => multiplierCorrection(dec('0'), dec('40'))).toThrow(expect.objectContaining({ code: 'BACK_BILLING.RATIO_INVALID' }));
    expect(() => correctionRate(dec('1'), dec('0'))).toThrow(expect.objectContaining({ code: 'BACK_BILLING.NOTHING_RECORDED' }));
  });
});

describe('a fast, slow or stopped meter', () => {
  it('is settled for half of the time since its last test', () => {
    // 900000 ÷ 0.9 = 1000000; (1000000 − 900000) ÷ 2
    expect(text(trueEnergy(dec('900000'), dec('-10')))).toBe('1000000');
    expect(text(additionalEnergy(dec('900000'), meterErrorCorrection(dec('-10')), 0, dec('0.5')))).toBe('50000');
    // fast by 25 %: 1000 ÷ 1.25 = 800, half of −200
    expect(text(additionalEnergy(dec('1000'), meterErrorCorrection(dec('25')), 0, dec('0.5')))).toBe('-100');
    expect(() => meterErrorCorrection(dec('-100'))).toThrow(expect.objectContaining({ code: 'BACK_BILLING.METER_ERROR_TOO_LARGE' }));
  });

  it('is billed by the usual use while it stood still', () => {
    expect(text(stoppedMeterEnergy(dec('12.5'), 9, dec('10')))).toBe('103'); // 112.5 − 10 = 102.5
    expect(text(stoppedMeterEnergy(dec('1'), 5, dec('10')))).toBe('0');
  });

  it('is found by counting turns', () => {
    const test = { constant: dec('3600'), turns: dec('6') };
    // 6 × 3600 ÷ (3600 × 0.06) = 100 s; (100 − 60) ÷ 60 = 66.67 %
    const seconds = theoreticalSeconds(test, dec('0.06'));
    expect(text(seconds)).toBe('100');
    expect(text(errorFromSeconds(seconds, dec('60')).toDecimalPlaces(1))).toBe('66.7');
    // 10 × 3600 × 20 ÷ (450 × 20) = 80 kW
    expect(text(measuredPower({ constant: dec('450'), turns: dec('10'), multiplier: dec('20') }, dec('20')))).toBe('80');
    expect(text(errorFromPower(dec('80'), dec('100')))).toBe('-20');
    for (const broken of [() => theoreticalSeconds(test, dec('0')), () => measuredPower(test, dec('0')), () => errorFromSeconds(seconds, dec('0'))]) {
      expect(broken).toThrow(expect.objectContaining({ code: 'BACK_BILLING.METER_TEST_INVALID' }));
    }
  });
});

describe('use without right', () => {
  it('theft: load × hours × days × price, and three times that', () => {
    const result = backBillLoads([{ load: dec('2'), hoursPerDay: dec('12'), days: 180, price: dec('0.40') }], dec('3'));
    expect([text(result.energy), fen(result.charge), fen(result.penalty)]).toEqual(['4320', '1728.00', '5184.00']);
  });

  it('leaves out what was billed all the same', () => {
    const load = { load: dec('1'), hoursPerDay: dec('1'), days: 10, price: dec('1') };
    expect(text(unbilledEnergy({ ...load, billedEnergy: dec('4') }))).toBe('6');
    expect(text(unbilledEnergy({ ...load, billedEnergy: dec('40') }))).toBe('0');
  });

  it('wrong price class: the penalty comes from the unrounded difference', () => {
    // 5400 × 0.1972 + 1620 × 0.3242 = 1590.084
    const result = backBillLoads(
      [
        { load: dec('5'), hoursPerDay: dec('12'), days: 90, price: dec('0.7625').minus(dec('0.5653')) },
        { load: dec('3'), hoursPerDay: dec('6'), days: 90, price: dec('0.8895').minus(dec('0.5653')) },
      ],
      dec('2'),
    );
    expect([fen(result.charge), fen(result.penalty)]).toEqual(['1590.08', '3180.17']);
  });

  it('unsealed equipment and unauthorised capacity: the missed capacity charge', () => {
    // 2000 × 15 × (2 + 21/30)
    const sealed = backBillCapacity([{ capacity: dec('2000'), months: 2, days: 21, dayBasis: 30 }], dec('15'), dec('2'));
    expect([fen(sealed.charge), fen(sealed.penalty)]).toEqual(['81000.00', '162000.00']);
    // half was paid during the suspension
    expect(fen(backBillCapacity([{ capacity: dec('2000'), months: 2, days: 21, dayBasis: 30, paidShare: dec('0.5') }], dec('15'), dec('2')).charge)).toBe('40500.00');
    expect(fen(penaltyByCapacity([dec('10'), dec('5.5')], dec('50')).penalty)).toBe('775.00');
    expect(() => backBillCapacity([{ capacity: dec('1'), months: -1, days: 0, dayBasis: 30 }], dec('1'), dec('1'))).toThrow(expect.objectContaining({ code: 'BACK_BILLING.DAYS_OUT_OF_RANGE' }));
  });
});

describe('other settlements', () => {
  it('temporary supply: nothing back after half of the term, half before it', () => {
    const supply = { load: dec('30'), hoursPerDay: dec('6'), agreedDays: 90, price: dec('0.20'), usedDays: 60, prepaid: dec('5000') };
    // 30 × 6 × 90 × 0.20 = 3240
    expect(fen(settleTemporarySupply(supply).refund)).toBe('1760.00');
    expect(fen(settleTemporarySupply({ ...supply, usedDays: 45 }).charge)).toBe('3240.00');
    expect(fen(settleTemporarySupply({ ...supply, usedDays: 44 }).charge)).toBe('1620.00');
  });

  it('missed reactive energy: the adjustment is taken out and put in anew', () => {
    const input = { active: dec('40000'), reactive: dec('30000'), missed: dec('9670'), chargeWithAdjustment: dec('12600'), standard: '0.90' as const };
    // 12600 ÷ 1.05 × 1.095
    const result = correctPowerFactor(input);
    expect([fen(result.correctedCharge), fen(result.backBilled)]).toEqual(['13140.00', '540.00']);
  });

  it('an outage of ours: four times the average price of what was not delivered', () => {
    // 30 h × 30000 ÷ 720 × 0.40 × 4
    const outage = { hours: dec('30'), monthlyEnergy: dec('30000'), daysInMonth: 30, averagePrice: dec('0.40'), multiple: dec('4') };
    expect(fen(outageCompensation(outage))).toBe('2000.00');
    expect(fen(outageCompensation({ ...outage, multiple: dec('5') }))).toBe('2500.00');
  });

  it('the energy that lowers an average price, where any does', () => {
    // 15000 ÷ (0.50 − 0.40)
    expect(text(energyForAveragePrice(dec('15000'), dec('0.40'), dec('0.50')))).toBe('150000');
    expect(() => energyForAveragePrice(dec('15000'), dec('0.40'), dec('0.40'))).toThrow(expect.objectContaining({ code: 'BACK_BILLING.TARGET_BELOW_PRICE' }));
  });
});
