import { CoreError } from '../errors';
import { Decimal, round, Rounding, text, ZERO } from '../quantity';
import type { DeductionKind } from '../policy/policies';
import type { PricePeriod } from '../tariff/vocabulary';
import { energyTotal, FLAT_FIRST, PlainChildRule, Remaining, takeEnergies, takePlain } from './deduction';
import { checkPointTree, PointEnergies, TreePoint } from './point-tree';

export interface DeductionPolicy {
  /** All kinds, in the order in which they go under one parent; see `completeOrder`. */
  readonly order: readonly DeductionKind[];
  readonly plainChild: PlainChildRule;
  /** Places of a fixed ratio's energy; whole kWh. */
  readonly ratioDecimals: number;
  readonly ratioRounding: Rounding;
}

export const DEFAULT_DEDUCTION: DeductionPolicy = {
  order: ['sub-meter', 'fixed-quantity', 'fixed-ratio'],
  plainChild: FLAT_FIRST,
  ratioDecimals: 0,
  ratioRounding: 'half-up',
};

export interface PointResult {
  readonly pointId: string;
  /** Energy that the point stands for before its own children are taken off, kWh. */
  readonly gross: PointEnergies;
  /** What is billed at the point: gross less what its children took. Never below zero. */
  readonly billed: PointEnergies;
  readonly billedTotal: Decimal;
  /** Energy that children wanted and this point did not have, kWh; more than zero makes the account an exception. */
  readonly shortage: Decimal;
}

/** A point while the tree is worked through. */
interface Working {
  readonly point: TreePoint;
  readonly index: number;
  gross: PointEnergies | null;
  left: Remaining;
  shortage: Decimal;
}

const NOTHING: PointEnergies = { total: ZERO };

/** Energy below zero cannot be deducted, nor deducted from: an adjustment took off more than was used. */
function assertNotNegative(point: TreePoint): void {
  const energies = point.metered ?? NOTHING;
  for (const key in energies) {
    const energy = energies[key as PricePeriod] ?? ZERO;
    if (energy.lessThan(0)) throw new CoreError('USAGE.ENERGY_NEGATIVE', '', { pointId: point.pointId, period: key, energyKwh: text(energy) });
  }
}

function setGross(work: Working, gross: PointEnergies): void {
  work.gross = gross;
  work.left = { ...gross };
}

/** Energy of a fixed point out of what its parents have, first parent first; books what is missing on the last parent. */
function takeFixed(parents: readonly Working[], wanted: Decimal, rule: PlainChildRule): Decimal {
  let open = wanted;
  for (const parent of parents) open = takePlain(parent.left, open, rule);
  const last = parents[parents.length - 1];
  if (last !== undefined) last.shortage = last.shortage.plus(open);
  return wanted.minus(open);
}

/** A real child keeps its own reading, whatever its parents have. */
function takeMetered(parents: readonly Working[], gross: PointEnergies, rule: PlainChildRule): void {
  let open = gross;
  for (const parent of parents) open = takeEnergies(parent.left, open, rule);
  const last = parents[parents.length - 1];
  if (last !== undefined) last.shortage = last.shortage.plus(energyTotal(open));
}

function ratioEnergy(point: TreePoint, parents: readonly Working[], policy: DeductionPolicy): Decimal {
  let there = ZERO;
  for (const parent of parents) there = there.plus(energyTotal(parent.left));
  const share = round(there.times(point.ratioPercent ?? ZERO).div(100), policy.ratioDecimals, policy.ratioRounding);
  return share.greaterThan(there) ? there : share;
}

function deductChild(child: Working, parents: readonly Working[], policy: DeductionPolicy): void {
  if (child.point.relation === 'sub-meter') {
    takeMetered(parents, child.gross ?? NOTHING, policy.plainChild);
    return;
  }
  const wanted = child.point.relation === 'fixed-quantity' ? (child.point.fixedQuantity ?? ZERO) : ratioEnergy(child.point, parents, policy);
  setGross(child, { total: takeFixed(parents, wanted, policy.plainChild) });
}

function parentsOf(child: Working, works: ReadonlyMap<string, Working>): Working[] {
  return child.point.parents.flatMap((id) => works.get(id) ?? []);
}

/** The next child whose parents' energies are known and whose elder siblings (by kind, then by entry) are done. */
function nextChild(open: readonly Working[], works: ReadonlyMap<string, Working>, rank: (work: Working) => number): Working | undefined {
  const known = open.filter((child) => parentsOf(child, works).every((parent) => parent.gross !== null));
  const elderOf = (child: Working, other: Working): boolean =>
    other.point.parents.some((id) => child.point.parents.includes(id)) &&
    (rank(other) < rank(child) || (rank(other) === rank(child) && other.index < child.index));
  return known.find((child) => !open.some((other) => elderOf(child, other))) ?? known[0];
}

function resultOf(work: Working): PointResult {
  const billed: Partial<Record<PricePeriod, Decimal>> = work.left;
  return { pointId: work.point.pointId, gross: work.gross ?? NOTHING, billed, billedTotal: energyTotal(billed), shortage: work.shortage };
}

/**
 * Deducts sub-meters, fixed quantities and fixed ratios from their parents (套表扣减). Under one parent the kinds go in
 * the order of the policy, equal kinds in the order of entry. The first of two parents is used up, the rest goes to the
 * second; what neither has is booked on the second as a shortage. A parent goes to 0, never below; a fixed quantity or
 * ratio gets only what its parents had; a real child keeps its reading. A fixed ratio is taken of what is left of its
 * parents then, rounded to whole kWh. Errors: those of `checkPointTree`,
 * and USAGE.ENERGY_NEGATIVE. Results stand in the order of the points.
 */
export function deductSubMeters(points: readonly TreePoint[], policy: DeductionPolicy = DEFAULT_DEDUCTION): PointResult[] {
  checkPointTree(points);
  if (points.some((point) => point.parents.length > 0)) points.forEach(assertNotNegative);
  const works = new Map<string, Working>();
  let open: Working[] = [];
  points.forEach((point, index) => {
    const work: Working = { point, index, gross: null, left: {}, shortage: ZERO };
    works.set(point.pointId, work);
    if (point.parents.length === 0 || point.relation === 'sub-meter') setGross(work, point.metered ?? NOTHING);
    if (point.parents.length > 0) open.push(work);
  });
  const rank = (work: Working): number => policy.order.indexOf(work.point.relation);
  for (let child = nextChild(open, works, rank); child !== undefined; child = nextChild(open, works, rank)) {
    deductChild(child, parentsOf(child, works), policy);
    open = open.filter((work) => work !== child);
  }
  return [...works.values()].map(resultOf);
}

/** Whether any point lacked energy: the bill is blocked until a person confirms it. */
export function hasShortage(results: readonly PointResult[]): boolean {
  return results.some((result) => result.shortage.greaterThan(0));
}
