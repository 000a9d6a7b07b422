import { baseWithoutContained, powerFactorAdjustment } from '../../core/charges';
import { correctPowerFactor } from '../../core/back-billing';
import { Decimal, sum, text, ZERO } from '../../core/quantity';
import {
  PowerFactorClass, powerFactorRatePercent, powerFactorStandardOf, rawPowerFactor, roundPowerFactor, TablePowerFactorStandard,
} from '../../core/usage';
import { Json } from '../case-policy';
import { CaseProblem } from '../problems';
import { activeEnergy, reactiveEnergy } from '../periods';
import { Scope } from '../scope';
import { pricedEnergy, surchargesRule } from './energy';

/** `0.9`, `0.90` or `none`. */
export function standardOf(scope: Scope): TablePowerFactorStandard | 'none' {
  const stated = scope.wordOf('powerFactorStandard');
  if (stated === undefined || stated === 'none') return 'none';
  const standard = (['0.90', '0.85', '0.80'] as const).find((each) => new Decimal(each).equals(stated));
  if (standard === undefined) throw new CaseProblem(`power factor standard ${stated} is unknown`);
  return standard;
}

function scheme(scope: Scope): 'official-table' | 'linear' {
  return scope.policy.choice('powerFactorScheme', ['official-table', 'linear'], 'official-table');
}

/** Classes by the words that a case may use for them. */
const CLASS_WORDS: readonly (readonly [RegExp, PowerFactorClass])[] = [
  [/(resale|wholesale).*industr|industr.*(resale|wholesale)/, 'bulk-resale-industrial'],
  [/resale|wholesale|^bulk/, 'bulk-resale'],
  [/irrigation|pumping/, 'irrigation'],
  [/agricult|farm/, 'agricultural'],
  [/nonresiden|nonindustr|commerc|office|general(?!industr)/, 'non-industrial'],
  [/resident|household/, 'residential'],
  [/school|kindergarten|universit|army|military|welfare|exempt/, 'exempt'],
  [/industr/, 'industrial'],
];

function classOf(stated: string): PowerFactorClass {
  const word = stated.toLowerCase().replace(/[\s_-]/g, '');
  return CLASS_WORDS.find(([pattern]) => pattern.test(word))?.[1] ?? 'non-industrial';
}

/** Standard by class, capacity and supply. */
export function powerFactorStandardRule(scope: Scope): void {
  const stated = scope.string('customerClass');
  if (stated === undefined) throw new CaseProblem('customerClass is missing');
  const standard = powerFactorStandardOf({
    customerClass: classOf(stated),
    capacity: scope.need('transformerCapacityKva', 'approvedCapacityKva', 'contractTransformerCapacityKva', 'capacityKva', 'loadKw'),
    highVoltage: scope.flag('highVoltage'),
    onLoadRegulation: scope.flag('onLoadRegulation'),
  });
  scope.word('powerFactorStandard', standard);
}

function putFactor(scope: Scope, raw: Decimal | null): void {
  if (raw === null) {
    scope.plain('powerFactorAdjustmentRatePercent', ZERO);
    return;
  }
  const places = scope.policy.powerFactor;
  const factor = roundPowerFactor(raw, places);
  const standard = standardOf(scope);
  scope.plain('powerFactor', factor, 10, places.decimals);
  scope.plain('powerFactorAdjustmentRatePercent', standard === 'none' ? ZERO : powerFactorRatePercent(factor, standard, scheme(scope)));
}

/** Energies (or a stated factor) → factor → rate. */
export function powerFactorRule(scope: Scope): void {
  const stated = scope.first('powerFactorRaw', 'powerFactor');
  if (stated !== undefined) {
    putFactor(scope, stated);
    return;
  }
  const raw = rawPowerFactor(activeEnergy(scope) ?? scope.need('activeEnergyKwh'), reactiveEnergy(scope) ?? scope.need('reactiveEnergyKvarh'));
  if (raw !== null) scope.plain('powerFactorRaw', raw, 4);
  putFactor(scope, raw);
}

/** Several factors at once: the list whose name speaks of power factors. */
export function powerFactorList(scope: Scope): void {
  const name = Object.keys(scope.inputs).find((key) => /powerFactor/i.test(key) && Array.isArray(scope.inputs[key]));
  const list: Json | undefined = name === undefined ? undefined : scope.inputs[name];
  if (name === undefined || !Array.isArray(list)) throw new CaseProblem('a list of power factors is missing');
  const objects = scope.parts(name, 'item') ?? [];
  for (const { scope: part } of objects) powerFactorRule(part);
  list.forEach((each: Json, index) => {
    if (typeof each !== 'string') return;
    for (const id of [each, `item${index + 1}`]) powerFactorRule(scope.part(id, { powerFactorRaw: each }));
  });
}

const BASE_CHARGES = ['capacityCharge', 'demandCharge', 'energyCharge', 'addOnCharge'] as const;

function baseNames(scope: Scope): readonly string[] {
  const stated = scope.policy.names('powerFactorBase');
  if (stated !== null) return stated;
  const connected = scope.find('powerEnergyKwh') !== undefined;
  const series = scope.policy.choice('lightingConnection', ['series', 'parallel'], connected ? 'series' : 'parallel') === 'series';
  return series ? [...BASE_CHARGES, 'lightingCharge'] : BASE_CHARGES;
}

/** Some regions adjust the surcharges too, which a bill lists after the adjustment. */
function surchargeAmount(scope: Scope, name: string): Decimal | undefined {
  if (!name.startsWith('surcharge') || scope.list('surcharges') === undefined) return undefined;
  surchargesRule(scope);
  return scope.find(name === 'surcharges' ? 'surchargesTotal' : name);
}

function baseAmount(scope: Scope, name: string): Decimal | undefined {
  const excluded = scope.find('powerFactorBaseExcludedPricePerKwh');
  if (name === 'energyCharge' && excluded !== undefined) {
    const priced = pricedEnergy(scope);
    if (priced !== null) return baseWithoutContained(priced.energies, priced.prices, excluded, scope.policy.money);
  }
  return scope.find(name) ?? scope.printedFigure(name) ?? surchargeAmount(scope, name);
}

/** The named charges × rate. */
export function powerFactorChargeRule(scope: Scope): void {
  const amounts = baseNames(scope).flatMap((name) => baseAmount(scope, name) ?? []);
  const base = amounts.length === 0 ? scope.need('powerFactorBase', 'powerFactorBaseAmount') : sum(amounts);
  const rate = scope.need('powerFactorAdjustmentRatePercent');
  const adjustment = powerFactorAdjustment(base, rate, scope.policy.money);
  scope.money('powerFactorBase', base);
  scope.money('powerFactorCharge', adjustment.amount);
  scope.money('powerCharge', base.plus(adjustment.amount));
}

/** Missed reactive energy: factor and rate before and after, and the charge that follows. */
export function powerFactorBackBilling(scope: Scope): void {
  const standard = standardOf(scope);
  if (standard === 'none') throw new CaseProblem('powerFactorStandard is missing');
  const places = scope.policy.powerFactor;
  const result = correctPowerFactor(
    {
      active: activeEnergy(scope) ?? scope.need('activeEnergyKwh'),
      reactive: reactiveEnergy(scope) ?? scope.need('reactiveEnergyKvarh'),
      missed: scope.need('missedReactiveEnergyKvarh'),
      chargeWithAdjustment: scope.need('chargeWithAdjustment'),
      standard,
    },
    places,
    scheme(scope),
    scope.policy.money,
  );
  scope.word('powerFactorBefore', text(result.before.factor ?? ZERO, places.decimals));
  scope.plain('powerFactorAdjustmentRateBeforePercent', result.before.ratePercent);
  scope.word('powerFactorAfter', text(result.after.factor ?? ZERO, places.decimals));
  scope.plain('powerFactorAdjustmentRateAfterPercent', result.after.ratePercent);
  scope.money('correctedCharge', result.correctedCharge);
  scope.money('backBilledCharge', result.backBilled);
}
