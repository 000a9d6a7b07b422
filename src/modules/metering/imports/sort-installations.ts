import type { Refusal } from '../readings/reading.types';
import type { OfferedInstallation } from './installations-file';
import type { Known } from './installations.lookup';

/** A line that is to be written, with the ids on record that it refers to. */
export interface AcceptedInstallation {
  readonly offered: OfferedInstallation;
  readonly accountId: string;
  /** Set where the meter is on record already. */
  readonly meterId: string | null;
  /** Set where the account is to be put on a route. */
  readonly routeId: string | null;
}

type Problem = Omit<Refusal, 'line'>;

const problem = (field: string, code: string, en: string, zh: string, allowed?: string): Problem =>
  allowed === undefined ? { field, code, message: { en, zh } } : { field, code, message: { en, zh }, allowed };

/** The deepest tree that is allowed. */
const MAX_LEVELS = 4;

/** Sorts the lines of one batch against what is on record and against the lines before them. */
export class SortInstallations {
  readonly accepted: AcceptedInstallation[] = [];
  readonly refused: Refusal[] = [];
  unchanged = 0;
  private readonly levels = new Map<string, number>();
  private readonly assets = new Set<string>();
  private readonly routeOf = new Map<string, string>();

  constructor(
    private readonly known: Known,
    private readonly today: string,
  ) {}

  add(offered: OfferedInstallation): void {
    const { line, usagePoint } = offered;
    const recorded = this.known.points.get(usagePoint.usagePointNo);
    if (recorded !== undefined && this.sameAsRecorded(offered, recorded)) {
      this.unchanged += 1;
      return;
    }
    const found =
      recorded !== undefined || this.levels.has(usagePoint.usagePointNo)
        ? problem('usagePoint.usagePointNo', 'TAKEN', 'is in use', '已存在')
        : (this.accountProblem(offered) ?? this.meterProblem(offered) ?? this.routeProblem(offered) ?? this.treeProblem(offered));
    if (found !== null) this.refused.push({ line, ...found });
    else this.accept(offered);
  }

  private sameAsRecorded({ accountNo, meter, installedOn }: OfferedInstallation, recorded: { accountNo: string; meters: readonly string[] }): boolean {
    return recorded.accountNo === accountNo && (meter === undefined ? recorded.meters.length === 0 : recorded.meters.includes(`${meter.assetNo} ${installedOn}`));
  }

  private accountProblem({ accountNo, usagePoint, installedOn }: OfferedInstallation): Problem | null {
    const account = this.known.accounts.get(accountNo);
    if (account === undefined) return problem('accountNo', 'UNKNOWN', 'is not the number of an account', '不是已有的户号');
    if (installedOn > this.today) return problem('installedOn', 'IN_THE_FUTURE', 'is in the future', '不能晚于今天', `… ${this.today}`);
    const { transformerNo, supplyCircuitNo } = usagePoint;
    if (transformerNo !== undefined && !this.known.transformers.has(`${account.accountId}/${transformerNo}`)) {
      return problem('usagePoint.transformerNo', 'UNKNOWN', 'is not on record for the account', '该户没有此变压器');
    }
    if (supplyCircuitNo !== undefined && !this.known.circuits.has(`${account.accountId}/${supplyCircuitNo}`)) {
      return problem('usagePoint.supplyCircuitNo', 'UNKNOWN', 'is not on record for the account', '该户没有此供电电源');
    }
    return null;
  }

  private meterProblem({ meter, installedOn }: OfferedInstallation): Problem | null {
    if (meter === undefined) return null;
    if (this.assets.has(meter.assetNo)) return problem('meter.assetNo', 'REPEATED', 'stands on an earlier line', '文件中重复');
    const recorded = this.known.meters.get(meter.assetNo);
    if (recorded === undefined) return null;
    const dials = meter.registers.map(({ register, dialDigits, decimals }) => `${register}/${dialDigits}/${decimals}`).sort();
    if (dials.join() !== [...recorded.dials].sort().join()) {
      return problem('meter.registers', 'DIFFERENT', 'are other ones than on record', '与已登记的示数类型不同', recorded.dials.join(' | '));
    }
    if (recorded.busyUntil !== null && recorded.busyUntil > installedOn) {
      return problem('meter.assetNo', 'INSTALLED_ELSEWHERE', 'stands at another place', '已装于他处', recorded.busyUntil === 'infinity' ? undefined : `installedOn ≥ ${recorded.busyUntil}`);
    }
    return null;
  }

  private routeProblem({ accountNo, routeCode }: OfferedInstallation): Problem | null {
    if (routeCode === undefined) return null;
    if (!this.known.routes.has(routeCode)) return problem('routeCode', 'UNKNOWN', 'is not a reading route', '抄表段不存在');
    const current = this.currentRoute(accountNo);
    if (current === undefined || current === routeCode) return null;
    return problem('routeCode', 'OTHER_ROUTE', 'the account is on another route', '该户已在其他抄表段', current);
  }

  private treeProblem({ parents = [] }: OfferedInstallation): Problem | null {
    for (const [index, no] of parents.entries()) {
      const levels = this.levelsOf(no);
      if (levels === undefined) return problem(`parents.${index}`, 'UNKNOWN', 'is neither on record nor on an earlier line', '不是已有的或前面行的计量点');
      if (levels >= MAX_LEVELS) return problem(`parents.${index}`, 'TOO_DEEP', 'would make the tree deeper than four levels', '将使套表超过四级', `1 … ${MAX_LEVELS}`);
    }
    return null;
  }

  private accept(offered: OfferedInstallation): void {
    const { accountNo, usagePoint, meter, routeCode, parents = [] } = offered;
    const accountId = this.known.accounts.get(accountNo)?.accountId ?? '';
    const joins = routeCode !== undefined && this.currentRoute(accountNo) === undefined;
    this.levels.set(usagePoint.usagePointNo, 1 + Math.max(0, ...parents.map((no) => this.levelsOf(no) ?? 0)));
    if (meter !== undefined) this.assets.add(meter.assetNo);
    if (joins) this.routeOf.set(accountNo, routeCode);
    this.accepted.push({
      offered,
      accountId,
      meterId: meter === undefined ? null : (this.known.meters.get(meter.assetNo)?.meterId ?? null),
      routeId: joins ? (this.known.routes.get(routeCode) ?? null) : null,
    });
  }

  private currentRoute(accountNo: string): string | undefined {
    return this.routeOf.get(accountNo) ?? this.known.memberships.get(this.known.accounts.get(accountNo)?.accountId ?? '');
  }

  private levelsOf(usagePointNo: string): number | undefined {
    const recorded = this.known.points.get(usagePointNo);
    return this.levels.get(usagePointNo) ?? (recorded === undefined ? undefined : (this.known.levels.get(recorded.usagePointId) ?? 1));
  }
}
