import { CoreError } from '../errors';
import { Decimal, text } from '../quantity';
import type { DeductionKind } from '../policy/policies';
import type { PricePeriod } from '../tariff/vocabulary';

/** Energies of a point, kWh: `total` alone on a plain point, the periods on a time-of-use point. */
export type PointEnergies = Readonly<Partial<Record<PricePeriod, Decimal>>>;

/** A usage point in the tree of deductions (套表). Points without parents are roots. */
export interface TreePoint {
  readonly pointId: string;
  /** How it stands to its parents; a root is metered, whatever stands here. */
  readonly relation: DeductionKind;
  /** At most two; the first is used up before the second. */
  readonly parents: readonly string[];
  /** Roots and real sub-meters: energies as metered, adjustments before losses included. */
  readonly metered?: PointEnergies;
  /** `fixed-quantity`: kWh of the cycle. */
  readonly fixedQuantity?: Decimal;
  /** `fixed-ratio`: percent of what is left of the parents, 0–100. */
  readonly ratioPercent?: Decimal;
}

export const MAXIMUM_PARENTS = 2;
export const MAXIMUM_LEVELS = 4;

function refuse(code: string, point: TreePoint, params: Record<string, string> = {}): never {
  throw new CoreError(`USAGE.${code}`, '', { pointId: point.pointId, ...params });
}

function checkPoint(point: TreePoint, known: ReadonlyMap<string, TreePoint>): void {
  if (point.parents.length > MAXIMUM_PARENTS) refuse('TOO_MANY_PARENTS', point, { parents: String(point.parents.length) });
  if (new Set(point.parents).size !== point.parents.length) refuse('PARENT_TWICE', point);
  for (const parent of point.parents) if (!known.has(parent)) refuse('PARENT_UNKNOWN', point, { parentId: parent });
  const ratio = point.ratioPercent;
  if (ratio !== undefined && (ratio.isNegative() || ratio.greaterThan(100))) refuse('RATIO_OUT_OF_RANGE', point, { ratioPercent: text(ratio) });
  if (point.fixedQuantity?.isNegative() === true) refuse('FIXED_QUANTITY_NEGATIVE', point, { fixedQuantityKwh: text(point.fixedQuantity) });
}

/**
 * Checks the shape of a tree of usage points and gives the level of each (roots: 1). Refuses, each with its code:
 * an id used twice, an unknown parent, the same parent twice, a third parent, a cycle, a fifth level, a ratio outside
 * 0–100 %, a negative fixed quantity.
 */
export function checkPointTree(points: readonly TreePoint[]): ReadonlyMap<string, number> {
  const known = new Map<string, TreePoint>();
  for (const point of points) {
    if (known.has(point.pointId)) refuse('POINT_TWICE', point);
    known.set(point.pointId, point);
  }
  const levels = new Map<string, number>();
  const onPath = new Set<string>();
  const levelOf = (point: TreePoint): number => {
    const done = levels.get(point.pointId);
    if (done !== undefined) return done;
    if (onPath.has(point.pointId)) refuse('POINT_CYCLE', point);
    onPath.add(point.pointId);
    let level = 1;
    for (const parentId of point.parents) {
      const parent = known.get(parentId);
      if (parent !== undefined) level = Math.max(level, levelOf(parent) + 1);
    }
    onPath.delete(point.pointId);
    if (level > MAXIMUM_LEVELS) refuse('TREE_TOO_DEEP', point, { levels: String(level) });
    levels.set(point.pointId, level);
    return level;
  };
  for (const point of points) checkPoint(point, known);
  for (const point of points) levelOf(point);
  return levels;
}
