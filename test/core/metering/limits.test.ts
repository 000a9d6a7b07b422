import { checkDemand, checkReading, checkUsage, multiplierOf, pointConsumption, registerDifference, registerEnergy, splitTotal } from '../../../src/core/metering';
import { dec, Decimal, text } from '../../../src/core/quantity';
import { refusal } from '../../builders/refusal';

const span = (start: string, end: string): { start: Decimal; end: Decimal } => ({ start: dec(start), end: dec(end) });
const shown = (energies: Readonly<Partial<Record<string, Decimal>>> | null): Record<string, string> =>
  Object.fromEntries(Object.entries(energies ?? {}).flatMap(([key, value]) => (value === undefined ? [] : [[key, text(value)]])));

describe('what a meter is refused for', () => {
  it('is a ratio of no whole numbers, with the ratio', () => {
    expect(() => multiplierOf([10000, 0])).toThrow(refusal('METERING.RATIO_INVALID', { ratio: '10000/0' }));
    expect(() => multiplierOf(undefined, [150, -5], '/meters/1')).toThrow(refusal('METERING.RATIO_INVALID', { ratio: '150/-5' }, '/meters/1'));
    expect([text(multiplierOf([10000, 100])), text(multiplierOf(undefined, [600, 5])), text(multiplierOf([35000, 100], [5, 150]))]).toEqual(['100', '120', `11.${'6'.repeat(57)}7`]);
  });

  it('is a reading that the dial cannot show or that fell, with the reading', () => {
    expect(() => registerEnergy(span('-1', '5'), dec('1'))).toThrow(refusal('METERING.READING_NEGATIVE', { reading: '-1' }));
    expect(() => registerEnergy({ ...span('1', '10000'), dialDigits: 4 }, dec('1'))).toThrow(refusal('METERING.READING_BEYOND_DIAL', { reading: '10000', dialDigits: '4' }));
    expect(() => registerDifference(span('5', '4'))).toThrow(refusal('METERING.READING_FELL', { start: '5', end: '4' }));
    expect(() => splitTotal(dec('10'), { peak: dec('12.5') })).toThrow(refusal('METERING.PERIODS_EXCEED_TOTAL', { total: '10', excess: '2.5' }));
  });

  it('is a roll-over beyond the limit of the meter itself, in energy, at its own place', () => {
    const meter = { meterNo: 'm', multiplier: dec('30'), registers: { total: { ...span('99990', '10'), dialDigits: 5 } } };
    // 20 × 30 = 600
    expect(() => pointConsumption([{ ...meter, rolloverLimit: dec('599') }])).toThrow(refusal('METERING.ROLLOVER_IMPLAUSIBLE', { energy: '600', limit: '599' }, '/meters/0/registers/total'));
    expect(pointConsumption([{ ...meter, rolloverLimit: dec('600') }]).meters[0]?.rolledOver).toEqual(['total']);
  });

  it('is more in the periods than in all, at its own place among the meters', () => {
    const meters = [{ meterNo: 'a', multiplier: dec('1'), registers: { total: span('0', '5') } }, { meterNo: 'b', multiplier: dec('1'), registers: { total: span('0', '5'), valley: span('0', '6') } }];
    expect(() => pointConsumption(meters)).toThrow(refusal('METERING.PERIODS_EXCEED_TOTAL', { total: '5', excess: '1' }, '/meters/1'));
  });
});

describe('registers of a meter', () => {
  it('give energy where they are read; a demand dial gives none', () => {
    const point = pointConsumption([{ meterNo: 'm', multiplier: dec('2'), registers: { total: span('0', '10'), peak: undefined, 'maximum-demand': span('0', '3') } }]);
    expect(point.meters.map(({ meterNo, energies, rolledOver }) => ({ meterNo, energies: shown(energies), rolledOver }))).toEqual([{ meterNo: 'm', energies: { total: '20' }, rolledOver: [] }]);
    expect([point.periods, point.maximumDemand, text(point.replacedEnergy)]).toEqual([null, null, '0']);
  });

  it('of all five periods are added, flat being what they leave of the total', () => {
    const registers = { total: span('0', '100'), sharp: span('0', '5'), peak: span('0', '20'), valley: span('0', '10'), 'deep-valley': span('0', '8') };
    const point = pointConsumption([{ meterNo: 'm', multiplier: dec('1'), registers }]);
    expect(shown(point.periods)).toEqual({ sharp: '5', peak: '20', flat: '57', valley: '10', 'deep-valley': '8' });
    const { sharp, peak, valley, 'deep-valley': deep } = registers;
    expect(text(pointConsumption([{ meterNo: 'm', multiplier: dec('1'), registers: { sharp, peak, valley, 'deep-valley': deep } }]).total)).toBe('43');
  });

  it('of reactive energy count forward and reverse apart and together', () => {
    const point = pointConsumption([{ meterNo: 'm', multiplier: dec('1'), registers: { total: span('0', '1'), 'reactive-forward': span('0', '7'), 'reactive-reverse': span('0', '4') } }]);
    expect([point.reactiveForward, point.reactiveReverse, point.reactive].map((value) => text(value))).toEqual(['7', '4', '11']);
  });
});

describe('findings carry what they found', () => {
  const usage = { energy: dec('100'), days: 30, usualPerDay: dec('10'), jumpPercent: dec('50'), dropPercent: dec('50'), state: 'running' as const };

  it('about readings', () => {
    expect(checkReading(dec('100000.12345'), 5)).toEqual([
      { code: 'METERING.READING_DECIMALS', params: { reading: '100000.12345' } },
      { code: 'METERING.READING_BEYOND_DIAL', params: { reading: '100000.12345', dialDigits: '5' } },
    ]);
    expect(checkReading(dec('-2'))).toEqual([{ code: 'METERING.READING_NEGATIVE', params: { reading: '-2' } }]);
    expect(checkReading(null)).toEqual([{ code: 'METERING.READING_MISSING', params: {} }]);
  });

  it('about use and demand', () => {
    expect(checkUsage({ ...usage, state: 'suspended' })).toEqual([{ code: 'METERING.USE_WHILE_SUSPENDED', params: { energy: '100' } }]);
    expect(checkUsage({ ...usage, energy: dec('0') })).toEqual([{ code: 'METERING.ZERO_USE', params: {} }]);
    // 120 % of 315 kVA
    expect(checkDemand(dec('378.5'), dec('315'), dec('120'))).toEqual([{ code: 'METERING.DEMAND_ABOVE_CAPACITY', params: { demand: '378.5', limit: '378' } }]);
  });
});
