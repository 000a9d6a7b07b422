import {
  additionalEnergy, CorrectionRate, correctionRate, errorFromPower, errorFromSeconds, HALF_OF_THE_TIME, measuredPower, MeteredPhase, meterErrorCorrection, multiplierCorrection,
  ratePercent, rateValue, stoppedMeterEnergy, theoreticalSeconds, trueEnergy, wiringCorrection,
} from '../../core/back-billing';
import { priceLine, totalAmount } from '../../core/charges';
import { Decimal, ONE, sum, ZERO } from '../../core/quantity';
import { JsonObject } from '../case-policy';
import { CaseProblem } from '../problems';
import { meteredPeriods, nameOf, PERIODS } from '../periods';
import { Scope } from '../scope';
import { pricesOf } from './energy';
import { ratioValue } from './metering';

function recordedEnergy(scope: Scope): Decimal {
  return scope.need('recordedEnergyKwh', 'activeEnergyKwh', 'billedEnergyKwh', 'energyKwh');
}

function readPhase(phase: Scope): MeteredPhase {
  const ratio = phase.inputs['ctRatio'];
  const error = phase.inputs['ctErrorPercent'] === undefined ? undefined : phase.find('ctErrorPercent');
  return {
    ...(typeof ratio === 'string' ? { ctRatio: ratioValue(ratio) } : {}),
    ...(error === undefined ? {} : { ctErrorPercent: error }),
    currentReversed: phase.inputs['currentReversed'] === true,
    voltagePresent: phase.inputs['voltagePresent'] !== false,
  };
}

/** Energy and charge to add at a rate: by period where energies and prices are known by period. */
function putCorrection(scope: Scope, rate: CorrectionRate, share?: Decimal): void {
  const decimals = scope.policy.decimals('additionalEnergyDecimals', 0);
  const energy = additionalEnergy(recordedEnergy(scope), rate, decimals, share);
  scope.plain('additionalEnergyKwh', energy);
  const prices = pricesOf(scope);
  const periods = prices === null ? null : meteredPeriods(scope);
  if (prices !== null && periods !== null) {
    const lines = PERIODS.flatMap(({ period }) => {
      const recorded = periods[period];
      const price = prices[period];
      if (recorded === undefined || price === undefined) return [];
      const line = priceLine(additionalEnergy(recorded, rate, decimals, share), price, scope.policy.money);
      scope.energy(`${nameOf(period)}AdditionalEnergyKwh`, line.quantity);
      scope.money(`${nameOf(period)}AdditionalCharge`, line.amount);
      return [line];
    });
    scope.money('additionalCharge', totalAmount(lines));
    return;
  }
  const price = scope.find('pricePerKwh');
  if (price !== undefined) scope.money('additionalCharge', priceLine(energy, price, scope.policy.money).amount);
}

function shareOfTime(scope: Scope, fallback: Decimal | undefined): Decimal | undefined {
  return scope.policy.optionalDecimal('shareOfTime') ?? fallback;
}

/** Wrong wiring, wrong or missing phases → correction rate, energy and charge. */
export function wiringCorrectionRule(scope: Scope): void {
  const parts = scope.parts('phases', 'phase');
  if (parts === undefined || parts.length === 0) throw new CaseProblem('phases is missing');
  const phases = parts.map(({ scope: phase }) => readPhase(phase));
  const stated = scope.string('billedCtRatio') ?? scope.string('ctRatio');
  const billed = stated === undefined ? (phases.find((phase) => phase.ctRatio !== undefined)?.ctRatio ?? ONE) : ratioValue(stated);
  const rate = wiringCorrection(phases, billed);
  scope.plain('correctionRatePercent', ratePercent(rate), 2);
  scope.plain('correctionRate', rateValue(rate), 4);
  if (scope.first('recordedEnergyKwh', 'activeEnergyKwh', 'billedEnergyKwh', 'energyKwh') !== undefined) putCorrection(scope, rate, shareOfTime(scope, undefined));
}

/** A fast or slow meter: half of the time since the last test, where nothing else is known. */
export function meterErrorEnergy(scope: Scope): void {
  const error = scope.need('meterErrorPercent');
  const decimals = scope.policy.decimals('additionalEnergyDecimals', 0);
  scope.plain('trueEnergyKwh', trueEnergy(recordedEnergy(scope), error, scope.policy.decimals('trueEnergyDecimals', decimals)));
  const rate = meterErrorCorrection(error);
  scope.plain('correctionRate', rateValue(rate), 4);
  putCorrection(scope, rate, shareOfTime(scope, HALF_OF_THE_TIME));
}

/** A stopped meter: the usual energy of a day × days, less what it still recorded. */
export function stoppedMeter(scope: Scope): void {
  const recorded = scope.first('recordedEnergyKwh', 'activeEnergyKwh') ?? ZERO;
  const energy = stoppedMeterEnergy(scope.need('dailyEnergyKwh', 'averageDailyEnergyKwh'), scope.needCount('stoppedDays', 'days'), recorded, scope.policy.decimals('additionalEnergyDecimals', 0));
  scope.plain('additionalEnergyKwh', energy);
  const price = scope.find('pricePerKwh');
  if (price !== undefined) scope.money('additionalCharge', priceLine(energy, price, scope.policy.money).amount);
}

/** A multiplier or ratio of an item by the words in its name. */
function itemRatio(inputs: JsonObject, words: RegExp): Decimal | undefined {
  const key = Object.keys(inputs).find((name) => words.test(name) && /(multiplier|ratio)/i.test(name));
  const value = key === undefined ? undefined : inputs[key];
  if (typeof value === 'string') return ratioValue(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? new Decimal(value) : undefined;
}

const BILLED = /billed|wrong|used|recorded|applied/i;
const CORRECT = /correct|true|actual|real|right|installed/i;

interface Item {
  readonly scope: Scope;
  readonly rate: CorrectionRate;
  readonly energy: Decimal | undefined;
}

function readItem(scope: Scope): Item {
  const billed = itemRatio(scope.inputs, BILLED);
  const correct = itemRatio(scope.inputs, CORRECT);
  if (billed === undefined || correct === undefined) throw new CaseProblem('billed or correct multiplier is missing');
  const key = Object.keys(scope.inputs).find((name) => /EnergyKwh$/.test(name));
  const reading = scope.inputs['readingDifference'] === undefined ? undefined : scope.find('readingDifference');
  const energy = key === undefined ? reading?.times(billed) : scope.find(key);
  return { scope, rate: multiplierCorrection(billed, correct), energy };
}

/** Bills with a wrong multiplier: each item with its energy; items without energy (PT and CT) work together on the whole. */
export function multiplierCorrectionRule(scope: Scope): void {
  const items = (scope.parts('multiplierItems', 'item') ?? [{ id: '', scope }]).map(({ scope: part }) => readItem(part));
  const decimals = scope.policy.decimals('additionalEnergyDecimals', 0);
  for (const item of items) {
    item.scope.plain('correctionRate', rateValue(item.rate), 4);
    item.scope.plain('correctionRatePercent', ratePercent(item.rate), 2);
    if (item.energy === undefined) continue;
    const added = additionalEnergy(item.energy, item.rate, decimals);
    item.scope.plain('additionalEnergyKwh', added);
    item.scope.plain('trueEnergyKwh', item.energy.plus(added));
  }
  const recorded = items.flatMap((item) => item.energy ?? []);
  if (recorded.length === items.length) {
    const added = sum(items.map((item) => additionalEnergy(item.energy ?? recordedEnergy(scope), item.rate, decimals)));
    const before = sum(recorded);
    if (!before.isZero()) scope.plain('correctionRate', rateValue(items.length === 1 ? (items[0]?.rate ?? correctionRate(before, before)) : correctionRate(before.plus(added), before)), 4);
    scope.plain('additionalEnergyKwh', added);
    scope.plain('trueEnergyKwh', before.plus(added));
    const price = scope.find('pricePerKwh');
    if (price !== undefined) scope.money('additionalCharge', priceLine(added, price, scope.policy.money).amount);
    return;
  }
  const rate = items.reduce<CorrectionRate>(
    (product, { rate: each }) => correctionRate(
      product.numerator.plus(product.denominator).times(each.numerator.plus(each.denominator)),
      product.denominator.times(each.denominator),
    ),
    correctionRate(ONE, ONE),
  );
  scope.plain('correctionRate', rateValue(rate), 4);
  scope.plain('correctionRatePercent', ratePercent(rate), 2);
  if (scope.first('recordedEnergyKwh', 'activeEnergyKwh', 'billedEnergyKwh', 'energyKwh') === undefined) return;
  putCorrection(scope, rate);
  scope.plain('trueEnergyKwh', recordedEnergy(scope).plus(scope.need('additionalEnergyKwh')));
}

function meterTest(scope: Scope): { constant: Decimal; turns: Decimal; multiplier: Decimal } {
  const named = scope.string('ctRatio') !== undefined || scope.string('ptRatio') !== undefined;
  const ratio = named ? [scope.string('ptRatio'), scope.string('ctRatio')].reduce((product, each) => (each === undefined ? product : product.times(ratioValue(each))), ONE) : ONE;
  return { constant: scope.need('meterConstantPerKwh'), turns: scope.need('turns', 'pulses', 'turnCount', 'pulseCount'), multiplier: scope.find('multiplier') ?? ratio };
}

const LOADS = ['loadKw', 'actualPowerKw', 'activePowerKw', 'powerKw', 'actualLoadKw'] as const;
const SECONDS = ['measuredSeconds', 'seconds', 'actualSeconds'] as const;

/** Time that the turns should take, and the error by the time that they took. */
export function meterConstantTime(scope: Scope): void {
  const seconds = theoreticalSeconds(meterTest(scope), scope.need(...LOADS));
  scope.plain('theoreticalSeconds', seconds, 2);
  const measured = scope.first(...SECONDS);
  if (measured !== undefined) scope.plain('meterErrorPercent', errorFromSeconds(seconds, measured), 2);
}

/** Power that the meter shows, and the error against the power that there is. */
export function meterConstantPower(scope: Scope): void {
  const power = measuredPower(meterTest(scope), scope.need(...SECONDS));
  scope.plain('measuredPowerKw', power, 4);
  const load = scope.first(...LOADS);
  if (load !== undefined) scope.plain('meterErrorPercent', errorFromPower(power, load), 2);
}
