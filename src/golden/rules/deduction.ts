import { CaseProblem } from '../problems';
import { Decimal, ZERO } from '../../core/quantity';
import type { TimeOfUsePeriod } from '../../core/tariff/vocabulary';
import {
  DEFAULT_DEDUCTION, deductSubMeters, DeductionPolicy, FLAT_FIRST, hasShortage, PointEnergies, PointResult, TreePoint,
} from '../../core/usage';
import { nameOf, periodObject, PERIODS } from '../periods';
import { Scope } from '../scope';

const KINDS = DEFAULT_DEDUCTION.order;
type Kind = (typeof KINDS)[number];

function readPolicy(scope: Scope): DeductionPolicy {
  const periods = FLAT_FIRST.order.map((period) => nameOf(period));
  const order = scope.policy.order('plainChildDeductionOrder', periods);
  return {
    order: scope.policy.order('deductionOrder', KINDS),
    plainChild: {
      method: scope.policy.choice('plainChildDeduction', ['in-order', 'in-proportion'], 'in-order'),
      order: order.map((name): TimeOfUsePeriod => PERIODS.find((each) => each.name === name)?.period ?? 'flat'),
    },
    ratioDecimals: scope.policy.energy.decimals ?? 0,
    ratioRounding: scope.policy.energy.rounding,
  };
}

function readRelation(value: string | undefined): Kind {
  const found = KINDS.find((kind) => kind === (value ?? 'sub-meter'));
  if (found === undefined) throw new CaseProblem(`relation ${value} is unknown`);
  return found;
}

/** Energy of a point as stated, as read by the meter of the same name, or (main point) as read in all. */
function meteredEnergy(id: string, scope: Scope, root: boolean): Decimal {
  const stated = scope.inputs['meteredEnergyKwh'] === undefined ? undefined : scope.find('meteredEnergyKwh');
  const read = stated ?? scope.printedFigure(`${id}.activeEnergyKwh`) ?? (root ? scope.find('activeEnergyKwh') : undefined);
  if (read === undefined) throw new CaseProblem(`${id}.meteredEnergyKwh is missing`);
  return read;
}

function readPoint(id: string, scope: Scope): TreePoint {
  const parents = [scope.inputs['parentId'], scope.inputs['secondParentId']].filter((each): each is string => typeof each === 'string');
  const periods = periodObject(scope, 'meteredEnergyKwh') ?? periodObject(scope, 'periodEnergyKwh');
  const relation = parents.length === 0 ? 'sub-meter' : readRelation(scope.string('relation'));
  const own = relation === 'sub-meter' && periods === null ? meteredEnergy(id, scope, parents.length === 0) : undefined;
  const fixedQuantity = scope.inputs['fixedQuantityKwh'] === undefined ? undefined : scope.find('fixedQuantityKwh');
  const ratio = scope.inputs['ratioPercent'] === undefined ? undefined : scope.find('ratioPercent');
  const metered: PointEnergies | undefined = periods ?? (own === undefined ? undefined : { total: own });
  return {
    pointId: id,
    relation,
    parents,
    ...(metered === undefined ? {} : { metered }),
    ...(fixedQuantity === undefined ? {} : { fixedQuantity }),
    ...(ratio === undefined ? {} : { ratioPercent: ratio }),
  };
}

function putResult(scope: Scope, result: PointResult, isParent: boolean): void {
  scope.energy('billedEnergyKwh', result.billedTotal);
  for (const key in result.billed) {
    const period = key as keyof PointEnergies;
    const energy = result.billed[period];
    if (period !== 'total' && energy !== undefined) scope.energy(`${nameOf(period)}BilledEnergyKwh`, energy);
  }
  if (isParent) scope.energy('shortageKwh', result.shortage);
}

/** The tree of usage points → own energy of each after deduction, and what was missing at the parents. */
export function subMeterDeduction(scope: Scope): void {
  const parts = scope.parts('points', 'point');
  if (parts === undefined) throw new CaseProblem('points is missing');
  const points = parts.map(({ id, scope: part }) => readPoint(id, part));
  const results = deductSubMeters(points, readPolicy(scope));
  const parents = new Set(points.flatMap((point) => point.parents));
  results.forEach((result, index) => {
    const part = parts[index]?.scope;
    if (part !== undefined) putResult(part, result, parents.has(result.pointId));
  });
  scope.flagFigure('abnormal', hasShortage(results));
}

function childPoint(scope: Scope): TreePoint {
  const energy = scope.need('childEnergyKwh');
  const relation = readRelation(scope.string('childRelation'));
  if (relation === 'sub-meter') return { pointId: 'child', relation, parents: ['parent'], metered: { total: energy } };
  return { pointId: 'child', relation, parents: ['parent'], fixedQuantity: energy };
}

/** A plain sub-meter under a time-of-use meter. */
export function timeOfUseParentPlainChild(scope: Scope): void {
  const periods = periodObject(scope, 'parentPeriodEnergyKwh');
  if (periods === null) throw new CaseProblem('parentPeriodEnergyKwh is missing');
  const results = deductSubMeters([{ pointId: 'parent', relation: 'sub-meter', parents: [], metered: periods }, childPoint(scope)], readPolicy(scope));
  const parent = results[0];
  const child = results[1];
  const part = scope.part('parent', {});
  for (const { name, period } of PERIODS) {
    const energy: Decimal | undefined = parent?.billed[period];
    if (energy !== undefined) part.energy(`${name}EnergyKwh`, energy);
  }
  part.energy('billedEnergyKwh', parent?.billedTotal ?? ZERO);
  part.energy('shortageKwh', parent?.shortage ?? ZERO);
  scope.part('child', {}).energy('billedEnergyKwh', child?.billedTotal ?? ZERO);
  scope.flagFigure('abnormal', hasShortage(results));
}

/** Lighting behind the main meter (series) is taken off it; lighting beside it (parallel) is not. */
export function lightingConnection(scope: Scope): void {
  const main = scope.need('activeEnergyKwh');
  const lighting = scope.need('lightingEnergyKwh');
  if (scope.policy.choice('lightingConnection', ['series', 'parallel'], 'series') === 'parallel') {
    scope.energy('powerEnergyKwh', main);
    return;
  }
  const results = deductSubMeters([
    { pointId: 'main', relation: 'sub-meter', parents: [], metered: { total: main } },
    { pointId: 'lighting', relation: 'sub-meter', parents: ['main'], metered: { total: lighting } },
  ]);
  scope.energy('powerEnergyKwh', results[0]?.billedTotal ?? ZERO);
  scope.energy('shortageKwh', results[0]?.shortage ?? ZERO);
  scope.flagFigure('abnormal', hasShortage(results));
}
