import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';
import { type AccountCycle, CyclesRepository } from '../routes/cycles.repository';
import { type AskedPoint, askedPoints, daysOfAll } from './asked-points';
import { groupBy } from './group-by';
import { blockingFindings, installedMeters, placedMeters } from './installed-meters';
import type { AccountMetering, BlockingFinding, MeteringRequest, MeteringScope, ScopeRow } from './metering-for-billing.types';
import { MeteringInputsRepository } from './metering-inputs.repository';
import { pointForBilling, type PointInputs } from './point-for-billing';

/** All rows of a batch, by the usage point that they belong to. */
interface Inputs extends PointInputs {
  readonly findings: ReadonlyMap<string, readonly BlockingFinding[]>;
}

/**
 * Billing's window into metering. One call reads a whole batch of accounts (about 500) with a constant number of
 * statements, exactly as the inputs stood at the frozen revision. The statements read plain rows of the days of all
 * accounts together; which of them belong to the days of one account is told here.
 */
@Injectable()
export class MeteringForBilling {
  constructor(
    private readonly inputs: MeteringInputsRepository,
    private readonly cycles: CyclesRepository,
  ) {}

  /** Cycles of accounts for a period; see `CyclesRepository.cyclesFor`. */
  cyclesFor(tx: Tx, accountIds: readonly string[], period: LocalMonth, frozenRevision?: string): Promise<Map<string, AccountCycle>> {
    return this.cycles.cyclesFor(tx, accountIds, period, frozenRevision ?? null);
  }

  /** The usage points that the accounts need, and all accounts that these belong to. One query. */
  async scope(tx: Tx, { accountIds, frozenRevision }: Pick<MeteringRequest, 'accountIds' | 'frozenRevision'>): Promise<MeteringScope> {
    const points = await this.inputs.scope(tx, accountIds, frozenRevision);
    return { points, accountIds: [...new Set([...accountIds, ...points.map(({ accountId }) => accountId)])] };
  }

  /** What billing needs of each asked account; accounts without a usage point are there with empty lists. */
  async read(tx: Tx, request: MeteringRequest): Promise<Map<string, AccountMetering>> {
    const { points: scope } = request.scope ?? (await this.scope(tx, request));
    const cycles = await this.cyclesOf(tx, request, scope);
    const points = askedPoints(scope, (accountId) => cycleIn(cycles, accountId), request.lastBilled);
    const inputs = await this.load(tx, request, points);
    const built = new Map([...points].map(([id, point]) => [id, pointForBilling(point, inputs)]));
    const byAsker = groupBy(scope, ({ askerId }) => askerId);
    return new Map(
      request.accountIds.map((accountId) => {
        const seen = (byAsker.get(accountId) ?? []).flatMap(({ usagePointId }) => built.get(usagePointId) ?? []);
        const inForce = seen.filter(({ versions }) => versions.length > 0);
        const account: AccountMetering = {
          accountId,
          cycle: cycleIn(cycles, accountId),
          usagePoints: inForce.filter((point) => point.accountId === accountId),
          related: inForce.filter((point) => point.accountId !== accountId),
          blockingFindings: inForce.flatMap(({ usagePointId }) => inputs.findings.get(usagePointId) ?? []),
        };
        return [accountId, account] as const;
      }),
    );
  }

  /** The cycle of each account in sight: the regular one, with other days where the caller says so. */
  private async cyclesOf(tx: Tx, { accountIds, period, frozenRevision, regularCycles, cycles }: MeteringRequest, scope: readonly ScopeRow[]): Promise<Map<string, AccountCycle>> {
    const all = [...new Set([...accountIds, ...scope.map(({ accountId }) => accountId)])];
    const found = new Map(regularCycles ?? (await this.cycles.cyclesFor(tx, all, period, frozenRevision)));
    for (const [accountId, { from, to }] of cycles ?? []) {
      const regular = found.get(accountId);
      if (regular !== undefined) found.set(accountId, { ...regular, from, to });
    }
    return found;
  }

  private async load(tx: Tx, { period, frozenRevision: revision }: MeteringRequest, points: ReadonlyMap<string, AskedPoint>): Promise<Inputs> {
    const ids = [...points.keys()];
    const days = daysOfAll(points.values());
    const versions = await this.inputs.versions(tx, revision, ids);
    const links = await this.inputs.links(tx, revision, ids);
    const placed = placedMeters(await this.inputs.installations(tx, revision, ids, days), points);
    const installationIds = placed.map(({ installation }) => installation.installationId);
    const dials = await this.inputs.dials(tx, [...new Set(placed.map(({ installation }) => installation.meterId))]);
    const readings = await this.inputs.readings(tx, revision, installationIds, days);
    const findings = await this.inputs.findings(tx, revision, installationIds, days);
    const adjustments = await this.inputs.adjustments(tx, revision, ids, period);
    const ofPoint = (row: { readonly usagePointId: string }): string => row.usagePointId;
    return {
      versions: groupBy(versions, ofPoint),
      links: groupBy(links, ({ childId }) => childId),
      meters: groupBy(installedMeters(placed, { dials, readings, findings }), ofPoint),
      findings: blockingFindings(placed, findings),
      adjustments: groupBy(adjustments, ofPoint),
    };
  }
}

function cycleIn(cycles: ReadonlyMap<string, AccountCycle>, accountId: string): AccountCycle {
  const cycle = cycles.get(accountId);
  if (cycle === undefined) throw new Error(`account ${accountId} has no cycle`);
  return cycle;
}
