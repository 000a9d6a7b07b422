import { intersect, type Period } from '../../../core/calendar';
import type { AccountTerms, DocumentMeter, DocumentRegister, DocumentUsagePoint, FrozenEnergy } from '../../../core/bill';
import type { Register } from '../../../core/tariff';
import { confirmationKey } from '../inputs/confirmation.repository';
import type { AccountMetering, InstallationForBilling, ReadingForBilling, RegisterForBilling, UsagePointForBilling } from '../../metering';

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

const OWN_FIELDS = ['kind', 'role', 'planId', 'category', 'voltage', 'timeOfUse', 'meteringMode', 'lightingConnection', 'transformerNo', 'supplyCircuitNo', 'fixedQuantityKwh', 'fixedRatioPercent'] as const;

function needsOf(terms: readonly AccountTerms[]): Needs {
  return {
    demand: terms.some(({ chargeMethod }) => chargeMethod === 'contract-demand' || chargeMethod === 'actual-demand'),
    reactive: terms.some(({ powerFactorStandard }) => powerFactorStandard !== 'none'),
  };
}

/** Whether a bill cannot be made without the dial. Flat is total less the others, so its own dial is never needed. */
function needed(register: Register, point: UsagePointForBilling['versions'][number], needs: Needs): boolean {
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

function registerOf({ register, dialDigits, readings }: RegisterForBilling): DocumentRegister {
  return { register, dialDigits, readings: readings.map(readingOf) };
}

function meterOf({ assetNo, pt, ct }: InstallationForBilling, registers: readonly RegisterForBilling[]): DocumentMeter {
  const whole = (ratio: readonly [number, number]): boolean => ratio[0] === ratio[1];
  return { meterNo: assetNo, ...(whole(pt) ? {} : { pt }), ...(whole(ct) ? {} : { ct }), registers: registers.map(registerOf) };
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
function ownPart(version: UsagePointForBilling['versions'][number]): Partial<DocumentUsagePoint> {
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

/** Puts the usage points of one account's document together, and collects what is missing. */
export class UsagePointParts {
  readonly points: DocumentUsagePoint[] = [];
  readonly problems: PointProblem[] = [];
  private readonly needs: Needs;
  private readonly known: ReadonlySet<string>;

  constructor(
    metering: Pick<AccountMetering, 'usagePoints' | 'related' | 'blockingFindings'>,
    terms: readonly AccountTerms[],
    private readonly confirmed: (accountId: string) => ReadonlySet<string>,
    freeze: Freeze,
  ) {
    this.needs = needsOf(terms);
    this.known = new Set([...metering.usagePoints, ...metering.related].map(({ usagePointNo }) => usagePointNo));
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
      const confirmed = this.confirmed(accountId);
      if (confirmed.has(confirmationKey(code, subject)) || confirmed.has(confirmationKey(code, ''))) continue;
      this.report(code, subject, params);
    }
  }

  /**
   * A point of another account: agreed energy as it is agreed, metered energy as it is billed there. Check meters
   * verify and are taken off nothing.
   */
  private addRelated(point: UsagePointForBilling, freeze: Freeze): void {
    const version = point.versions.at(-1);
    if (version === undefined || version.role === 'check') return;
    const { kind, timeOfUse, meteringMode, fixedQuantityKwh, fixedRatioPercent } = version;
    const parents = parentsOf(point, point.cycle, this.known);
    const frozen = kind === 'metered' ? freeze(point) : undefined;
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
    });
  }

  private add(point: UsagePointForBilling): void {
    const version = point.versions.at(-1);
    if (version === undefined) return;
    this.reportGaps(point);
    for (const field of OWN_FIELDS) {
      if (point.versions.every((each) => each[field] === version[field])) continue;
      this.report('BILLING.USAGE_POINT_CHANGED', point.usagePointNo, { field, on: version.from });
    }
    const { kind, timeOfUse, meteringMode, fixedQuantityKwh, fixedRatioPercent } = version;
    const parents = parentsOf(point, point.cycle, this.known);
    const meters = kind === 'metered' ? this.metersOf(point, version) : [];
    this.points.push({
      usagePointNo: point.usagePointNo,
      kind,
      role: version.role,
      ...(parents.length === 0 ? {} : { parents }),
      ...ownPart(version),
      timeOfUse,
      meteringMode,
      ...(meters.length === 0 ? {} : { meters }),
      ...(fixedQuantityKwh === undefined ? {} : { fixedQuantityKwh }),
      ...(fixedRatioPercent === undefined ? {} : { fixedRatioPercent }),
      ...(point.adjustments.length === 0 ? {} : { adjustments: point.adjustments }),
    });
  }

  private metersOf(point: UsagePointForBilling, version: UsagePointForBilling['versions'][number]): DocumentMeter[] {
    const meters: DocumentMeter[] = [];
    for (const installation of point.installations) {
      const complete: RegisterForBilling[] = [];
      for (const register of installation.registers) {
        if (register.missing.length === 0) complete.push(register);
        else if (version.role !== 'check' && needed(register.register, version, this.needs)) {
          const subject = `${point.usagePointNo}/${installation.assetNo}/${register.register}`;
          const days = Object.fromEntries(register.missing.map((end) => [end, end === 'start' ? point.cycle.from : point.cycle.to]));
          this.report('METERING.READING_MISSING', subject, days);
        }
      }
      if (complete.length > 0) meters.push(meterOf(installation, complete));
    }
    return meters;
  }
}
