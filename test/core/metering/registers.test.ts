import { checkDemand, checkReading, checkUsage, demandOf, estimateReading, multiplierOf, pointConsumption, registerEnergy, splitTotal } from '../../../src/core/metering';
import { dec, text } from '../../../src/core/quantity';

describe('multiplier', () => {
  it('is PT ratio × CT ratio', () => {
    // 10000/100 × 150/5 = 100 × 30
    expect(text(multiplierOf([10000, 100], [150, 5]))).toBe('3000');
    expect(text(multiplierOf(undefined, [600, 5]))).toBe('120');
    expect(text(multiplierOf())).toBe('1');
  });

  it('refuses a ratio that is not two positive whole numbers', () => {
    for (const ratio of [[0, 5], [150, 0], [1.5, 5], [-150, 5]] as const) {
      expect(() => multiplierOf(undefined, ratio, '/meters/0')).toThrow(expect.objectContaining({ code: 'METERING.RATIO_INVALID', path: '/meters/0' }));
    }
  });
});

describe('energy of a register', () => {
  it('is the difference × multiplier, rounded half-up to whole kWh, readings unrounded', () => {
    // (1130.64 − 1054.6) × 120 = 76.04 × 120 = 9124.8
    expect(text(registerEnergy({ start: dec('1054.6'), end: dec('1130.64') }, dec('120')).energy)).toBe('9125');
    // 0.0049 × 100 = 0.49 → 0; 0.005 × 100 = 0.5 → 1
    expect(text(registerEnergy({ start: dec('0'), end: dec('0.0049') }, dec('100')).energy)).toBe('0');
    expect(text(registerEnergy({ start: dec('0'), end: dec('0.005') }, dec('100')).energy)).toBe('1');
  });

  it('keeps two decimals where the region does', () => {
    // (369 − 1.64) × 120 = 44083.2
    expect(text(registerEnergy({ start: dec('1.64'), end: dec('369') }, dec('120'), { decimals: 2, rounding: 'half-up' }).energy, 2)).toBe('44083.20');
  });

  it('passes zero once, by the digits of the dial', () => {
    // 12.25 − 99990.5 + 100000 = 21.75; × 30 = 652.5 → 653
    const energy = registerEnergy({ start: dec('99990.5'), end: dec('12.25'), dialDigits: 5 }, dec('30'));
    expect(text(energy.difference)).toBe('21.75');
    expect(text(energy.energy)).toBe('653');
    expect(energy.rolledOver).toBe(true);
  });

  it('is refused and not guessed where a reading fell', () => {
    const fallen = { start: dec('100'), end: dec('99') };
    expect(() => registerEnergy(fallen, dec('1'))).toThrow(expect.objectContaining({ code: 'METERING.READING_FELL', params: { start: '100', end: '99' } }));
    // 99999 kWh after the roll-over, more than the 500 that the account's history allows
    expect(() => registerEnergy({ ...fallen, dialDigits: 5 }, dec('1'), undefined, dec('500'))).toThrow(expect.objectContaining({ code: 'METERING.ROLLOVER_IMPLAUSIBLE' }));
    expect(text(registerEnergy({ start: dec('99900'), end: dec('399'), dialDigits: 5 }, dec('1'), undefined, dec('499')).energy)).toBe('499');
  });

  it('is refused for readings that the dial cannot show', () => {
    expect(() => registerEnergy({ start: dec('-1'), end: dec('5') }, dec('1'))).toThrow(expect.objectContaining({ code: 'METERING.READING_NEGATIVE' }));
    expect(() => registerEnergy({ start: dec('1'), end: dec('10000'), dialDigits: 4 }, dec('1'))).toThrow(expect.objectContaining({ code: 'METERING.READING_BEYOND_DIAL' }));
  });
});

describe('time of use', () => {
  it('gives flat what the other periods leave of the total', () => {
    const split = splitTotal(dec('511800'), { peak: dec('107700'), valley: dec('80400'), flat: dec('1') });
    expect(text(split.flat ?? dec('0'))).toBe('323700');
    expect(text(splitTotal(dec('10'), { 'deep-valley': dec('10') }).flat ?? dec('9'))).toBe('0');
  });

  it('is an exception where the parts exceed the total', () => {
    expect(() => splitTotal(dec('10'), { peak: dec('11') }, 'flat', '/p')).toThrow(
      expect.objectContaining({ code: 'METERING.PERIODS_EXCEED_TOTAL', path: '/p', params: { total: '10', excess: '1' } }),
    );
  });
});

describe('a usage point', () => {
  const span = (start: string, end: string): { start: ReturnType<typeof dec>; end: ReturnType<typeof dec> } => ({ start: dec(start), end: dec(end) });

  it('adds the meters of a cycle, each rounded with its own multiplier, and shows replaced energy apart', () => {
    const point = pointConsumption([
      { meterNo: 'old', multiplier: dec('30'), replaced: true, registers: { total: span('0', '0.05'), 'reactive-forward': span('0', '1'), 'reactive-reverse': span('0', '2') }, demandReadings: [dec('0.1'), dec('0.4')] },
      { meterNo: 'new', multiplier: dec('40'), registers: { total: span('5', '5.0375') }, demandReadings: [dec('0.25')] },
    ]);
    // 0.05 × 30 = 1.5 → 2; 0.0375 × 40 = 1.5 → 2; together 4, not 3
    expect(text(point.total)).toBe('4');
    expect(text(point.replacedEnergy)).toBe('2');
    expect(text(point.reactive)).toBe('90');
    // demands 3, 12 and 10 kW
    expect(text(point.maximumDemand ?? dec('0'))).toBe('12');
    expect(point.periods).toBeNull();
  });

  it('lets a plain meter before a time-of-use meter count in flat', () => {
    const point = pointConsumption([
      { meterNo: 'plain', multiplier: dec('1'), registers: { total: span('0', '100') } },
      { meterNo: 'tou', multiplier: dec('1'), registers: { total: span('0', '50'), peak: span('0', '20') } },
    ]);
    expect(text(point.periods?.flat ?? dec('0'))).toBe('130');
    expect(text(point.periods?.peak ?? dec('0'))).toBe('20');
  });

  it('adds the periods where there is no total dial', () => {
    const point = pointConsumption([{ meterNo: 'm', multiplier: dec('1'), registers: { peak: span('0', '3'), flat: span('0', '4') } }]);
    expect(text(point.total)).toBe('7');
  });

  it('names the register that could not be worked', () => {
    const meters = [{ meterNo: 'm', multiplier: dec('1'), registers: { total: span('3', '2') } }];
    expect(() => pointConsumption(meters, undefined, 'flat', '/usagePoints/0')).toThrow(expect.objectContaining({ path: '/usagePoints/0/meters/0/registers/total' }));
  });
});

describe('plausibility', () => {
  const usage = { energy: dec('100'), days: 30, usualPerDay: dec('10'), jumpPercent: dec('50'), dropPercent: dec('50'), state: 'running' as const };
  const codes = (findings: readonly { code: string }[]): string[] => findings.map((finding) => finding.code);

  it('tells a missing, a negative, a too fine and a too large reading', () => {
    expect(codes(checkReading(null))).toEqual(['METERING.READING_MISSING']);
    expect(codes(checkReading(dec('-1.12345')))).toEqual(['METERING.READING_NEGATIVE', 'METERING.READING_DECIMALS']);
    expect(codes(checkReading(dec('100000'), 5))).toEqual(['METERING.READING_BEYOND_DIAL']);
    expect(checkReading(dec('99999.9999'), 5)).toEqual([]);
  });

  it('tells a jump and a drop against the usual use of as many days', () => {
    // usual 10 × 30 = 300; 100 is −66.7 %, 451 is +50.3 %, 450 exactly +50 %
    expect(checkUsage(usage)).toEqual([{ code: 'METERING.USAGE_DROP', params: { energy: '100', usual: '300', changePercent: '-66.7' } }]);
    expect(codes(checkUsage({ ...usage, energy: dec('451') }))).toEqual(['METERING.USAGE_JUMP']);
    expect(checkUsage({ ...usage, energy: dec('450') })).toEqual([]);
    expect(checkUsage({ ...usage, jumpPercent: null, dropPercent: null })).toEqual([]);
    expect(checkUsage({ ...usage, usualPerDay: null })).toEqual([]);
    expect(checkUsage({ ...usage, usualPerDay: dec('0') })).toEqual([]);
  });

  it('tells no use of a running account and any use of a suspended one', () => {
    expect(codes(checkUsage({ ...usage, energy: dec('0') }))).toEqual(['METERING.ZERO_USE']);
    expect(codes(checkUsage({ ...usage, state: 'suspended' }))).toEqual(['METERING.USE_WHILE_SUSPENDED']);
    expect(checkUsage({ ...usage, energy: dec('0'), state: 'suspended' })).toEqual([]);
  });

  it('tells a demand that the transformers cannot carry', () => {
    expect(checkDemand(dec('378'), dec('315'), dec('120'))).toEqual([]);
    expect(codes(checkDemand(dec('378.1'), dec('315'), dec('120')))).toEqual(['METERING.DEMAND_ABOVE_CAPACITY']);
    expect(text(demandOf(dec('0.6302'), dec('600')))).toBe('378.12');
  });

  it('puts an estimated reading forward by the usual energy, through zero where the dial ends', () => {
    // 100 kWh ÷ 30 = 3.3333
    expect(text(estimateReading(dec('10'), dec('100'), dec('30')))).toBe('13.3333');
    expect(text(estimateReading(dec('99999'), dec('90'), dec('30'), 5))).toBe('2');
  });
});
