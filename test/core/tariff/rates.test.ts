import { dec, sum, text } from '../../../src/core/quantity';
import {
  allowedParts, canonicalJson, labelsByPeriod, prepareTariff, Rates, TariffDocument, TariffPlan, TariffSurcharge,
} from '../../../src/core/tariff';
import { limitsText } from '../../../src/core/tariff/prepared-blocks';
import { plainPlan, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';
import { refusal } from '../../builders/refusal';

const NAMELESS = { zh: '', en: '' };
const PLACES = { season: 4, period: 4 };
const HALVES = [{ period: 'peak' as const, from: '08:00', to: '20:00' }, { period: 'flat' as const, from: '20:00', to: '08:00' }];
const CALENDARS = [
  { calendarId: 'other', complete: true, seasons: [{ season: 'never', months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], windows: [{ period: 'valley' as const, from: '00:00', to: '24:00' }] }] },
  { calendarId: 'seasons', complete: true, seasons: [{ season: 'wet', months: [6, 7], windows: HALVES }, { season: 'dry', months: [1, 2, 3, 4, 5, 8, 9, 10, 11, 12], windows: HALVES }] },
];

const ratesOf = (tariff: TariffDocument, day = '2026-06-01', places: Parameters<ReturnType<typeof prepareTariff>['ratesFor']>[4] = PLACES): Rates =>
  prepareTariff(tariff, 'hash').ratesFor(tariff.plans[0]?.planId ?? '', tariff.plans[0]?.category ?? 'residential', '1-10kv', day, places);
const pricesOf = (rates: Rates): Record<string, Record<string, string>> =>
  Object.fromEntries(rates.components.map(({ component, byPeriod }) => [component.component, Object.fromEntries(Object.entries(byPeriod).map(([period, price]) => [period, price.text]))]));
const levy = (name: string, more: Partial<TariffSurcharge> = {}): TariffSurcharge => ({ name, title: NAMELESS, pricePerKwh: '0.01', placement: 'on-top', kind: 'fund', ...more });

describe('rates of a tariff', () => {
  it('are those of the season, and of rows that hold all the year', () => {
    const prices: TariffPlan['prices'] = [
      { voltages: ['1-10kv'], season: 'wet', prices: { energy: { peak: '1.2', flat: '0.8' } } },
      { voltages: ['1-10kv'], season: 'dry', prices: { energy: { peak: '1.4', flat: '0.9' } } },
      { voltages: ['1-10kv'], prices: { fund: { peak: '0.02', flat: '0.01' } } },
      { voltages: ['20kv'], prices: { fund: { peak: '9', flat: '9' } } },
    ];
    const tariff = tariffOf([timeOfUsePlan('1', '1', '1', { calendarId: 'seasons', prices })], { calendars: CALENDARS, components: ['energy', 'fund', 'unused'].map((component) => ({ component, title: NAMELESS })) });
    expect([ratesOf(tariff).season, ratesOf(tariff).periods, pricesOf(ratesOf(tariff))]).toEqual(['wet', ['peak', 'flat'], { energy: { peak: '1.2', flat: '0.8' }, fund: { peak: '0.02', flat: '0.01' } }]);
    expect([ratesOf(tariff, '2026-08-31').season, pricesOf(ratesOf(tariff, '2026-08'))]).toEqual(['dry', { energy: { peak: '1.4', flat: '0.9' }, fund: { peak: '0.02', flat: '0.01' } }]);
  });

  it('come from factors where the price is not printed, rounded at each step as asked', () => {
    const factors = { bySeason: { wet: '0.9' }, byPeriod: { peak: '1.5871', flat: '0.5' } };
    const tariff = tariffOf([timeOfUsePlan('1', '1', '1', { calendarId: 'seasons', prices: [{ voltages: ['1-10kv'], prices: { energy: { total: '0.65555', flat: '0.4' } } }], factors })], { calendars: CALENDARS });
    // season: 0.65555 × 0.9 = 0.589995 → 0.5900; × 1.5871 = 0.936389 → 0.9364; flat as printed × 0.9 = 0.36
    expect(pricesOf(ratesOf(tariff))).toEqual({ energy: { peak: '0.9364', flat: '0.36' } });
    // unrounded: 0.589995 × 1.5871 = 0.9363810645
    expect(pricesOf(ratesOf(tariff, '2026-06', { season: null, period: null }))).toEqual({ energy: { peak: '0.9363810645', flat: '0.36' } });
    expect(pricesOf(ratesOf(tariff, '2026-06', { season: 2, period: null }))).toEqual({ energy: { peak: '0.936389', flat: '0.36' } });
    expect(pricesOf(ratesOf(tariff, '2026-06', { season: null, period: 2 }))).toEqual({ energy: { peak: '0.94', flat: '0.36' } });
    // 0.6 × 1.5871 = 0.95226; each pair of places has rates of its own
    expect([{ season: 1, period: 4 }, { season: 4, period: 2 }, PLACES].map((places) => pricesOf(ratesOf(tariff, '2026-06', places))['energy']?.['peak'])).toEqual(['0.9523', '0.94', '0.9364']);
    // no factor for the dry season: 0.65555 × 1.5871 = 1.040423405
    expect(pricesOf(ratesOf(tariff, '2026-01'))).toEqual({ energy: { peak: '1.0404', flat: '0.4' } });
  });

  it('of a plain plan know no factor of a period, and none of a season without a calendar', () => {
    const plan = plainPlan('0.5', { factors: { bySeason: { wet: '0.9' }, byPeriod: { peak: '2' } } });
    expect(pricesOf(ratesOf(tariffOf([plan], { calendars: CALENDARS })))).toEqual({ energy: { total: '0.5' } });
    expect(pricesOf(ratesOf(tariffOf([{ ...plan, calendarId: 'seasons' }], { calendars: CALENDARS })))).toEqual({ energy: { total: '0.45' } });
    expect(pricesOf(ratesOf(tariffOf([{ ...plan, calendarId: 'seasons', factors: { bySeason: { wet: '0.9' } } }], { calendars: CALENDARS })))).toEqual({ energy: { total: '0.45' } });
  });

  it('name their lines with the period', () => {
    const [energy] = ratesOf(tariffOf([timeOfUsePlan('1', '0.6', '0.3')], { components: [{ component: 'energy', title: { zh: '电度电费', en: 'Energy charge' } }] })).components;
    expect(energy?.labels).toEqual({
      peak: { zh: '电度电费(峰)', en: 'Energy charge (peak)' },
      flat: { zh: '电度电费(平)', en: 'Energy charge (flat)' },
      valley: { zh: '电度电费(谷)', en: 'Energy charge (valley)' },
    });
    expect(labelsByPeriod({ zh: '附加', en: 'Levy' })).toMatchObject({ sharp: { zh: '附加(尖)', en: 'Levy (sharp)' }, 'deep-valley': { zh: '附加(深谷)', en: 'Levy (deep valley)' }, total: { zh: '附加', en: 'Levy' } });
  });

  it('hold the levies of plan, category and voltage', () => {
    const surcharges = [
      levy('all'), levy('plan', { planIds: ['plain'] }), levy('other-plan', { planIds: ['other'] }), levy('category', { categories: ['general-industrial-commercial'] }), levy('other-category', { categories: ['agriculture'] }),
      levy('voltage', { voltages: ['1-10kv'] }), levy('other-voltage', { voltages: ['20kv'] }), levy('two-of-three', { planIds: ['plain'], categories: ['agriculture'], voltages: ['1-10kv'] }), levy('first-only', { planIds: ['plain'], voltages: ['20kv'] }),
    ];
    expect(ratesOf(tariffOf([plainPlan('1')], { surcharges })).surcharges.map(({ surcharge }) => surcharge.name)).toEqual(['all', 'plan', 'category', 'voltage']);
  });

  it('sum what is contained in the price and does not bear the power-factor adjustment', () => {
    const surcharges = [levy('contained', { placement: 'inside' }), levy('more', { placement: 'inside', pricePerKwh: '0.002', inPowerFactorBase: false }), levy('adjusted', { placement: 'inside', inPowerFactorBase: true }), levy('on-top')];
    expect(text(ratesOf(tariffOf([plainPlan('1')], { surcharges })).containedPrice)).toBe('0.012');
    expect(ratesOf(tariffOf([plainPlan('1')])).containedPrice.equals(sum([]))).toBe(true);
  });

  it('tell whether a levy is taken of energy beyond the own', () => {
    const of = (...energyBases: TariffSurcharge['energyBase'][]): boolean => prepareTariff(tariffOf([plainPlan('1')], { surcharges: energyBases.map((energyBase) => levy('s', { energyBase })) }), 'h').hasAccountLevies;
    expect([of(), of(undefined), of({ of: 'own' }), of(undefined, { of: 'categories', categories: [] }), of({ of: 'running-capacity', rules: [] }, { of: 'own' })]).toEqual([false, false, false, true, true]);
  });

  it('are made once for one document, and anew where its hash is another', () => {
    const tariff = tariffOf([plainPlan('1')]);
    const first = prepareTariff(tariff, 'a');
    expect([prepareTariff(tariff, 'a') === first, prepareTariff(tariff, 'b') === first, prepareTariff(tariff, 'b').hash]).toEqual([true, false, 'b']);
    expect(first.ratesFor('plain', 'residential', '1-10kv', '2026-06-01', PLACES)).toBe(first.ratesFor('plain', 'residential', '1-10kv', '2026-06-30', PLACES));
  });
});

describe('what a tariff cannot price', () => {
  const book = { priceBook: 'book', version: '1' };

  it('is a plan that it does not have, a voltage, a period or a basic price', () => {
    const tariff = prepareTariff(tariffOf([plainPlan('1'), timeOfUsePlan('1', '1', '1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { peak: '1', valley: '1' } } }] })]), 'h');
    expect(() => tariff.plan('moon')).toThrow(refusal('TARIFF.PLAN_UNKNOWN', { ...book, planId: 'moon', allowed: 'plain | time-of-use' }, '/tariffs'));
    expect(() => tariff.ratesFor('plain', 'residential', '110kv', '2026-06', PLACES)).toThrow(refusal('TARIFF.PRICE_MISSING', { ...book, planId: 'plain', voltage: '110kv', month: '6' }, '/tariffs'));
    expect(() => tariff.ratesFor('time-of-use', 'residential', '1-10kv', '2026-06', PLACES)).toThrow(
      refusal('TARIFF.PRICE_MISSING', { ...book, planId: 'time-of-use', voltage: '1-10kv', component: 'energy', period: 'flat', season: 'all' }, '/tariffs'),
    );
    expect(() => tariff.basicPrices('plain', '1-10kv')).toThrow(refusal('TARIFF.PRICE_MISSING', { ...book, planId: 'plain', voltage: '1-10kv', item: 'basic charge' }, '/tariffs'));
    const factors = prepareTariff(tariffOf([plainPlan('1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { peak: '1' } } }], factors: {} })]), 'h');
    expect(() => factors.ratesFor('plain', 'residential', '1-10kv', '2026-06', PLACES)).toThrow(refusal('TARIFF.PRICE_MISSING', { ...book, planId: 'plain', voltage: '1-10kv', component: 'energy', period: 'total', season: '' }, '/tariffs'));
  });

  it('is a time-of-use plan whose calendar it does not have', () => {
    const tariff = prepareTariff(tariffOf([timeOfUsePlan('1', '1', '1', { calendarId: 'nowhere' })]), 'h');
    expect(() => tariff.ratesFor('time-of-use', 'residential', '1-10kv', '2026-06', PLACES)).toThrow(refusal('TARIFF.PRICE_MISSING', { ...book, planId: 'time-of-use', voltage: '1-10kv', month: '6' }, '/tariffs'));
  });

  it('is a part that its publisher left open, with the reason for this voltage', () => {
    const incomplete = [
      { planId: 'other', reason: { zh: '别的', en: 'another plan' } },
      { planId: 'plain', blocks: [3], reason: { zh: '第三档', en: 'block 3' } },
      { planId: 'plain', voltages: ['20kv' as const], reason: { zh: '二十千伏', en: '20 kV' } },
      { planId: 'plain', voltages: ['1-10kv' as const], reason: { zh: '十千伏', en: '10 kV' } },
    ];
    const tariff = prepareTariff(tariffOf([plainPlan('1')], { incomplete }), 'h');
    expect(() => tariff.ratesFor('plain', 'residential', '1-10kv', '2026-06', PLACES)).toThrow(refusal('TARIFF.INCOMPLETE', { ...book, planId: 'plain', voltage: '1-10kv', reason: '10 kV', reasonZh: '十千伏' }, '/tariffs'));
    expect(tariff.ratesFor('plain', 'residential', 'below-1kv', '2026-06', PLACES).components).toHaveLength(1);
  });

  it('is nothing where a basic price is stated: the other is absent', () => {
    const basicPrices = [{ voltages: ['20kv' as const] }, { voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '20.50' }, { voltages: ['below-1kv' as const], demandPricePerKwMonth: '30' }];
    const tariff = prepareTariff(tariffOf([plainPlan('1', { basicPrices })]), 'h');
    const shown = (voltage: '1-10kv' | 'below-1kv'): (string | undefined)[] => [tariff.basicPrices('plain', voltage).capacityPricePerKvaMonth?.text, tariff.basicPrices('plain', voltage).demandPricePerKwMonth?.text];
    expect([shown('1-10kv'), shown('below-1kv')]).toEqual([['20.5', undefined], [undefined, '30']]);
  });
});

describe('blocks of a plan', () => {
  it('are those of the month, with their limits as they are printed', () => {
    const scales = [{ months: [6], blocks: [{ upToKwh: '250', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0.30' }] }, { months: [7], blocks: [{ upToKwh: null, prices: [{ voltages: ['1-10kv' as const], pricePerKwh: { total: '0.9' } }] }] }];
    const tariff = tariffOf([plainPlan('1', { blocks: { period: 'month', method: 'base-plus-increment', crossingMonth: 'none', scales } })]);
    const shown = (day: string): unknown => ratesOf(tariff, day).blocks?.steps.map(({ upToKwh, increment, prices }) => [upToKwh?.toFixed() ?? null, increment?.text ?? null, prices.total?.text ?? null]);
    expect([shown('2026-06'), ratesOf(tariff).blocks?.limitsText]).toEqual([[['250', '0', null], [null, '0.3', null]], '250 / ∞']);
    expect([shown('2026-07'), shown('2026-08')]).toEqual([[[null, null, '0.9']], undefined]);
    expect(ratesOf(tariffOf([plainPlan('1')])).blocks).toBeNull();
    expect(limitsText([dec('2760'), dec('4800.50'), null])).toBe('2760 / 4800.5 / ∞');
  });
});

describe('the parts that a customer may have', () => {
  it('follow the rule of the day or the one stated', () => {
    const of = (rule: Parameters<typeof allowedParts>[2], day: string): number[] => ['100', '100.5', '314.9', '315'].map((capacity) => allowedParts(dec(capacity), day, rule).length + (allowedParts(dec(capacity), day, rule)[0] === 'two-part' ? 10 : 0));
    // 1 = single-part, 2 = either, 11 = two-part
    expect([of('by-date', '2023-05-31'), of('by-date', '2023-06-01')]).toEqual([[1, 1, 1, 11], [1, 2, 2, 11]]);
    expect([of('315-kva', '2026-01-01'), of('2023-06-01', '2020-01-01'), of('free', '2020-01-01')]).toEqual([[1, 1, 1, 11], [1, 2, 2, 11], [2, 2, 2, 2]]);
  });
});

describe('the canonical text of a document', () => {
  it('sorts keys, leaves absent values out of objects and keeps their place in lists', () => {
    expect(canonicalJson({ b: 1, a: [null, undefined, 'x'], c: undefined })).toBe('{"a":[null,null,"x"],"b":1}');
  });
});
