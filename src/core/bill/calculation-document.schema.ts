import { CATEGORIES, CHARGE_METHODS, METERING_MODES, POWER_FACTOR_STANDARDS, PRICE_PERIODS, REGISTERS, VOLTAGES } from '../tariff';
import { BILL_KINDS, CALCULATION_FORMAT } from './calculation-document';
import {
  DATE,
  DRAFT,
  ENERGY,
  FACTOR,
  FLAG,
  HASH,
  JsonSchema,
  KW,
  LABEL,
  list,
  MONEY,
  MONTH,
  NAME,
  oneOfValues,
  partial,
  PERCENT,
  POLICIES,
  POSITIVE,
  POWER_FACTOR,
  READING,
  record,
  SIGNED_ENERGY,
  TEXT,
} from './schema-parts';
import { TARIFF_DOCUMENT_SCHEMA } from './tariff-document.schema';

const PERIOD = record({ from: DATE, to: DATE });
const RATIO: JsonSchema = { type: 'array', items: { type: 'integer', minimum: 1, maximum: 1_000_000 }, minItems: 2, maxItems: 2 };
const ACTIVE = partial(PRICE_PERIODS, ENERGY);
const MONTHLY_LOSS = { monthlyActiveLossKwh: ENERGY, 'monthlyReactiveLossKvarh?': ENERGY };

const TERMS = record({
  from: DATE,
  to: DATE,
  priceBook: NAME,
  planId: NAME,
  category: oneOfValues(CATEGORIES),
  voltage: oneOfValues(VOLTAGES),
  chargeMethod: oneOfValues(CHARGE_METHODS),
  'contractDemandKw?': KW,
  'approvedCapacityKva?': KW,
  powerFactorStandard: oneOfValues(POWER_FACTOR_STANDARDS),
  'powerFactorExemption?': TEXT,
  'policies?': POLICIES,
});

const TRANSFORMER_LOSS: JsonSchema = {
  oneOf: [
    record({
      method: { const: 'formula' },
      noLoadLossKw: FACTOR,
      loadLossKw: FACTOR,
      'noLoadCurrentPercent?': PERCENT,
      'impedanceVoltagePercent?': PERCENT,
      'shiftCorrection?': FACTOR,
      'supplyHours?': FACTOR,
      'serviceHours?': POSITIVE,
    }),
    record({
      method: { const: 'simplified' },
      'noLoadLossKw?': FACTOR,
      'ironLossKwh?': ENERGY,
      'supplyHours?': POSITIVE,
      'copperLossPercent?': PERCENT,
      'copperLossSteps?': list(record({ 'upToLoadRate?': FACTOR, copperLossPercent: PERCENT }), 20, 1),
      'assumedPowerFactor?': POSITIVE,
      'cableLossKwh?': ENERGY,
    }),
    record({ method: { const: 'table' }, rows: list(record({ capacityKva: POSITIVE, 'upToKwh?': ENERGY, ...MONTHLY_LOSS }), 500, 1) }),
    record({ method: { const: 'fixed' }, ...MONTHLY_LOSS }),
    record({ method: { const: 'percentage' }, activePercent: PERCENT, 'reactivePercent?': PERCENT }),
    record({ method: { const: 'given' }, activeLossKwh: ENERGY, 'reactiveLossKvarh?': ENERGY }),
  ],
};

const LINE_LOSS: JsonSchema = {
  oneOf: [
    record({ method: { const: 'formula' }, lineResistanceOhmPerKm: FACTOR, lineLengthKm: FACTOR, lineVoltageKv: POSITIVE, 'supplyHours?': POSITIVE }),
    record({ method: { const: 'percentage' }, activePercent: PERCENT, 'reactivePercent?': PERCENT }),
    record({ method: { const: 'fixed' }, ...MONTHLY_LOSS }),
  ],
};

const TRANSFORMER = record({
  transformerNo: NAME,
  ownership: oneOfValues(['own', 'public']),
  capacityKva: POSITIVE,
  'supplyCircuitNo?': NAME,
  'loss?': TRANSFORMER_LOSS,
  states: list(
    record({ from: DATE, to: DATE, state: oneOfValues(['running', 'suspended']), 'suspendedSince?': DATE, 'suspendedUntil?': DATE }),
    100,
  ),
});

const READING_ITEM = record({
  on: DATE,
  reading: READING,
  'readingId?': NAME,
  'kind?': oneOfValues(['initial', 'periodic', 'final']),
  'estimated?': FLAG,
});

const METER = record({
  meterNo: NAME,
  'pt?': RATIO,
  'ct?': RATIO,
  registers: list(
    record({
      register: oneOfValues(REGISTERS),
      'dialDigits?': { type: 'integer', minimum: 1, maximum: 10 },
      'rolloverConfirmed?': FLAG,
      readings: list(READING_ITEM, 50, 1),
    }),
    REGISTERS.length,
    1,
  ),
});

const USAGE_POINT = record({
  usagePointNo: NAME,
  kind: oneOfValues(['metered', 'fixed-quantity', 'fixed-ratio', 'frozen']),
  role: oneOfValues(['billing', 'check', 'deduction']),
  'parents?': list(NAME, 2),
  'planId?': NAME,
  'category?': oneOfValues(CATEGORIES),
  'voltage?': oneOfValues(VOLTAGES),
  timeOfUse: FLAG,
  meteringMode: oneOfValues(METERING_MODES),
  'transformerNo?': NAME,
  'supplyCircuitNo?': NAME,
  'lineLoss?': LINE_LOSS,
  'lossShare?': ENERGY,
  'lightingConnection?': oneOfValues(['series', 'parallel']),
  'powerFactor?': oneOfValues(['both', 'factor-only', 'base-only', 'none']),
  'meters?': list(METER, 20),
  'statedEnergy?': record({ activeKwh: ACTIVE, 'reactiveForwardKvarh?': ENERGY, 'reactiveReverseKvarh?': SIGNED_ENERGY, 'maximumDemandKw?': KW }),
  'fixedQuantityKwh?': ENERGY,
  'fixedRatioPercent?': PERCENT,
  'frozen?': record({ accountNo: NAME, usagePointNo: NAME, activeKwh: ACTIVE, 'reactiveKvarh?': ENERGY }),
  'adjustments?': list(
    record({
      adjustmentId: NAME,
      stage: oneOfValues(['before-losses', 'after-losses']),
      standing: FLAG,
      reason: TEXT,
      'activeKwh?': partial(PRICE_PERIODS, SIGNED_ENERGY),
      'reactiveKvarh?': SIGNED_ENERGY,
    }),
    50,
  ),
  'changes?': list(
    record({
      from: DATE,
      'planId?': NAME,
      'category?': oneOfValues(CATEGORIES),
      'voltage?': oneOfValues(VOLTAGES),
      'fixedQuantityKwh?': ENERGY,
      'fixedRatioPercent?': PERCENT,
    }),
    31,
    1,
  ),
  'partOf?': record({ usagePointNo: NAME, from: DATE, to: DATE }),
});

/** The shape of a calculation document: the only validator of documents. */
export const CALCULATION_DOCUMENT_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  $id: 'https://wattledger.example/schemas/calculation-1.json',
  title: 'Calculation document',
  $defs: { tariff: { ...TARIFF_DOCUMENT_SCHEMA, $id: undefined, $schema: undefined } },
  ...record({
    format: { const: CALCULATION_FORMAT },
    accountNo: NAME,
    kind: oneOfValues(BILL_KINDS),
    period: PERIOD,
    billingMonth: MONTH,
    tariffs: list(record({ hash: HASH, 'document?': { $ref: '#/$defs/tariff' } }), 40, 1),
    terms: list(TERMS, 40, 1),
    'transformers?': list(TRANSFORMER, 100),
    'supplyCircuits?': list(record({ supplyCircuitNo: NAME, 'contractDemandKw?': KW, 'approvedCapacityKva?': KW }), 20),
    'billedCircuitNo?': NAME,
    usagePoints: list(USAGE_POINT, 500, 1),
    'statedPowerFactor?': POWER_FACTOR,
    'statedReactiveEnergyKvarh?': ENERGY,
    'sharedAmounts?': list(record({ name: NAME, title: LABEL, amount: MONEY, 'inPowerFactorBase?': FLAG }), 50),
    'blocks?': record({
      usedBeforeKwh: ENERGY,
      'year?': { type: 'string', pattern: '^[12]\\d{3}$' },
      'householdSize?': { type: 'integer', minimum: 0, maximum: 50 },
      'extensions?': list(record({ fromMonth: MONTH, 'toMonth?': MONTH, kwhPerMonth: ENERGY }), 50),
      'balances?': record({ remainingKwh: list({ anyOf: [ENERGY, { type: 'null' }] }, 10, 1), extendedThrough: MONTH }),
      'lowIncome?': FLAG,
    }),
    'history?': record({
      'dailyEnergyKwh?': { type: 'object', additionalProperties: ENERGY, maxProperties: 500 },
      'sameMonthLastYearKwh?': ENERGY,
    }),
    'policies?': POLICIES,
  }),
};
