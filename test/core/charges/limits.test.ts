import {
  blockEnergies, capacityDayRuleOf, capacityMonth, chargeTimeOfUseBlocks, daysAroundSealing, drawFromBlocks, energyCharge, extendBlocks, openBlockYear, shareByDays, shareWhileSuspendedOf,
  withMinimumSuspension, withRunDays,
} from '../../../src/core/charges';
import { dec, Decimal, text } from '../../../src/core/quantity';
import { refusal } from '../../builders/refusal';

const texts = (values: readonly (Decimal | null)[]): (string | null)[] => values.map((value) => (value === null ? null : text(value)));
const fen = (value: Decimal): string => text(value, 2);

describe('days of a cycle', () => {
  it('that are negative are refused with all of them', () => {
    expect(() => shareByDays(dec('10'), [5, -1, 3])).toThrow(refusal('CHARGES.DAYS_OUT_OF_RANGE', { days: '5, -1, 3' }));
    expect(() => shareByDays(dec('10'), [0, 0])).toThrow(refusal('CHARGES.DAYS_OUT_OF_RANGE', { days: '0, 0' }));
  });

  it('never get more than is left where parts are rounded up', () => {
    expect(texts(shareByDays(dec('1'), [10, 10, 10], 0, 'up'))).toEqual(['1', '0', '0']);
  });

  it('share a correction downwards too: small parts are nothing, the last takes what remains', () => {
    // −1 × 10/30 = −0.33 → 0
    expect(texts(shareByDays(dec('-1'), [10, 10, 10]))).toEqual(['0', '0', '-1']);
    const [, idle] = shareByDays(dec('-100'), [10, 0, 20]);
    expect(idle?.isNegative()).toBe(false);
  });
});

describe('months around a change of rule', () => {
  it('June 2024 is the first that counts calendar days, January 2016 the first in which a suspension is free', () => {
    expect(['2024-05', '2024-06', '2024-07'].map((month) => capacityDayRuleOf('by-date', month))).toEqual(['1996-thirtieth', '2024-calendar-days', '2024-calendar-days']);
    expect([capacityDayRuleOf('1996-thirtieth', '2026-06'), capacityDayRuleOf('2024-calendar-days', '2020-01')]).toEqual(['1996-thirtieth', '2024-calendar-days']);
    expect(['2015-12', '2016-01', '2016-02'].map((month) => text(shareWhileSuspendedOf(null, month)))).toEqual(['0.5', '0', '0']);
    expect(text(shareWhileSuspendedOf('0.3', '2026-01'))).toBe('0.3');
  });
});

describe('days of a transformer', () => {
  it('are refused below zero, and above the month, with what was stated', () => {
    expect(() => capacityMonth('1996-thirtieth', 30, -1, 5)).toThrow(refusal('CHARGES.DAYS_OUT_OF_RANGE', { runDays: '-1', suspendedDays: '5' }));
    expect(() => capacityMonth('1996-thirtieth', 30, 5, -1)).toThrow(refusal('CHARGES.DAYS_OUT_OF_RANGE', { runDays: '5', suspendedDays: '-1' }));
    expect(capacityMonth('2024-calendar-days', 30, 0, 30)).toEqual({ dayBasis: 30, serviceDays: 0, suspendedDays: 30 });
  });

  it('fill a February of 28 days to thirty, and leave out the days before connection', () => {
    // 10 run, 18 suspended: 10/30 and the rest 20/30
    expect(capacityMonth('1996-thirtieth', 28, 10, 18)).toEqual({ dayBasis: 30, serviceDays: 10, suspendedDays: 20 });
    // connected on the 17th: 10 run, 5 suspended, 16 not connected
    expect(capacityMonth('1996-thirtieth', 31, 10, 5)).toEqual({ dayBasis: 30, serviceDays: 10, suspendedDays: 5 });
    expect(capacityMonth('1996-thirtieth', 31, 0, 30)).toEqual({ dayBasis: 30, serviceDays: 0, suspendedDays: 30 });
    // 29 run and one suspended of 31, one not connected: one thirtieth is left, and it is the suspended one
    expect(capacityMonth('1996-thirtieth', 31, 29, 1)).toEqual({ dayBasis: 30, serviceDays: 29, suspendedDays: 1 });
    expect(capacityMonth('1996-thirtieth', 31, 30, 0)).toEqual({ dayBasis: 30, serviceDays: 30, suspendedDays: 0 });
  });

  it('start with the first and end with the last of the month', () => {
    expect(daysAroundSealing({ sealedOnDay: 1 }, 30)).toEqual({ runDays: 0, suspendedDays: 30 });
    expect(daysAroundSealing({ sealedOnDay: 30 }, 30)).toEqual({ runDays: 29, suspendedDays: 1 });
    expect(daysAroundSealing({ unsealedOnDay: 1 }, 30)).toEqual({ runDays: 30, suspendedDays: 0 });
    for (const day of [0, 31, 1.5]) expect(() => daysAroundSealing({ unsealedOnDay: day }, 30)).toThrow(refusal('CHARGES.DAYS_OUT_OF_RANGE', { day: String(day), daysInMonth: '30' }));
  });

  it('stay as they are where nothing was suspended or the suspension was long enough', () => {
    const month = capacityMonth('1996-thirtieth', 30, 20, 0);
    expect(withMinimumSuspension(month, 0, 15)).toEqual({ dayBasis: 30, serviceDays: 20, suspendedDays: 0 });
  });

  it('by a rule for parts of a month leave only the rest suspended, and an idle month idle', () => {
    const month = capacityMonth('1996-thirtieth', 30, 10, 20);
    expect(withRunDays(month, 'half-month')).toEqual({ dayBasis: 30, serviceDays: 15, suspendedDays: 15 });
    expect(withRunDays(month, 'none')).toEqual({ dayBasis: 30, serviceDays: 0, suspendedDays: 20 });
    expect(withRunDays(month, 'whole-month')).toEqual({ dayBasis: 30, serviceDays: 30, suspendedDays: 0 });
    const idle = capacityMonth('1996-thirtieth', 30, 0, 30);
    expect(withRunDays(idle, 'half-month')).toEqual(idle);
  });
});

describe('energy without a price', () => {
  it('is refused with component, period and energy; a period that is not stated has no line', () => {
    expect(() => energyCharge({ sharp: dec('2.5') }, [{ component: 'energy', prices: {} }])).toThrow(refusal('CHARGES.PRICE_MISSING', { component: 'energy', period: 'sharp', energyKwh: '2.5' }));
    const lines = energyCharge({ peak: undefined, flat: dec('3') }, [{ component: 'energy', prices: { peak: dec('1'), flat: dec('2') } }]);
    expect(lines.map(({ period, amount }) => `${period} ${fen(amount)}`)).toEqual(['flat 6.00']);
  });
});

describe('blocks', () => {
  it('are refused with the limit that falls, or with the energy that is left over', () => {
    expect(() => blockEnergies(dec('1'), [dec('200'), dec('100'), null])).toThrow(refusal('CHARGES.BLOCKS_NOT_RISING', { limit: '100' }));
    expect(() => blockEnergies(dec('300'), [dec('200')])).toThrow(refusal('CHARGES.BLOCKS_CLOSED', { energyKwh: '100' }));
    expect(() => drawFromBlocks(openBlockYear('2026', [dec('10')]), dec('12.5'))).toThrow(refusal('CHARGES.BLOCKS_CLOSED', { energyKwh: '2.5' }));
  });

  it('grow by the months that are left, from the first to the last', () => {
    const year = openBlockYear('2026', [dec('2760'), null]);
    expect([1, 12].map((month) => texts(extendBlocks(year, dec('100'), month).remaining))).toEqual([['3960', null], ['2860', null]]);
    for (const month of [0, 13, 1.5]) expect(() => extendBlocks(year, dec('100'), month)).toThrow(refusal('CHARGES.MONTH_OUT_OF_RANGE', { month: String(month) }));
  });

  it('that are open from the first on need no extension', () => {
    expect(texts(openBlockYear('2026', [null], dec('100')).remaining)).toEqual([null]);
  });
});

describe('blocks with prices for the periods', () => {
  const prices = [{ peak: dec('0.617') }, { peak: dec('0.677') }];
  const blocks = { limits: [dec('3120'), dec('4800')], prices, crossingIncrements: [dec('0'), dec('0.05')] };

  it('stay at the last prices where the total stands on the last limit', () => {
    expect(chargeTimeOfUseBlocks({ peak: dec('0') }, dec('4801'), blocks).periods.map(({ price }) => text(price))).toEqual(['0.677']);
  });

  it('have the prices of the first block until its limit is used up', () => {
    // 120 × 0.617
    expect(fen(chargeTimeOfUseBlocks({ peak: dec('120') }, dec('3000'), blocks).amount)).toBe('74.04');
    expect(() => chargeTimeOfUseBlocks({ valley: dec('2') }, dec('0'), blocks)).toThrow(refusal('CHARGES.PRICE_MISSING', { component: 'block', period: 'valley', energyKwh: '2' }));
  });
});
