import type { Period } from '../../../core/calendar';
import type { DocumentUsagePoint } from '../../../core/bill';
import type { ReadingForBilling, RegisterForBilling, UsagePointForBilling } from '../../metering';

export type PointVersion = UsagePointForBilling['versions'][number];

/** Fields by which a point is measured and connected: where one of them changes, energy before and after is not the same energy. */
const MEASURED_BY = ['kind', 'role', 'timeOfUse', 'meteringMode', 'lightingConnection', 'transformerNo', 'supplyCircuitNo'] as const;
/** Fields by which its energy is priced or agreed: the same energy, cut by days or readings. */
const PRICED_BY = ['planId', 'category', 'voltage', 'fixedQuantityKwh', 'fixedRatioPercent'] as const;

/** Days of a cycle on which a point is measured and connected in one way; only prices and agreed quantities change in them. */
export interface PointStretch extends Period {
  readonly versions: readonly [PointVersion, ...PointVersion[]];
}

/** Which field of measurement or connection differs between two versions; null where none does. */
export function measuredDifference(a: PointVersion, b: PointVersion): string | null {
  const field = MEASURED_BY.find((each) => a[each] !== b[each]);
  if (field !== undefined) return field;
  return JSON.stringify(a.lineLoss ?? null) === JSON.stringify(b.lineLoss ?? null) ? null : 'lineLoss';
}

/** The stretches of a cycle, in order of time. */
export function stretchesOf(versions: readonly PointVersion[]): PointStretch[] {
  const stretches: PointStretch[] = [];
  for (const version of versions) {
    const last = stretches.at(-1);
    if (last !== undefined && last.to === version.from && measuredDifference(last.versions[0], version) === null) {
      stretches[stretches.length - 1] = { ...last, to: version.to, versions: [...last.versions, version] };
    } else stretches.push({ from: version.from, to: version.to, versions: [version] });
  }
  return stretches;
}

/** Price and agreed quantity of each version after the first, from its day on; versions that change neither are left out. */
export function changesOf({ versions: [first, ...later] }: PointStretch): NonNullable<DocumentUsagePoint['changes']> {
  let before: PointVersion = first;
  return later.flatMap((version) => {
    const same = PRICED_BY.every((field) => before[field] === version[field]);
    before = version;
    return same ? [] : [{ from: version.from, ...pricedBy(version) }];
  });
}

function pricedBy({ planId, category, voltage, fixedQuantityKwh, fixedRatioPercent }: PointVersion): Omit<NonNullable<DocumentUsagePoint['changes']>[number], 'from'> {
  return {
    ...(planId === undefined ? {} : { planId }),
    ...(category === undefined ? {} : { category }),
    ...(voltage === undefined ? {} : { voltage }),
    ...(fixedQuantityKwh === undefined ? {} : { fixedQuantityKwh }),
    ...(fixedRatioPercent === undefined ? {} : { fixedRatioPercent }),
  };
}

/** Where a stretch lies in its cycle, and how long a meter stood. */
export interface StayInStretch {
  readonly stretch: Period;
  readonly first: boolean;
  readonly last: boolean;
  readonly installedOn: string;
  readonly removedOn: string | null;
}

export interface ReadingsOfStretch {
  readonly readings: readonly ReadingForBilling[];
  /** The days of which there is no reading, by the end of the stretch that they are. */
  readonly missing: Readonly<Record<string, string>>;
}

/**
 * The readings of a dial that belong to one of several stretches: from the reading of its first day (of the
 * installation, at the start of the cycle the one that the cycle begins with) to that of its last. `missing` names the
 * days of which there is no reading. A demand dial has those after the first day up to the last.
 */
export function readingsOfStretch({ register, readings, missing }: RegisterForBilling, stay: StayInStretch): ReadingsOfStretch {
  const { stretch, first, last, installedOn, removedOn } = stay;
  const from = installedOn > stretch.from ? installedOn : stretch.from;
  const to = removedOn !== null && removedOn < stretch.to ? removedOn : stretch.to;
  const inside = ({ on }: ReadingForBilling): boolean => (first || on >= from) && (last || on <= to);
  if (register === 'maximum-demand') return { readings: readings.filter((reading) => inside(reading) && (first || reading.on > from)), missing: {} };
  const own = readings.filter(inside);
  const starts = first ? !missing.includes('start') : own[0]?.on === from;
  const ends = last ? !missing.includes('end') : own.at(-1)?.on === to;
  return { readings: own, missing: { ...(starts ? {} : { start: from }), ...(ends ? {} : { end: to }) } };
}
