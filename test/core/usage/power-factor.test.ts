import * as fc from 'fast-check';
import { dec, Decimal, text } from '../../../src/core/quantity';
import {
  billingDemand, effectiveContractDemand, minimumContractDemand, powerFactorOf, powerFactorRatePercent, powerFactorStandardOf, rawPowerFactor,
  reachesLoadRate, roundPowerFactor,
} from '../../../src/core/usage';

const STANDARDS = ['0.90', '0.85', '0.80'] as const;

describe('power factor', () => {
  it('is Wp ÷ √(Wp² + Wq²), rounded half-up to two decimals', () => {
    // 40000 and 30000 kvarh: 4-3-5 triangle
    expect(text(rawPowerFactor(dec('40000'), dec('30000')) ?? dec('0'))).toBe('0.8');
    expect(text(roundPowerFactor(dec('0.855')))).toBe('0.86');
    expect(text(roundPowerFactor(dec('0.754')))).toBe('0.75');
  });

  it('is not adjusted without any energy, and is 1 without reactive energy', () => {
    expect(powerFactorOf(dec('0'), dec('0'), '0.90')).toEqual({ raw: null, factor: null, ratePercent: dec('0') });
    expect(text(powerFactorOf(dec('5'), dec('0'), '0.90').ratePercent)).toBe('-0.75');
    // reactive energy alone: factor 0, the lowest row
    expect(text(powerFactorOf(dec('0'), dec('5'), '0.90').ratePercent)).toBe('145');
  });

  it('bears no adjustment where no standard applies', () => {
    expect(text(powerFactorOf(dec('40'), dec('30'), 'none').ratePercent)).toBe('0');
  });

  it('goes by the table of 1983, and 2 points for each 0.01 below its last row', () => {
    expect(text(powerFactorRatePercent(dec('0.65'), '0.90'))).toBe('15');
    expect(text(powerFactorRatePercent(dec('0.64'), '0.90'))).toBe('17');
    expect(text(powerFactorRatePercent(dec('0.78'), '0.85'))).toBe('3.5');
    expect(text(powerFactorRatePercent(dec('0.91'), '0.80'))).toBe('-1.15');
    expect(text(powerFactorRatePercent(dec('0.26'), '0.80'))).toBe('73');
    expect(text(powerFactorRatePercent(dec('0.25'), '0.80'))).toBe('75');
  });

  it('has a linear scheme: 1 % up and 0.5 % down for each 0.01', () => {
    expect(text(powerFactorRatePercent(dec('0.85'), '0.90', 'linear'))).toBe('5');
    expect(text(powerFactorRatePercent(dec('0.95'), '0.90', 'linear'))).toBe('-2.5');
  });

  it('is refused outside 0 to 1', () => {
    expect(() => powerFactorRatePercent(dec('1.01'), '0.90')).toThrow(expect.objectContaining({ code: 'USAGE.POWER_FACTOR_OUT_OF_RANGE' }));
    expect(() => powerFactorRatePercent(dec('-0.1'), '0.90')).toThrow(expect.objectContaining({ code: 'USAGE.POWER_FACTOR_OUT_OF_RANGE' }));
  });

  it('never costs more for a better factor, and never more under a lower standard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.constantFrom(...STANDARDS), (hundredths, standard) => {
        const rate = (each: number, of: (typeof STANDARDS)[number]): Decimal => powerFactorRatePercent(new Decimal(each).div(100), of);
        return rate(hundredths + 1, standard).lessThanOrEqualTo(rate(hundredths, standard)) && rate(hundredths, '0.80').lessThanOrEqualTo(rate(hundredths, '0.90'));
      }),
    );
  });

  it('falls when reactive energy grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 1000 }), (active, reactive, more) => {
        const of = (value: number): Decimal => rawPowerFactor(new Decimal(active), new Decimal(value)) ?? new Decimal(0);
        return of(reactive + more).lessThan(of(reactive)) && of(reactive).lessThanOrEqualTo(1);
      }),
    );
  });
});

describe('power-factor standard', () => {
  const customer = { customerClass: 'industrial' as const, capacity: dec('161'), highVoltage: true, onLoadRegulation: false };

  it('is 0.90 for high-voltage industry above 160 kVA, large irrigation and on-load regulation', () => {
    expect(powerFactorStandardOf(customer)).toBe('0.90');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'irrigation', capacity: dec('3200') })).toBe('0.90');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'non-industrial', capacity: dec('50'), onLoadRegulation: true })).toBe('0.90');
  });

  it('is 0.85 for other industry and non-industrial customers from 100 kVA', () => {
    expect(powerFactorStandardOf({ ...customer, capacity: dec('160') })).toBe('0.85');
    expect(powerFactorStandardOf({ ...customer, highVoltage: false })).toBe('0.85');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'irrigation', capacity: dec('3199') })).toBe('0.85');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'bulk-resale-industrial' })).toBe('0.85');
  });

  it('is 0.80 for agriculture and resale, and none below 100 kVA, for households and for the exempt', () => {
    expect(powerFactorStandardOf({ ...customer, customerClass: 'agricultural' })).toBe('0.80');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'bulk-resale', capacity: dec('100') })).toBe('0.80');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'agricultural', capacity: dec('99.9') })).toBe('none');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'residential' })).toBe('none');
    expect(powerFactorStandardOf({ ...customer, customerClass: 'exempt' })).toBe('none');
  });
});

describe('billing demand', () => {
  const rule = { rule: 'contract-with-tolerance' as const, tolerancePercent: dec('105'), excessMultiple: dec('2') };
  const shown = (contract: string, measured: string, of: Parameters<typeof billingDemand>[2] = rule): string[] => {
    const demand = billingDemand(dec(contract), dec(measured), of);
    return [text(demand.charged), text(demand.excess)];
  };

  it('is the contract up to 105 %, and the excess from there on', () => {
    expect(shown('2000', '1')).toEqual(['2000', '0']);
    expect(shown('2000', '2100')).toEqual(['2000', '0']);
    expect(shown('2000', '2100.5')).toEqual(['2000', '0.5']);
  });

  it('is the measured demand up to the contract by the older rule', () => {
    const older = { ...rule, rule: 'measured-up-to-contract' as const };
    expect(shown('2000', '1500', older)).toEqual(['1500', '0']);
    expect(shown('2000', '2100', older)).toEqual(['2000', '100']);
  });

  it('has a floor of 40 % of the approved capacity, and in some regions a cap', () => {
    expect(text(minimumContractDemand(dec('6300'), dec('40')))).toBe('2520');
    const limits = { floorPercent: dec('40'), capPercent: dec('90') };
    expect(text(effectiveContractDemand(dec('2000'), dec('6300'), limits))).toBe('2520');
    expect(text(effectiveContractDemand(dec('5670'), dec('6300'), limits))).toBe('5670');
    expect(text(effectiveContractDemand(dec('100'), dec('6300'), { floorPercent: null, capPercent: null }))).toBe('100');
    expect(text(effectiveContractDemand(dec('100'), null, limits))).toBe('100');
    expect(() => effectiveContractDemand(dec('5671'), dec('6300'), limits)).toThrow(expect.objectContaining({ code: 'USAGE.CONTRACT_DEMAND_ABOVE_CAP' }));
  });

  it('reaches the load rate at exactly 260 kWh per kVA, by the unrounded quotient', () => {
    expect(reachesLoadRate(dec('81900'), dec('315'), dec('260'))).toBe(true);
    expect(reachesLoadRate(dec('81899.99'), dec('315'), dec('260'))).toBe(false);
    expect(reachesLoadRate(dec('10'), dec('0'), dec('260'))).toBe(false);
  });
});
