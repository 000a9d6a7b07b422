import { intersect, type Period } from '../../../core/calendar';
import type { AccountTerms, DocumentMeter, DocumentRegister, DocumentUsagePoint, FrozenEnergy } from '../../../core/bill';
import type { Register } from '../../../core/tariff';
import { confirmationKey } from '../inputs/confirmation.repository';
import type { AccountMetering, InstallationForBilling, ReadingForBilling, RegisterForBilling, UsagePointForBilling } from '../../metering';
import { changesOf, measuredDifference, type PointStretch, type PointVersion, readingsOfStretch, type ReadingsOfStretch, type StayInStretch, stretchesOf } from './point-stretches';

/** Something that keeps a usage point from being billed. */
export interface PointProblem {
  readonly code: string;
  readonly subject: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The energy of another account's metered point, or what keeps it from being known. */
export type Freeze = (point: UsagePointForBilling) => FrozenEnergy | PointProblem[];

/** Which dials an account's rules need, besides those of active energy. */
interface Needs {
  readonly demand: boolean;
  readonly reactive: boolean;
}

function needsOf(terms: readonly AccountTerms[]): Needs {
  return {
    demand: terms.some(({ chargeMethod }) => chargeMethod === 'contract-demand' || chargeMethod === 'actual-demand'),
    reactive: terms.some(({ powerFactorStandard }) => powerFactorStandard !== 'none'),
  };
}

/** Whether a bill cannot be made without the dial. Flat is total less the others, so its own dial is never needed. */
function needed(register: Register, point: PointVersion, needs: Needs): boolean {
  switch (register) {
    case 'total':
      return true;
    case 'flat':
      return false;
    case 'maximum-demand':
      return needs.demand;
    case 'reactive-forward':
    case 'reactive-reverse':
      return needs.reactive || point.meteringMode === 'high-low';
    default:
      return point.timeOfUse;
  }
}

function readingOf({ readingId, on, reading, kind, estimated }: ReadingForBilling): DocumentRegister['readings'][number] {
  return { on, reading, readingId, ...(kind === 'periodic' ? {} : { kind }), ...(estimated ? { estimated } : {}) };
}

type CompleteRegister = Pick<RegisterForBilling, 'register' | 'dialDigits' | 'readings'>;

/** The turn of a dial is confirmed with the reading that fell, or with the finding of the bill. */
function registerOf({ register, dialDigits, readings }: CompleteRegister, turned: boolean): DocumentRegister {
  const confirmed = turned || readings.some(({ fallConfirmed }) => fallConfirmed === true);
  return { register, dialDigits, ...(confirmed ? { rolloverConfirmed: true } : {}), readings: readings.map(readingOf) };
}

/** Whether a person lets the turn of a dial pass in this period. */
type Turned = (meterNo: string, register: Register) => boolean;

function meterOf({ assetNo, pt, ct }: InstallationForBilling, registers: readonly CompleteRegister[], turned: Turned): DocumentMeter {
  const whole = (ratio: readonly [number, number]): boolean => ratio[0] === ratio[1];
  const dials = registers.map((each) => registerOf(each, turned(assetNo, each.register)));
  return { meterNo: assetNo, ...(whole(pt) ? {} : { pt }), ...(whole(ct) ? {} : { ct }), registers: dials };
}

/** The main meters of a point at the end of the cycle that stand in the document, the first one first. */
function parentsOf(point: UsagePointForBilling, cycle: Period, known: ReadonlySet<string>): string[] {
  const byPosition = new Map<number, string>();
  for (const { position, usagePointNo, from, to } of point.parents) {
    if (known.has(usagePointNo) && intersect(cycle, { from, to }) !== null) byPosition.set(position, usagePointNo);
  }
  return [...byPosition].sort(([a], [b]) => a - b).map(([, usagePointNo]) => usagePointNo);
}

/** What concerns the price and the losses of a point. */
function ownPart(version: PointVersion): Partial<DocumentUsagePoint> {
  const { planId, category, voltage, transformerNo, supplyCircuitNo, lineLoss, lightingConnection } = version;
  return {
    ...(planId === undefined ? {} : { planId }),
    ...(category === undefined ? {} : { category }),
    ...(voltage === undefined ? {} : { voltage }),
    ...(transformerNo === undefined ? {} : { transformerNo }),
    ...(supplyCircuitNo === undefined ? {} : { supplyCircuitNo }),
    ...(lineLoss === undefined ? {} : { lineLoss }),
    ...(lightingConnection === undefined ? {} : { lightingConnection }),
  };
}

function wholeCycle({ readings, missing }: RegisterForBilling, cycle: Period): ReadingsOfStretch {
  return { readings, missing: Object.fromEntries(missing.map((end) => [end, end === 'start' ? cycle.from : cycle.to])) };
}

/** What a point is called in the document: by its number, where it stands in several parts with the day on which the part begins. */
function nameOf({ usagePointNo }: UsagePointForBilling, { stretch, first, last }: Pick<StayInStretch, 'stretch' | 'first' | 'last'>): string {
  return first && last ? usagePointNo : `${usagePointNo}@${stretch.from}`;
}

/** Puts the usage points of one account's document together, and collects what is missing. */
export class UsagePointParts {
  readonly points: DocumentUsagePoint[] = [];
  readonly problems: PointProblem[] = [];
  private readonly needs: Needs;
  private readonly known: ReadonlySet<string>;
  /** Main meters of any point in sight. */
  private readonly parents: ReadonlySet<string>;

  constructor(
    metering: Pick<AccountMetering, 'usagePoints' | 'related' | 'blockingFindings'>,
    terms: readonly AccountTerms[],
    private readonly confirmed: (accountId: string) => ReadonlySet<string>,
    freeze: Freeze,
  ) {
    this.needs = needsOf(terms);
    this.known = new Set([...metering.usagePoints, ...metering.related].map(({ usagePointNo }) => usagePointNo));
    this.parents = new Set([...metering.usagePoints, ...metering.related].flatMap(({ parents }) => parents.map(({ usagePointNo }) => usagePointNo)));
    for (const finding of metering.blockingFindings) {
      const { code, usagePointNo, assetNo, register, concernsOn, findingId } = finding;
      const other = metering.related.find((point) => point.usagePointNo === usagePointNo);
      this.report(code, `${usagePointNo}/${assetNo}/${register}`, { concernsOn, findingId, ...(other === undefined ? {} : { accountNo: other.accountNo }) });
    }
    for (const point of metering.usagePoints) this.add(point);
    const doubtful = new Set(metering.blockingFindings.map(({ usagePointNo }) => usagePointNo));
    for (const point of metering.related) if (!doubtful.has(point.usagePointNo)) this.addRelated(point, freeze);
  }

  private report(code: string, subject: string, params: Readonly<Record<string, string>>): void {
    if (!this.problems.some((known) => known.code === code && known.subject === subject)) this.problems.push({ code, subject, params });
  }

  /** Dials that do not simply go on from the last bill, unless a person of the point's account has settled it. */
  private reportGaps({ usagePointNo, accountId, gaps }: UsagePointForBilling): void {
    for (const { kind, assetNo, register, params } of gaps) {
      const code = kind === 'corrected' ? 'BILLING.START_READING_CORRECTED' : 'BILLING.METER_NOT_CONTINUED';
      const subject = `${usagePointNo}/${assetNo}/${register}`;
      if (!this.isConfirmed(accountId, code, subject)) this.report(code, subject, params);
    }
  }

  private isConfirmed(accountId: string, code: string, subject: string): boolean {
    const confirmed = this.confirmed(accountId);
    return confirmed.has(confirmationKey(code, subject)) || confirmed.has(confirmationKey(code, ''));
  }

  /**
   * A point of another account: agreed energy as it is agreed, metered energy as it is billed there. Check meters
   * verify and are taken off nothing.
   */
  private addRelated(point: UsagePointForBilling, freeze: Freeze): void {
    const stretches = stretchesOf(point.versions);
    const [stretch] = stretches;
    if (stretch === undefined || point.versions.every(({ role }) => role === 'check')) return;
    const different = stretches[1];
    if (different !== undefined && (stretch.versions[0].kind !== 'metered' || different.versions[0].kind !== 'metered')) { this.reportChange(point, stretch, different, 'sub-meter'); return; }
    const { kind, timeOfUse, meteringMode, fixedQuantityKwh, fixedRatioPercent } = stretch.versions[0];
    const parents = parentsOf(point, point.cycle, this.known);
    const frozen = kind === 'metered' ? freeze(point) : undefined;
    const changes = kind === 'metered' ? [] : changesOf(stretch);
    if (Array.isArray(frozen)) {
      for (const { code, subject, params } of frozen) this.report(code, subject, { ...params, accountNo: point.accountNo });
      return;
    }
    this.points.push({
      usagePointNo: point.usagePointNo,
      kind: frozen === undefined ? kind : 'frozen',
      role: 'deduction',
      ...(parents.length === 0 ? {} : { parents }),
      timeOfUse,
      meteringMode,
      ...(frozen === undefined ? {} : { frozen }),
      ...(fixedQuantityKwh === undefined ? {} : { fixedQuantityKwh }),
      ...(fixedRatioPercent === undefined ? {} : { fixedRatioPercent }),
      ...(changes.length === 0 ? {} : { changes }),
    });
  }

  /** A point that changes in a way that a bill cannot follow: `why` says what keeps it from being cut. */
  private reportChange({ usagePointNo }: UsagePointForBilling, before: PointStretch, after: PointStretch, why: string): void {
    const field = measuredDifference(before.versions[0], after.versions[0]) ?? 'validFrom';
    this.report('BILLING.USAGE_POINT_CHANGED', usagePointNo, { field, on: after.from, why });
  }

  private add(point: UsagePointForBilling): void {
    const stretches = stretchesOf(point.versions);
    this.reportGaps(point);
    if (stretches.length > 1) {
      const [before, after, why] = this.uncuttable(point, stretches) ?? [];
      if (before !== undefined && after !== undefined && why !== undefined) { this.reportChange(point, before, after, why); return; }
    }
    stretches.forEach((stretch, index) => {
      const only = stretches.length === 1;
      const { usagePointNo } = point;
      const { kind, role, timeOfUse, meteringMode, fixedQuantityKwh, fixedRatioPercent } = stretch.versions[0];
      const parents = parentsOf(point, point.cycle, this.known);
      const place = { stretch, first: index === 0, last: index === stretches.length - 1 };
      const meters = kind === 'metered' ? this.metersOf(point, place) : [];
      // A check meter that was not read verifies nothing, and keeps nobody's bill back.
      if (role === 'check' && kind === 'metered' && meters.length === 0 && !this.parents.has(usagePointNo)) return;
      const changes = changesOf(stretch);
      this.points.push({
        usagePointNo: nameOf(point, place),
        kind,
        role,
        ...(parents.length === 0 ? {} : { parents }),
        ...ownPart(stretch.versions[0]),
        timeOfUse,
        meteringMode,
        ...(meters.length === 0 ? {} : { meters }),
        ...(fixedQuantityKwh === undefined ? {} : { fixedQuantityKwh }),
        ...(fixedRatioPercent === undefined ? {} : { fixedRatioPercent }),
        ...(point.adjustments.length === 0 || !place.last ? {} : { adjustments: point.adjustments }),
        ...(changes.length === 0 ? {} : { changes }),
        ...(only ? {} : { partOf: { usagePointNo, from: stretch.from, to: stretch.to } }),
      });
    });
  }

  /** The first change that no document can express, and why; null where each stretch can be a part of its own. */
  private uncuttable(point: UsagePointForBilling, stretches: readonly PointStretch[]): [PointStretch, PointStretch, string] | null {
    for (const [index, after] of stretches.entries()) {
      const before = stretches[index - 1];
      if (before === undefined) continue;
      const field = measuredDifference(before.versions[0], after.versions[0]);
      if (field === 'kind' || before.versions[0].kind !== 'metered') return [before, after, 'kind'];
      if (point.parents.length > 0 || this.parents.has(point.usagePointNo)) return [before, after, 'sub-meter'];
      if (this.needs.demand && (field === 'transformerNo' || field === 'supplyCircuitNo')) return [before, after, 'demand'];
      if (point.installations.every(({ installedOn, removedOn }) => installedOn > after.from || (removedOn !== null && removedOn < after.from))) return [before, after, 'no-meter'];
    }
    return null;
  }

  private metersOf(point: UsagePointForBilling, place: Pick<StayInStretch, 'stretch' | 'first' | 'last'> & { readonly stretch: PointStretch }): DocumentMeter[] {
    const { stretch, first, last } = place;
    const [version] = stretch.versions;
    const meters: DocumentMeter[] = [];
    const name = nameOf(point, place);
    const turned: Turned = (meterNo, register) => this.isConfirmed(point.accountId, 'METERING.ROLLOVER_IMPLAUSIBLE', `${name}/${meterNo}/${register}`);
    for (const installation of point.installations) {
      const { installedOn, removedOn } = installation;
      if ((!last && installedOn >= stretch.to) || (!first && removedOn !== null && removedOn <= stretch.from)) continue;
      const complete: CompleteRegister[] = [];
      for (const register of installation.registers) {
        const { readings, missing } = first && last ? wholeCycle(register, point.cycle) : readingsOfStretch(register, { ...place, installedOn, removedOn });
        const incomplete = Object.keys(missing).length > 0;
        if (!incomplete && readings.length > 0) complete.push({ ...register, readings });
        else if (incomplete && version.role !== 'check' && needed(register.register, version, this.needs)) {
          this.report('METERING.READING_MISSING', `${point.usagePointNo}/${installation.assetNo}/${register.register}`, missing);
        }
      }
      if (complete.length > 0) meters.push(meterOf(installation, complete, turned));
    }
    return meters;
  }
}
