import { CATEGORIES, PRICE_PERIODS, TARIFF_FORMAT, TIME_OF_USE_PERIODS, VOLTAGES } from '../tariff';
import { DATE, DRAFT, ENERGY, FACTOR, FLAG, JsonSchema, LABEL, list, NAME, oneOfValues, partial, pattern, PERCENT, POLICIES, PRICE, record, TEXT } from './schema-parts';

const VOLTAGE_LIST = list(oneOfValues(VOLTAGES), VOLTAGES.length, 1);
const MONTHS = list({ type: 'integer', minimum: 1, maximum: 12 }, 12, 1);
const CLOCK = pattern('^([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d|24:00)$', 'a time of day, 00:00 to 24:00');
const PRICES = partial(PRICE_PERIODS, PRICE);

const CALENDAR = record({
  calendarId: NAME,
  'title?': LABEL,
  complete: FLAG,
  seasons: list(
    record({
      season: NAME,
      months: MONTHS,
      'voltages?': VOLTAGE_LIST,
      windows: list(record({ period: oneOfValues(TIME_OF_USE_PERIODS), from: CLOCK, to: CLOCK }), 48),
      'inferred?': TEXT,
    }),
    24,
    1,
  ),
});

const BLOCKS = record({
  period: oneOfValues(['month', 'year']),
  method: oneOfValues(['base-plus-increment', 'per-block-price']),
  scales: list(
    record({
      'months?': MONTHS,
      blocks: list(
        record({
          upToKwh: { anyOf: [ENERGY, { type: 'null' }] },
          'incrementPerKwh?': PRICE,
          'prices?': list(record({ voltages: VOLTAGE_LIST, pricePerKwh: PRICES }), 12),
        }),
        10,
        1,
      ),
    }),
    12,
    1,
  ),
  crossingMonth: oneOfValues(['none', 'uniform-increment']),
  'householdExtension?': record({ abovePersons: { type: 'integer', minimum: 0, maximum: 50 }, kwhPerPersonMonth: ENERGY }),
  'lowIncomeFreeKwhPerMonth?': ENERGY,
});

const PLAN = record({
  planId: NAME,
  title: LABEL,
  category: oneOfValues(CATEGORIES),
  parts: oneOfValues(['single-part', 'two-part']),
  timeOfUse: FLAG,
  'calendarId?': NAME,
  prices: list(
    record({
      voltages: VOLTAGE_LIST,
      'season?': NAME,
      prices: { type: 'object', additionalProperties: PRICES, maxProperties: 20 },
      'composition?': { type: 'object', additionalProperties: PRICE, maxProperties: 20 },
      'inferred?': TEXT,
    }),
    200,
  ),
  'factors?': record({
    'bySeason?': { type: 'object', additionalProperties: FACTOR, maxProperties: 12 },
    'byPeriod?': partial(TIME_OF_USE_PERIODS, FACTOR),
  }),
  'basicPrices?': list(record({ voltages: VOLTAGE_LIST, 'capacityPricePerKvaMonth?': PRICE, 'demandPricePerKwMonth?': PRICE }), 12),
  'blocks?': BLOCKS,
  'addOns?': list(
    record({
      name: NAME,
      title: LABEL,
      pricePerKwh: PRICE,
      energyBase: oneOfValues(['billed', 'billed-without-transformer-loss']),
      'inPowerFactorBase?': FLAG,
    }),
    20,
  ),
  'note?': TEXT,
});

const CATEGORY_LIST = list(oneOfValues(CATEGORIES), CATEGORIES.length);

const SURCHARGE = record({
  name: NAME,
  title: LABEL,
  pricePerKwh: PRICE,
  placement: oneOfValues(['on-top', 'inside']),
  kind: oneOfValues(['fund', 'surcharge']),
  'planIds?': list(NAME, 100),
  'categories?': CATEGORY_LIST,
  'voltages?': VOLTAGE_LIST,
  'energyBase?': {
    oneOf: [
      record({ of: { const: 'own' } }),
      record({ of: { const: 'categories' }, categories: CATEGORY_LIST }),
      record({ of: { const: 'running-capacity' }, rules: list(record({ fromKva: ENERGY, categories: CATEGORY_LIST }), 20, 1) }),
    ],
  },
  'inPowerFactorBase?': FLAG,
  'inferred?': TEXT,
});

/** The shape of a tariff document. What a shape cannot say (gaps, doubled prices …) is found by `tariffProblems`. */
export const TARIFF_DOCUMENT_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  $id: 'https://wattledger.example/schemas/tariff-1.json',
  title: 'Tariff document',
  ...record({
    format: { const: TARIFF_FORMAT },
    priceBook: NAME,
    version: NAME,
    regionCode: NAME,
    validFrom: DATE,
    validTo: { anyOf: [DATE, { type: 'null' }] },
    title: LABEL,
    source: list(TEXT, 20),
    'inferred?': list(TEXT, 50),
    'notes?': list(TEXT, 50),
    currency: { const: 'CNY' },
    taxRatePercent: PERCENT,
    'laterTaxRates?': list(record({ from: DATE, ratePercent: PERCENT }), 20),
    'policies?': POLICIES,
    calendars: list(CALENDAR, 50),
    components: list(record({ component: NAME, title: LABEL, 'inPowerFactorBase?': FLAG, 'floating?': FLAG }), 20, 1),
    plans: list(PLAN, 100, 1),
    surcharges: list(SURCHARGE, 100),
    'incomplete?': list(
      record({
        planId: NAME,
        'title?': LABEL,
        'voltages?': VOLTAGE_LIST,
        'blocks?': list({ type: 'integer', minimum: 1, maximum: 10 }, 10, 1),
        reason: LABEL,
      }),
      100,
    ),
  }),
};
