import { BlockStep, ResidentialBlocks, TariffCalendar, TariffDocument, TariffPlan, TariffProblem, TariffProblemCode, tariffProblems } from '../../../src/core/tariff';
import { plainPlan, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const problem = (code: TariffProblemCode, path: string, allowed: string, params: Record<string, string> = {}): TariffProblem => ({ code, path, allowed, params });
const NAMELESS = { zh: '', en: '' };
const PERIODS = 'sharp, peak, flat, valley, deep-valley';
const ONE_PRICE = 'one price for each component, voltage, season and period';

/** A plan that is priced at 1–10 kV alone, so that one flaw is one problem. */
const onePlain = (prices: TariffPlan['prices'][number]['prices'], more: Partial<TariffPlan> = {}): TariffPlan => plainPlan('1', { prices: [{ voltages: ['1-10kv'], prices }], ...more });
const oneTimeOfUse = (prices: TariffPlan['prices'][number]['prices'], more: Partial<TariffPlan> = {}): TariffPlan => timeOfUsePlan('1', '1', '1', { prices: [{ voltages: ['1-10kv'], prices }], ...more });

const HALVES = [{ period: 'peak' as const, from: '08:00', to: '20:00' }, { period: 'flat' as const, from: '20:00', to: '08:00' }];
const WET_AND_DRY: TariffCalendar = {
  calendarId: 'seasons',
  complete: true,
  seasons: [{ season: 'wet', months: [6, 7, 8, 9, 10], windows: HALVES }, { season: 'dry', months: [1, 2, 3, 4, 5, 11, 12], windows: HALVES }],
};
const inSeasons = (plan: TariffPlan): TariffDocument => tariffOf([{ ...plan, calendarId: 'seasons' }], { calendars: [WET_AND_DRY] });

const blocksOf = (blocks: readonly BlockStep[], more: Partial<ResidentialBlocks> = {}): TariffPlan =>
  onePlain({ energy: { total: '0.5' } }, { blocks: { period: 'year', method: 'base-plus-increment', crossingMonth: 'none', scales: [{ blocks }], ...more } });
const rising = (...limits: (string | null)[]): BlockStep[] => limits.map((upToKwh) => ({ upToKwh, incrementPerKwh: '0' }));
const perBlock = (blocks: readonly BlockStep[], more: Partial<ResidentialBlocks> = {}): TariffPlan => blocksOf(blocks, { method: 'per-block-price', ...more });

describe('a tariff is published', () => {
  it.each<[string, TariffDocument]>([
    ['until the day after its first', tariffOf([plainPlan('1')], { validFrom: '2026-06-01', validTo: '2026-06-02', laterTaxRates: [{ from: '2027-01-01', ratePercent: '9' }] })],
    ['without tax, or with less than all of it', tariffOf([plainPlan('1')], { taxRatePercent: '0' })],
    ['with 99.99 % tax', tariffOf([plainPlan('1')], { taxRatePercent: '99.99' })],
    ['with an energy price and an add-on below zero', tariffOf([plainPlan('-0.1', { addOns: [{ name: 'a', title: NAMELESS, pricePerKwh: '-0.01', energyBase: 'billed' }] })])],
    ['with a levy on one of its plans', tariffOf([plainPlan('1')], { surcharges: [{ name: 's', title: NAMELESS, pricePerKwh: '0', placement: 'on-top', kind: 'fund', planIds: ['plain'] }] })],
    ['with rows for each season', inSeasons(plainPlan('1', { prices: ['wet', 'dry'].map((season) => ({ voltages: ['1-10kv'], season, prices: { energy: { total: '1' } } })) }))],
    ['with components in rows of their own', tariffOf([plainPlan('1', { prices: ['energy', 'fund'].map((component) => ({ voltages: ['1-10kv'], prices: { [component]: { total: '1' } } })) })], { components: ['energy', 'fund'].map((component) => ({ component, title: NAMELESS })) })],
    ['with factors for season and period', inSeasons(oneTimeOfUse({ energy: { total: '1' } }, { factors: { bySeason: { wet: '0.9', dry: '1' }, byPeriod: { peak: '1.5', flat: '1' } } }))],
    ['with factors for the season alone', inSeasons(oneTimeOfUse({ energy: { peak: '1.5', flat: '1' } }, { factors: { bySeason: { wet: '0.9', dry: '1' } } }))],
    ['with factors for the periods alone', inSeasons(oneTimeOfUse({ energy: { total: '1' } }, { factors: { byPeriod: { peak: '1.5', flat: '1' } } }))],
    ['with factors on a plain plan', inSeasons(onePlain({ energy: { total: '1' } }, { factors: { bySeason: { wet: '0.9', dry: '1' }, byPeriod: {} } }))],
    ['with blocks at increments, which need no prices of their own', tariffOf([blocksOf(rising('100', '200.5', null))])],
    ['with blocks at prices, which need no increments', tariffOf([perBlock([{ upToKwh: null, prices: [{ voltages: ['1-10kv'], pricePerKwh: { total: '1' } }] }])])],
    ['with a block that has no price yet and is declared so', tariffOf([perBlock([{ upToKwh: null }])], { incomplete: [{ planId: 'plain', blocks: [1], reason: NAMELESS }] })],
    ['with blocks that lack prices at a voltage that is declared incomplete', tariffOf([perBlock([{ upToKwh: null }])], { incomplete: [{ planId: 'plain', voltages: ['1-10kv'], reason: NAMELESS }] })],
    ['with two scales for the months of a year', tariffOf([blocksOf([], { scales: [{ months: [6, 7, 8, 9], blocks: rising('200', null) }, { months: [1, 2, 3, 4, 5, 10, 11, 12], blocks: rising('100', null) }] })])],
    ['with two parts and one row of basic prices', tariffOf([onePlain({ energy: { total: '1' } }, { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '20', demandPricePerKwMonth: '30' }] })])],
    ['with two parts that are declared incomplete', tariffOf([onePlain({ energy: { total: '1' } }, { parts: 'two-part' })], { incomplete: [{ planId: 'plain', reason: NAMELESS }] })],
    ['with prices by period', inSeasons(oneTimeOfUse({ energy: { peak: '1.5', flat: '1' } }))],
  ])('%s', (_what, tariff) => {
    expect(tariffProblems(tariff)).toEqual([]);
  });
});

describe('a tariff is refused, with place, what is allowed and the figures', () => {
  const twoPlans = [plainPlan('1'), timeOfUsePlan('1', '1', '1')];
  const limits = (index: number, limit: string): TariffProblem => problem('TARIFF.BLOCK_LIMITS', `/plans/0/blocks/scales/0/blocks/${index}/upToKwh`, 'rising limits, null on the last block only', { limit });
  const missingIncrement = problem('TARIFF.BLOCK_PRICE_MISSING', '/plans/0/blocks/scales/0/blocks/0/incrementPerKwh', 'yuan per kWh over the base price', { planId: 'plain' });
  const missingBlockPrice = (block: number, voltage: string, period: string): TariffProblem =>
    problem('TARIFF.BLOCK_PRICE_MISSING', `/plans/0/blocks/scales/0/blocks/${block}/prices`, 'a price for each voltage and period of the plan', { planId: 'plain', voltage, period });
  const scales = (code: 'TARIFF.MONTH_NOT_COVERED' | 'TARIFF.MONTH_OVERLAP', month: string): TariffProblem => problem(code, '/plans/0/blocks/scales', 'each month in exactly one scale', { month });

  it.each<[string, TariffDocument, TariffProblem[]]>([
    [
      'days that the calendar does not have',
      tariffOf([plainPlan('1')], { validFrom: '2026-02-30', validTo: '2026-13-01', laterTaxRates: [{ from: '2026-06-31', ratePercent: '9' }] }),
      [['/validFrom', '2026-02-30'], ['/validTo', '2026-13-01'], ['/laterTaxRates/0/from', '2026-06-31']].map(([path = '', date = '']) => problem('TARIFF.DATE', path, 'a day of the calendar, YYYY-MM-DD', { date })),
    ],
    ['no day of validity', tariffOf([plainPlan('1')], { validFrom: '2026-06-01', validTo: '2026-06-01' }), [problem('TARIFF.VALIDITY_EMPTY', '/validTo', 'a day after validFrom, or null', { validFrom: '2026-06-01', validTo: '2026-06-01' })]],
    ['all of it tax', tariffOf([plainPlan('1')], { taxRatePercent: '100' }), [problem('TARIFF.TAX_RATE', '/taxRatePercent', '0 to below 100', { taxRatePercent: '100' })]],
    ['tax below zero', tariffOf([plainPlan('1')], { taxRatePercent: '-1' }), [problem('TARIFF.TAX_RATE', '/taxRatePercent', '0 to below 100', { taxRatePercent: '-1' })]],
    [
      'names given twice',
      tariffOf([plainPlan('1'), plainPlan('2')], { calendars: [WET_AND_DRY, WET_AND_DRY], components: [{ component: 'energy', title: NAMELESS }, { component: 'energy', title: NAMELESS }] }),
      [['/calendars/1/calendarId', 'seasons'], ['/components/1/component', 'energy'], ['/plans/1/planId', 'plain']].map(([path = '', name = '']) => problem('TARIFF.DUPLICATE', path, 'each name once', { name })),
    ],
    [
      'levies below zero and on plans that are not there',
      tariffOf(twoPlans, { surcharges: [{ name: 's', title: NAMELESS, pricePerKwh: '-1', placement: 'on-top', kind: 'fund', planIds: ['plain', 'nowhere'] }] }),
      [problem('TARIFF.PRICE_NEGATIVE', '/surcharges/0/pricePerKwh', 'zero or more', { price: '-1' }), problem('TARIFF.PLAN_UNKNOWN', '/surcharges/0/planIds', 'plain, time-of-use', { planId: 'nowhere' })],
    ],
    ['an incomplete plan that is not there', tariffOf(twoPlans, { incomplete: [{ planId: 'plain', voltages: ['110kv'], reason: NAMELESS }, { planId: 'nowhere', reason: NAMELESS }] }), [problem('TARIFF.PLAN_UNKNOWN', '/incomplete/1/planId', 'plain, time-of-use', { planId: 'nowhere' })]],
    [
      'nine decimals, in a price and in an add-on',
      tariffOf([plainPlan('0.123456789', { addOns: [{ name: 'a', title: NAMELESS, pricePerKwh: '0.000000001', energyBase: 'billed' }] })]),
      [['/plans/0/prices/0/prices/energy/total', '0.123456789'], ['/plans/0/addOns/0/pricePerKwh', '0.000000001']].map(([path = '', price = '']) => problem('TARIFF.PRICE_DECIMALS', path, 'yuan as printed, up to 8 decimals', { price })),
    ],
    [
      'basic prices below zero',
      tariffOf([onePlain({ energy: { total: '1' } }, { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '-20', demandPricePerKwMonth: '-30' }] })]),
      [['capacityPricePerKvaMonth', '-20'], ['demandPricePerKwMonth', '-30']].map(([key = '', price = '']) => problem('TARIFF.PRICE_NEGATIVE', `/plans/0/basicPrices/0/${key}`, 'zero or more', { price })),
    ],
    [
      'no basic price, or two',
      tariffOf([plainPlan('1', { parts: 'two-part', basicPrices: [{ voltages: ['1-10kv'] }, { voltages: ['1-10kv'] }] })]),
      [['TARIFF.BASIC_PRICE_MISSING', 'below-1kv'] as const, ['TARIFF.PRICE_DUPLICATE', '1-10kv'] as const].map(([code, voltage]) => problem(code, '/plans/0/basicPrices', 'one row of basic prices for each voltage', { planId: 'plain', voltage })),
    ],
    [
      'a component that is not declared',
      tariffOf([onePlain({ surprise: { total: '1' } })], { components: ['energy', 'fund'].map((component) => ({ component, title: NAMELESS })) }),
      [problem('TARIFF.COMPONENT_UNKNOWN', '/plans/0/prices/0/prices/surprise', 'energy, fund', { component: 'surprise' })],
    ],
    [
      'a season that the calendar does not have',
      inSeasons(plainPlan('1', { prices: [{ voltages: ['1-10kv'], prices: { energy: { total: '1' } } }, { voltages: ['1-10kv'], season: 'summer', prices: { energy: { total: '1' } } }] })),
      [problem('TARIFF.SEASON_UNKNOWN', '/plans/0/prices/1/season', 'wet, dry', { season: 'summer' })],
    ],
    [
      'a season without a calendar',
      tariffOf([plainPlan('1', { prices: [{ voltages: ['1-10kv'], season: 'summer', prices: { energy: { total: '1' } } }] })]),
      [
        problem('TARIFF.SEASON_UNKNOWN', '/plans/0/prices/0/season', 'no season: the plan has no calendar', { season: 'summer' }),
        problem('TARIFF.PRICE_MISSING', '/plans/0/prices', ONE_PRICE, { planId: 'plain', component: 'energy', voltage: '1-10kv', season: '', period: 'total' }),
      ],
    ],
    ['a plain price by periods', tariffOf([onePlain({ energy: { total: '1', peak: '1' } })]), [problem('TARIFF.PERIOD_UNKNOWN', '/plans/0/prices/0/prices/energy/peak', 'total', { period: 'peak' })]],
    ['a plain price on a time-of-use plan', inSeasons(oneTimeOfUse({ energy: { total: '1', peak: '1', flat: '1' } })), [problem('TARIFF.PERIOD_UNKNOWN', '/plans/0/prices/0/prices/energy/total', PERIODS, { period: 'total' })]],
    [
      'a period without a price in one season',
      inSeasons(timeOfUsePlan('1', '1', '1', { prices: [{ voltages: ['1-10kv'], season: 'wet', prices: { energy: { peak: '1', flat: '1' } } }, { voltages: ['1-10kv'], season: 'dry', prices: { energy: { peak: '1' } } }] })),
      [problem('TARIFF.PRICE_MISSING', '/plans/0/prices', ONE_PRICE, { planId: 'time-of-use', component: 'energy', voltage: '1-10kv', season: 'dry', period: 'flat' })],
    ],
    [
      'two prices for one voltage',
      tariffOf([plainPlan('1', { prices: [{ voltages: ['1-10kv', '20kv'], prices: { energy: { total: '1' } } }, { voltages: ['20kv'], prices: { energy: { total: '1' } } }] })]),
      [problem('TARIFF.PRICE_DUPLICATE', '/plans/0/prices', ONE_PRICE, { planId: 'plain', component: 'energy', voltage: '20kv', season: '', period: 'total' })],
    ],
    [
      'factors that lack a season or a period',
      inSeasons(oneTimeOfUse({ energy: { total: '1' } }, { factors: { bySeason: { wet: '0.9' }, byPeriod: { peak: '1.5' } } })),
      [
        problem('TARIFF.PRICE_MISSING', '/plans/0/factors/bySeason', 'a factor for each season', { planId: 'time-of-use', season: 'dry', voltage: '1-10kv' }),
        problem('TARIFF.PRICE_MISSING', '/plans/0/factors/byPeriod', 'a factor for each period', { planId: 'time-of-use', period: 'flat', voltage: '1-10kv' }),
        problem('TARIFF.PRICE_MISSING', '/plans/0/factors/byPeriod', 'a factor for each period', { planId: 'time-of-use', period: 'flat', voltage: '1-10kv' }),
      ],
    ],
    ['a time-of-use plan without a calendar', tariffOf([oneTimeOfUse({ energy: { peak: '1' } }, { calendarId: undefined })], { calendars: [WET_AND_DRY, { ...WET_AND_DRY, calendarId: 'other' }] }), [problem('TARIFF.CALENDAR_MISSING', '/plans/0/calendarId', 'seasons, other', { planId: 'time-of-use' })]],
    ['a calendar that is not there', tariffOf([oneTimeOfUse({ energy: { peak: '1' } }, { calendarId: 'nowhere' })], { calendars: [WET_AND_DRY, { ...WET_AND_DRY, calendarId: 'other' }] }), [problem('TARIFF.CALENDAR_UNKNOWN', '/plans/0/calendarId', 'seasons, other', { calendarId: 'nowhere' })]],
    [
      'an incomplete calendar where one of two voltages is not declared incomplete',
      tariffOf([timeOfUsePlan('1', '1', '1', { calendarId: 'seasons', prices: [{ voltages: ['1-10kv', '20kv'], prices: { energy: { peak: '1', flat: '1' } } }] })], {
        calendars: [{ ...WET_AND_DRY, complete: false }],
        incomplete: [{ planId: 'time-of-use', voltages: ['20kv'], reason: NAMELESS }],
      }),
      [problem('TARIFF.CALENDAR_INCOMPLETE', '/plans/0/calendarId', 'a complete calendar, or the plan declared under incomplete', { calendarId: 'seasons' })],
    ],
    ['an open block before the last', tariffOf([blocksOf(rising(null, null))]), [limits(0, 'null')]],
    ['a limit that is no number', tariffOf([blocksOf(rising('many', null))]), [limits(0, 'many')]],
    ['limits that stand still or fall', tariffOf([blocksOf(rising('100', '100', '99', null))]), [limits(1, '100'), limits(2, '99')]],
    ['a last block with a limit', tariffOf([blocksOf(rising('100', '200'))]), [limits(1, '200')]],
    ['a limit of nothing', tariffOf([blocksOf(rising('0', null))]), [limits(0, '0')]],
    ['an increment that is missing', tariffOf([blocksOf([{ upToKwh: null }])]), [missingIncrement]],
    ['an increment that a crossing month needs', tariffOf([perBlock([{ upToKwh: null, prices: [{ voltages: ['1-10kv'], pricePerKwh: { total: '1' } }] }], { crossingMonth: 'uniform-increment' })]), [missingIncrement]],
    [
      'block prices below zero',
      tariffOf([perBlock([{ upToKwh: null, incrementPerKwh: '-0.1', prices: [{ voltages: ['1-10kv'], pricePerKwh: { total: '-1' } }] }])]),
      [['incrementPerKwh', '-0.1'], ['prices/total', '-1']].map(([place = '', price = '']) => problem('TARIFF.PRICE_NEGATIVE', `/plans/0/blocks/scales/0/blocks/0/${place}`, 'zero or more', { price })),
    ],
    ['a December without a scale', tariffOf([blocksOf([], { scales: [{ months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], blocks: rising(null) }] })]), [scales('TARIFF.MONTH_NOT_COVERED', '12')]],
    ['a month with two scales', tariffOf([blocksOf([], { scales: [{ blocks: rising(null) }, { months: [3, 4], blocks: rising(null) }] })]), [scales('TARIFF.MONTH_OVERLAP', '3')]],
    ['a block without prices', tariffOf([perBlock([{ upToKwh: '1', prices: [{ voltages: ['1-10kv'], pricePerKwh: { total: '1' } }] }, { upToKwh: null }])]), [missingBlockPrice(1, '1-10kv', 'total')]],
    [
      'a block without a price at a voltage that another block has, although another block or plan is declared incomplete',
      tariffOf([perBlock([{ upToKwh: '1', prices: [{ voltages: ['1-10kv', '20kv'], pricePerKwh: { total: '1' } }] }, { upToKwh: null, prices: [{ voltages: ['1-10kv'], pricePerKwh: { total: '1' } }] }]), timeOfUsePlan('1', '1', '1')], {
        incomplete: [{ planId: 'plain', blocks: [1, 3], reason: NAMELESS }, { planId: 'time-of-use', blocks: [2], reason: NAMELESS }],
      }),
      // the plan's own row does not price 20 kV either
      [problem('TARIFF.PRICE_MISSING', '/plans/0/prices', ONE_PRICE, { planId: 'plain', component: 'energy', voltage: '20kv', season: '', period: 'total' }), missingBlockPrice(1, '20kv', 'total')],
    ],
    [
      'a block of a time-of-use plan without one of its periods',
      inSeasons({ ...oneTimeOfUse({ energy: { peak: '1', flat: '1' } }), planId: 'plain', blocks: { period: 'year', method: 'per-block-price', crossingMonth: 'none', scales: [{ blocks: [{ upToKwh: null, prices: [{ voltages: ['1-10kv'], pricePerKwh: { peak: '1' } }] }] }] } }),
      [missingBlockPrice(0, '1-10kv', 'flat')],
    ],
  ])('%s', (_what, tariff, expected) => {
    expect(tariffProblems(tariff)).toEqual(expected);
  });

  it('for the hours and months of its calendar, each once', () => {
    const seasons = [{ season: 'wet', months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12], windows: [...HALVES, { period: 'sharp' as const, from: '25:00', to: '06:00' }] }, { season: 'dry', months: [12], windows: HALVES.slice(0, 1) }];
    expect(tariffProblems(tariffOf([plainPlan('1')], { calendars: [{ calendarId: 'odd', complete: true, seasons }] }))).toEqual([
      problem('TARIFF.WINDOW_INVALID', '/calendars/0/seasons/0/windows/2', 'from and to as HH:MM, 00:00 to 24:00, not equal', { from: '25:00', to: '06:00' }),
      problem('TARIFF.DAY_GAP', '/calendars/0/seasons/1/windows', 'windows that cover 00:00 to 24:00 exactly once', { season: 'dry', from: '00:00', to: '08:00', periods: '' }),
      problem('TARIFF.DAY_GAP', '/calendars/0/seasons/1/windows', 'windows that cover 00:00 to 24:00 exactly once', { season: 'dry', from: '20:00', to: '24:00', periods: '' }),
      problem('TARIFF.MONTH_NOT_COVERED', '/calendars/0/seasons', 'each month in exactly one season', { month: '11', voltage: 'below-1kv', seasons: '' }),
      problem('TARIFF.MONTH_OVERLAP', '/calendars/0/seasons', 'each month in exactly one season', { month: '12', voltage: 'below-1kv', seasons: 'wet, dry' }),
    ]);
    const byVoltage = { calendarId: 'odd', complete: false, seasons: [{ season: 'wet', months: [...WET_AND_DRY.seasons].flatMap(({ months }) => months), voltages: ['below-1kv' as const], windows: [...HALVES, { period: 'valley' as const, from: '00:00', to: '01:00' }] }] };
    const [overlap, ...months] = tariffProblems(tariffOf([plainPlan('1')], { calendars: [byVoltage] }));
    expect(overlap).toEqual(problem('TARIFF.DAY_OVERLAP', '/calendars/0/seasons/0/windows', 'windows that cover 00:00 to 24:00 exactly once', { season: 'wet', from: '00:00', to: '01:00', periods: 'valley, flat' }));
    // sound at the lowest voltage, without any month at the next; the rest is not told again
    expect(months.map(({ params }) => `${params['voltage'] ?? ''} ${params['month'] ?? ''}`)).toEqual(Array.from({ length: 12 }, (_, index) => `1-10kv ${index + 1}`));
  });
});
