import * as fc from 'fast-check';
import {
  actualDemandCharge, addOnCharge, baseWithoutContained, capacityCharge, capacityMonth, contractDemandCharge, daysAroundSealing, energyCharge, loadRatePrice,
  periodPrice, powerFactorAdjustment, priceLine, seasonPrice, shareBasicCharge, shareByDays, surchargeLines, totalAmount, withMinimumSuspension, withRunDays,
} from '../../../src/core/charges';
import { dec, Decimal, sum, text } from '../../../src/core/quantity';

const fen = (value: Decimal): string => text(value, 2);

describe('a priced line', () => {
  it('is rounded to the fen once, half away from zero', () => {
    expect(fen(priceLine(dec('95'), dec('0.5769')).amount)).toBe('54.81');
    expect(fen(priceLine(dec('1'), dec('0.005')).amount)).toBe('0.01');
    expect(fen(priceLine(dec('1'), dec('-0.005')).amount)).toBe('-0.01');
    expect(text(priceLine(dec('95'), dec('0.5769')).exactAmount)).toBe('54.8055');
  });
});

describe('energy charge', () => {
  it('has a line for each component and period, each rounded by itself', () => {
    const lines = energyCharge({ peak: dec('6910.35'), flat: dec('12890.64') }, [
      { component: 'energy', prices: { peak: dec('0.642117'), flat: dec('0.377716') } },
      { component: 'fund', prices: { peak: dec('0.0062'), flat: dec('0.0062') } },
    ]);
    // 4437.2532…, 4869.0009…, 42.844…, 79.921…
    expect(lines.map((line) => `${line.component}.${line.period} ${fen(line.amount)}`)).toEqual(['energy.peak 4437.25', 'energy.flat 4869.00', 'fund.peak 42.84', 'fund.flat 79.92']);
    expect(fen(totalAmount(lines))).toBe('9429.01');
  });

  it('does without a price only where there is no energy', () => {
    const flatOnly = [{ component: 'energy', prices: { flat: dec('1') } }];
    expect(energyCharge({ sharp: dec('0'), flat: dec('1') }, flatOnly)).toHaveLength(1);
    expect(() => energyCharge({ sharp: dec('1') }, flatOnly)).toThrow(expect.objectContaining({ code: 'CHARGES.PRICE_MISSING', params: { component: 'energy', period: 'sharp', energyKwh: '1' } }));
  });
});

describe('prices that are derived', () => {
  it('round a season price to four decimals and leave a period price as it is', () => {
    expect(text(seasonPrice(dec('0.6550'), dec('0.9')))).toBe('0.5895');
    expect(text(seasonPrice(dec('0.6555'), dec('0.9')))).toBe('0.59'); // 0.58995 → 0.5900
    expect(text(periodPrice(dec('0.45'), dec('1.58')))).toBe('0.711');
    expect(text(periodPrice(dec('0.4567'), dec('1.58'), 4))).toBe('0.7216'); // 0.721586
  });
});

describe('a change of price inside the cycle', () => {
  it('shares the energy by days, the remainder to the last version', () => {
    expect(shareByDays(dec('1000'), [12, 19]).map((each) => text(each))).toEqual(['387', '613']);
    expect(shareByDays(dec('100'), [10, 10, 10, 0]).map((each) => text(each))).toEqual(['33', '33', '34', '0']);
    expect(() => shareByDays(dec('1'), [0, 0])).toThrow(expect.objectContaining({ code: 'CHARGES.DAYS_OUT_OF_RANGE' }));
  });

  it('never loses energy', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 5 }), (energy, days) => {
        fc.pre(days.some((each) => each > 0));
        return sum(shareByDays(new Decimal(energy), days)).equals(energy);
      }),
    );
  });
});

describe('capacity charge', () => {
  const charge = (capacity: string, price: string, month: ReturnType<typeof capacityMonth>, share = '0'): string =>
    fen(capacityCharge({ capacity: dec(capacity), price: dec(price), month, shareWhileSuspended: dec(share) }).amount);

  it('is kVA × price for a full month, whatever its length', () => {
    for (const days of [28, 29, 30, 31]) {
      expect(charge('630', '15', capacityMonth('1996-thirtieth', days, days, 0))).toBe('9450.00');
      expect(charge('630', '15', capacityMonth('2024-calendar-days', days, days, 0))).toBe('9450.00');
    }
  });

  it('counts a day as 1/30 by the rule of 1996, and by the calendar since 2024', () => {
    // 1000 × 29 × 15/29 and × 15/30
    expect(charge('1000', '29', capacityMonth('2024-calendar-days', 29, 15, 14))).toBe('15000.00');
    expect(charge('1000', '29', capacityMonth('1996-thirtieth', 29, 15, 14))).toBe('14500.00');
  });

  it('charges a suspended part at 50 % by the older rule', () => {
    // 1000 × 15 × (10 + 20 × 0.5)/30
    expect(charge('1000', '15', capacityMonth('1996-thirtieth', 30, 10, 20), '0.5')).toBe('10000.00');
    expect(capacityMonth('1996-thirtieth', 31, 10, 21)).toEqual({ dayBasis: 30, serviceDays: 10, suspendedDays: 20 });
  });

  it('divides last, so that thirds of a month do not spoil the rounding', () => {
    // 1 × 0.03 × 5/30 = 0.005 exactly → 0.01
    expect(charge('1', '0.03', capacityMonth('1996-thirtieth', 30, 5, 0))).toBe('0.01');
  });

  it('does not charge the day of sealing and charges the day of unsealing', () => {
    expect(daysAroundSealing({ sealedOnDay: 11 }, 30)).toEqual({ runDays: 10, suspendedDays: 20 });
    expect(daysAroundSealing({ unsealedOnDay: 11 }, 30)).toEqual({ runDays: 20, suspendedDays: 10 });
    expect(daysAroundSealing({ sealedOnDay: 5, unsealedOnDay: 25 }, 30)).toEqual({ runDays: 10, suspendedDays: 20 });
    // unsealed on the 5th, sealed again on the 25th: runs from 5 to 24
    expect(daysAroundSealing({ sealedOnDay: 25, unsealedOnDay: 5 }, 30)).toEqual({ runDays: 20, suspendedDays: 10 });
    expect(daysAroundSealing({ sealedOnDay: 7, unsealedOnDay: 7 }, 30)).toEqual({ runDays: 30, suspendedDays: 0 });
    expect(daysAroundSealing({}, 31)).toEqual({ runDays: 31, suspendedDays: 0 });
    expect(() => daysAroundSealing({ sealedOnDay: 31 }, 30)).toThrow(expect.objectContaining({ code: 'CHARGES.DAYS_OUT_OF_RANGE' }));
  });

  it('charges a suspension shorter than 15 days in full', () => {
    const month = capacityMonth('1996-thirtieth', 30, 16, 14);
    expect(withMinimumSuspension(month, 14, 15)).toEqual({ dayBasis: 30, serviceDays: 30, suspendedDays: 0 });
    expect(withMinimumSuspension(month, 15, 15)).toEqual(month);
  });

  it('can count a part of a month as nothing, half or whole', () => {
    const month = capacityMonth('1996-thirtieth', 30, 10, 0);
    expect(withRunDays(month, 'actual-days')).toEqual(month);
    expect(withRunDays(month, 'none').serviceDays).toBe(0);
    expect(withRunDays(month, 'half-month').serviceDays).toBe(15);
    expect(withRunDays(month, 'whole-month').serviceDays).toBe(30);
    expect(withRunDays(capacityMonth('1996-thirtieth', 30, 30, 0), 'none').serviceDays).toBe(30);
  });

  it('refuses more days than the month has', () => {
    expect(() => capacityMonth('1996-thirtieth', 30, 20, 11)).toThrow(expect.objectContaining({ code: 'CHARGES.DAYS_OUT_OF_RANGE' }));
  });
});

describe('demand charge', () => {
  const rule = { rule: 'contract-with-tolerance' as const, tolerancePercent: dec('105'), excessMultiple: dec('2') };

  it('charges the contract, and double what lies above 105 % of it', () => {
    // 1000 × 40 + 150 × 80
    const charge = contractDemandCharge(dec('1000'), dec('1200'), dec('40'), rule);
    expect(fen(charge.amount)).toBe('52000.00');
    expect(fen(charge.excess?.amount ?? dec('0'))).toBe('12000.00');
    expect(contractDemandCharge(dec('1000'), dec('1050'), dec('40'), rule).excess).toBeNull();
  });

  it('is measured × price, with 90 % of the price at a high load rate', () => {
    expect(fen(actualDemandCharge(dec('900.5'), dec('48')).amount)).toBe('43224.00');
    expect(text(loadRatePrice(dec('48'), true, dec('90')))).toBe('43.2');
    expect(text(loadRatePrice(dec('48'), false, dec('90')))).toBe('48');
  });

  it('is shared over categories to the fen', () => {
    expect(shareBasicCharge(dec('100.00'), [dec('1'), dec('1'), dec('1')]).map(fen)).toEqual(['33.34', '33.33', '33.33']);
    expect(shareBasicCharge(dec('1'), [])).toEqual([]);
  });
});

describe('other charges', () => {
  it('adjust the named lines for the power factor', () => {
    // 310552.50 × −0.75 % = −2329.14375
    expect(fen(powerFactorAdjustment(dec('310552.50'), dec('-0.75')).amount)).toBe('-2329.14');
    // 45635.20 × (0.8504 − 0.0298) = 37448.245…
    expect(fen(baseWithoutContained({ total: dec('45635.20') }, { total: dec('0.8504') }, dec('0.0298')))).toBe('37448.25');
  });

  it('take every surcharge of its own energy', () => {
    const lines = surchargeLines([{ name: 'a', price: dec('0.00196875'), energy: dec('511800') }, { name: 'b', price: dec('0.007'), energy: dec('1000') }]);
    expect(lines.map((line) => `${line.name} ${fen(line.amount)}`)).toEqual(['a 1007.61', 'b 7.00']);
  });

  it('take an add-on price of all energy or of energy without transformer loss', () => {
    const energy = { billed: dec('1100'), transformerLoss: dec('100') };
    expect(fen(addOnCharge(energy, 'billed', dec('0.02')).amount)).toBe('22.00');
    expect(fen(addOnCharge(energy, 'billed-without-transformer-loss', dec('0.02')).amount)).toBe('20.00');
  });
});
