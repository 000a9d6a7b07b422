import { Decimal, dec, round, ZERO } from '../../core/quantity';
import {
  CopperLossStep, copperLossPercentAt, ironLossOf, lineLossByFormula, loadRateOf, lossByDays, reactivePower, shareLossOverPeriods,
  simplifiedLoss, transformerLossByFormula,
} from '../../core/usage';
import { isObject, JsonObject } from '../case-policy';
import { CaseProblem } from '../problems';
import { meteredPeriods, nameOf, PERIODS, reactiveMetered, totalOfPeriods } from '../periods';
import { Scope } from '../scope';

const HOURS_PER_DAY = new Decimal(24);

function active(scope: Scope): Decimal {
  const stated = scope.first('activeEnergyKwh', 'energyKwh');
  if (stated !== undefined) return stated;
  const periods = meteredPeriods(scope);
  if (periods === null) throw new CaseProblem('activeEnergyKwh is missing');
  return totalOfPeriods(periods);
}

/** Hours under voltage, or 24 h a day of the energised days. */
function supplyHours(scope: Scope): Decimal {
  const hours = scope.find('supplyHours');
  if (hours !== undefined) return hours;
  return scope.need('supplyDays', 'energisedDays', 'serviceDays').times(HOURS_PER_DAY);
}

/** Q0 or Qk: stated in kvar, or from the plate in percent of the capacity. */
function kvar(scope: Scope, inputs: JsonObject, key: 'noLoad' | 'load', percent: string, capacity: Decimal): Decimal | undefined {
  const stated = Object.keys(inputs).find((name) => name.startsWith(key) && name.endsWith('Kvar'));
  if (stated !== undefined) return scope.find(stated);
  const plate = scope.find(percent);
  return plate === undefined ? undefined : reactivePower(capacity, plate);
}

/** P0·T + Pk·(AP² + AQ²)/(Se²·t), and the reactive part where the plate is stated. */
export function transformerLossFormula(scope: Scope): void {
  const inputs = scope.raw('transformer');
  const plate = inputs !== undefined && isObject(inputs) ? scope.part('transformer', inputs) : scope;
  const capacity = plate.need('transformerCapacityKva', 'capacityKva');
  const noLoadReactive = kvar(plate, plate.inputs, 'noLoad', 'noLoadCurrentPercent', capacity);
  const loadReactive = kvar(plate, plate.inputs, 'load', 'impedanceVoltagePercent', capacity);
  const hours = supplyHours(scope);
  const loss = transformerLossByFormula(
    {
      capacity,
      noLoadLoss: plate.need('noLoadLossKw'),
      loadLoss: plate.need('loadLossKw'),
      noLoadReactive: noLoadReactive ?? ZERO,
      loadReactive: loadReactive ?? ZERO,
      active: active(scope),
      reactive: reactiveMetered(scope) ?? ZERO,
      supplyHours: hours,
      serviceHours: scope.find('serviceHours') ?? hours,
      shiftCorrection: plate.first('shiftCorrection', 'correctionFactor') ?? dec('1'),
    },
    scope.policy.loss,
  );
  scope.loss('activeLossKwh', loss.active);
  if (noLoadReactive !== undefined || loadReactive !== undefined) scope.loss('reactiveLossKvarh', loss.reactive);
}

function readSteps(scope: Scope): CopperLossStep[] | null {
  const steps = scope.list('copperLossSteps');
  if (steps === undefined) return null;
  return steps.map((inputs, index) => {
    const step = scope.part(`step${index + 1}`, inputs);
    return { upToLoadRate: inputs['upToLoadRate'] === undefined ? null : (step.find('upToLoadRate') ?? null), percent: step.need('copperLossPercent') };
  });
}

/** Iron loss by hours (or stated) + copper loss by percent (or by steps of the load rate) + cable loss. */
export function transformerLossSimplified(scope: Scope): void {
  const steps = readSteps(scope);
  const energy = active(scope);
  let loadRate: Decimal | undefined;
  if (scope.find('transformerCapacityKva') !== undefined && (steps !== null || scope.find('assumedPowerFactor') !== undefined)) {
    const hours = scope.first('serviceHours', 'supplyHours') ?? dec('720');
    loadRate = loadRateOf(energy, hours, scope.need('transformerCapacityKva'), scope.find('assumedPowerFactor') ?? dec('1'));
    scope.plain('loadRate', round(loadRate, scope.policy.decimals('loadRateDecimals', 2)), 2, 2);
  }
  const copperLossPercent = steps !== null && loadRate !== undefined ? copperLossPercentAt(loadRate, steps) : scope.need('copperLossPercent');
  const ironLoss = scope.find('ironLossKwh') ?? ironLossOf(scope.need('noLoadLossKw'), scope.find('supplyHours') ?? dec('720'));
  const parts = { active: energy, ironLoss, copperLossPercent, cableLoss: scope.find('cableLossKwh') ?? ZERO };
  const loss = simplifiedLoss(parts, scope.policy.loss);
  scope.loss('ironLossKwh', loss.ironLoss);
  scope.plain('copperLossPercent', loss.copperLossPercent);
  scope.loss('copperLossKwh', loss.copperLoss);
  scope.loss('activeLossKwh', loss.active);
}

/** Part of a monthly loss by days. */
export function lossForDays(scope: Scope): void {
  const days = scope.needCount('lossDays', 'days');
  const basis = scope.policy.count('lossDayBasis', 30);
  scope.loss('activeLossKwh', lossByDays(scope.need('monthlyLossKwh', 'monthlyActiveLossKwh'), days, basis, scope.policy.loss));
  const reactive = scope.first('monthlyLossKvarh', 'monthlyReactiveLossKvarh');
  if (reactive !== undefined) scope.loss('reactiveLossKvarh', lossByDays(reactive, days, basis, scope.policy.loss));
}

/** R·L·(AP² + AQ²)/(1000·Ve²·t). */
export function lineLossFormula(scope: Scope): void {
  const loss = lineLossByFormula(
    {
      resistance: scope.need('lineResistanceOhmPerKm'),
      length: scope.need('lineLengthKm'),
      voltage: scope.need('lineVoltageKv'),
      active: active(scope),
      reactive: reactiveMetered(scope) ?? ZERO,
      hours: scope.find('serviceHours') ?? supplyHours(scope),
    },
    scope.policy.loss,
  );
  scope.loss('lineLossKwh', loss);
}

/** Metered energies + losses. */
export function lossAddition(scope: Scope): void {
  const loss = (scope.find('activeLossKwh') ?? ZERO).plus(scope.find('lineLossKwh') ?? ZERO);
  scope.energy('activeBilledEnergyKwh', active(scope).plus(loss));
  const reactive = reactiveMetered(scope);
  if (reactive !== undefined) scope.energy('reactiveBilledEnergyKvarh', reactive.plus(scope.find('reactiveLossKvarh') ?? ZERO));
}

/** The loss shared over the periods by energy, the remainder to flat. */
export function periodLossShare(scope: Scope): void {
  const periods = meteredPeriods(scope);
  if (periods === null) throw new CaseProblem('period energies are missing');
  const loss = scope.need('activeLossKwh');
  const rounding = scope.policy.choice('lossShareRounding', ['half-up', 'up', 'down'], 'half-up');
  const remainderTo = scope.policy.choice('lossShareRemainderTo', PERIODS.map((each) => each.name), 'flat');
  const decimals = scope.policy.loss.decimals ?? loss.decimalPlaces();
  const shares = shareLossOverPeriods(loss, periods, { decimals, rounding }, PERIODS.find((each) => each.name === remainderTo)?.period ?? 'flat');
  for (const { name, period } of PERIODS) {
    const energy = periods[period];
    const share = shares[period];
    if (energy === undefined || share === undefined) continue;
    scope.energy(`${nameOf(period)}EnergyKwh`, energy);
    scope.loss(`${name}LossKwh`, share);
    scope.energy(`${name}BilledEnergyKwh`, energy.plus(share));
  }
  scope.energy('activeBilledEnergyKwh', totalOfPeriods(periods).plus(loss));
}

/** Reverse reactive energy is added to forward as an absolute value. */
export function reactiveAbsoluteSum(scope: Scope): void {
  const forward = scope.need('reactiveForwardEnergyKvarh').abs().plus((scope.find('reactiveReverseEnergyKvarh') ?? ZERO).abs());
  scope.energy('reactiveForwardAdjustedKvarh', forward);
  scope.energy('reactiveReverseAdjustedKvarh', ZERO);
  scope.energy('reactiveBilledEnergyKvarh', forward.plus(scope.find('reactiveLossKvarh') ?? ZERO));
}
