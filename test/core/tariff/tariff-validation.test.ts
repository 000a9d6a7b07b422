import { prepareTariff, TariffDocument, TariffPlan, tariffProblems } from '../../../src/core/tariff';
import { plainPlan, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

function codes(tariff: TariffDocument): string[] {
  return tariffProblems(tariff).map((problem) => problem.code);
}

function withWindows(windows: TariffDocument['calendars'][number]['seasons'][number]['windows'], complete = true): TariffDocument {
  const base = tariffOf([timeOfUsePlan('1', '0.6', '0.3')]);
  return { ...base, calendars: base.calendars.map((calendar) => ({ ...calendar, complete, seasons: calendar.seasons.map((season) => ({ ...season, windows })) })) };
}

describe('checking a tariff before it is published', () => {
  it('accepts a sound one', () => {
    expect(codes(tariffOf([plainPlan('0.5'), timeOfUsePlan('1', '0.6', '0.3')]))).toEqual([]);
  });

  it('finds the gap and the overlap of a day, with the hours', () => {
    const problems = tariffProblems(withWindows([{ period: 'valley', from: '22:00', to: '06:00' }, { period: 'peak', from: '07:00', to: '15:00' }, { period: 'flat', from: '14:30', to: '22:00' }]));
    expect(problems).toMatchObject([
      { code: 'TARIFF.DAY_GAP', path: '/calendars/0/seasons/0/windows', params: { from: '06:00', to: '07:00' } },
      { code: 'TARIFF.DAY_OVERLAP', params: { from: '14:30', to: '15:00', periods: 'peak, flat' } },
    ]);
  });

  it('finds a window that is no stretch of a day', () => {
    expect(codes(withWindows([{ period: 'peak', from: '08:00', to: '08:00' }, { period: 'flat', from: '00:00', to: '24:00' }]))).toContain('TARIFF.WINDOW_INVALID');
  });

  it('refuses an incomplete calendar unless the plans that use it are declared incomplete', () => {
    const tariff = withWindows([{ period: 'sharp', from: '19:00', to: '21:00' }], false);
    expect(codes(tariff)).toContain('TARIFF.CALENDAR_INCOMPLETE');
    expect(codes({ ...tariff, incomplete: [{ planId: 'time-of-use', reason: { zh: '', en: '' } }] })).toEqual([]);
  });

  it('finds months in no season and months in two', () => {
    const base = tariffOf([timeOfUsePlan('1', '0.6', '0.3')]);
    const seasons = (...months: number[][]) => ({ ...base, calendars: base.calendars.map((calendar) => ({ ...calendar, seasons: months.map((list, index) => ({ ...(calendar.seasons[0] as object), season: `s${index}`, months: list })) })) }) as unknown as TariffDocument;
    expect(new Set(codes(seasons([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])))).toEqual(new Set(['TARIFF.MONTH_NOT_COVERED']));
    expect(codes(seasons([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [12]))).toContain('TARIFF.MONTH_OVERLAP');
  });

  it.each<[string, TariffPlan, string]>([
    ['a period without a price', timeOfUsePlan('1', '1', '1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { peak: '1', flat: '1' } } }] }), 'TARIFF.PRICE_MISSING'],
    ['two prices for one period', plainPlan('1', { prices: [...plainPlan('1').prices, ...plainPlan('2').prices] }), 'TARIFF.PRICE_DUPLICATE'],
    ['nine decimals', plainPlan('0.123456789'), 'TARIFF.PRICE_DECIMALS'],
    ['an unknown component', plainPlan('1', { prices: [{ voltages: ['1-10kv'], prices: { surprise: { total: '1' } } }] }), 'TARIFF.COMPONENT_UNKNOWN'],
    ['an unknown season', plainPlan('1', { prices: [{ voltages: ['1-10kv'], season: 'summer', prices: { energy: { total: '1' } } }] }), 'TARIFF.SEASON_UNKNOWN'],
    ['a plain price by periods', plainPlan('1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { total: '1', peak: '1' } } }] }), 'TARIFF.PERIOD_UNKNOWN'],
    ['a time-of-use plan without hours', { ...timeOfUsePlan('1', '1', '1'), calendarId: 'nowhere' }, 'TARIFF.CALENDAR_UNKNOWN'],
    ['a two-part plan without basic prices', plainPlan('1', { parts: 'two-part' }), 'TARIFF.BASIC_PRICE_MISSING'],
    ['a basic price below zero', plainPlan('1', { parts: 'two-part', basicPrices: [{ voltages: ['below-1kv', '1-10kv'], capacityPricePerKvaMonth: '-1' }] }), 'TARIFF.PRICE_NEGATIVE'],
    ['limits that do not rise', plainPlan('1', { blocks: { period: 'year', method: 'base-plus-increment', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: '5', incrementPerKwh: '0' }, { upToKwh: '5', incrementPerKwh: '0' }, { upToKwh: null, incrementPerKwh: '0' }] }] } }), 'TARIFF.BLOCK_LIMITS'],
    ['a last block with a limit', plainPlan('1', { blocks: { period: 'year', method: 'base-plus-increment', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: '5', incrementPerKwh: '0' }] }] } }), 'TARIFF.BLOCK_LIMITS'],
    ['a block without its price', plainPlan('1', { blocks: { period: 'year', method: 'per-block-price', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: null }] }] } }), 'TARIFF.BLOCK_PRICE_MISSING'],
    ['a month without limits', plainPlan('1', { blocks: { period: 'month', method: 'base-plus-increment', crossingMonth: 'none', scales: [{ months: [1], blocks: [{ upToKwh: null, incrementPerKwh: '0' }] }] } }), 'TARIFF.MONTH_NOT_COVERED'],
  ])('finds %s', (_what, plan, code) => {
    expect(codes(tariffOf([plan]))).toContain(code);
  });

  it('reports everything at once: validity, doubled names, unknown plans and policies, tax', () => {
    const tariff = tariffOf([plainPlan('1'), plainPlan('1')], {
      validTo: '1999-01-01',
      taxRatePercent: '100',
      policies: { surprise: 1 } as object,
      surcharges: [{ name: 's', title: { zh: '', en: '' }, pricePerKwh: '1', placement: 'on-top', kind: 'fund', planIds: ['nowhere'] }],
      incomplete: [{ planId: 'nowhere', reason: { zh: '', en: '' } }],
    });
    expect(codes(tariff)).toEqual(['TARIFF.VALIDITY_EMPTY', 'TARIFF.TAX_RATE', 'POLICY.UNKNOWN', 'TARIFF.DUPLICATE', 'TARIFF.PLAN_UNKNOWN', 'TARIFF.PLAN_UNKNOWN']);
    for (const problem of tariffProblems(tariff)) expect(problem).toMatchObject({ path: expect.stringMatching(/^\//) as string, allowed: expect.stringMatching(/./) as string });
  });
});

describe('prices of a tariff', () => {
  it('finds a season price as catalogue × factor with 4 decimals, and a period price of it unrounded', () => {
    const windows = [{ period: 'peak' as const, from: '08:00', to: '20:00' }, { period: 'flat' as const, from: '20:00', to: '08:00' }];
    const calendars = [{ calendarId: 'day', complete: true, seasons: [{ season: 'wet', months: [6, 7, 8, 9, 10], windows }, { season: 'dry', months: [1, 2, 3, 4, 5, 11, 12], windows }] }];
    const plan: TariffPlan = { ...timeOfUsePlan('1', '1', '1'), prices: [{ voltages: ['1-10kv'], prices: { energy: { total: '0.6550' } } }], factors: { bySeason: { wet: '0.9', dry: '1' }, byPeriod: { peak: '1.58', flat: '1' } } };
    const tariff = tariffOf([plan], { calendars });
    expect(codes(tariff)).toEqual([]);
    const rates = prepareTariff(tariff, 'x').ratesFor('time-of-use', 'large-industrial', '1-10kv', '2026-06-01', { season: 4, period: null });
    expect([rates.season, rates.components[0]?.byPeriod.flat?.text, rates.components[0]?.byPeriod.peak?.text]).toEqual(['wet', '0.5895', '0.93141']);
  });

  it('keeps printed prices as printed', () => {
    const rates = prepareTariff(tariffOf([plainPlan('0.38447000')]), 'y').ratesFor('plain', 'residential', '1-10kv', '2026-01-01', { season: 4, period: 4 });
    expect(rates.components[0]?.byPeriod.total?.text).toBe('0.38447');
  });
});
