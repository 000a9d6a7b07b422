import { Injectable } from '@nestjs/common';
import { intersect, type LocalMonth } from '../../../core/calendar';
import { multiplierOf } from '../../../core/metering';
import { type Decimal, round, text, ZERO } from '../../../core/quantity';
import type { Tx } from '../../../platform/database';
import { usualPerDay } from '../readings/judge-reading';
import { type AccountCycle, CyclesRepository } from '../routes/cycles.repository';
import { chooseReadings } from './choose-readings';
import { endKey, endsOfPoint, type EndsOfPoint, gapsOfMeter, goneMeters, staysInCycle, unbilledMeters } from './continuity';
import type {
  AccountMetering,
  AdjustmentForBilling,
  ContinuityGap,
  InstallationForBilling,
  LastBilled,
  MeteringRequest,
  MeteringScope,
  ScopeRow,
  UsagePointForBilling,
  UsagePointVersion,
} from './metering-for-billing.types';
import {
  type AdjustmentRow,
  type FindingRow,
  type InstallationRow,
  type LinkRow,
  MeteringInputsRepository,
  type PointDays,
  type ReadingRow,
  type VersionRow,
} from './metering-inputs.repository';

/** All rows of a batch, by what they belong to. */
interface Inputs {
  readonly versions: ReadonlyMap<string, readonly VersionRow[]>;
  readonly links: ReadonlyMap<string, readonly LinkRow[]>;
  readonly installations: ReadonlyMap<string, readonly InstallationRow[]>;
  /** By installation and register. */
  readonly readings: ReadonlyMap<string, readonly ReadingRow[]>;
  readonly findings: ReadonlyMap<string, readonly FindingRow[]>;
  readonly adjustments: ReadonlyMap<string, readonly AdjustmentRow[]>;
}

function groupBy<Row>(found: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of found) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

const dialKey = (installationId: string, register: string): string => `${installationId} ${register}`;

function versionsOf(found: readonly VersionRow[], cycle: AccountCycle): UsagePointVersion[] {
  return found.flatMap(({ content: { validFrom, validTo, ...content } }) => {
    const days = intersect(cycle, { from: validFrom, to: validTo });
    return days === null ? [] : [{ ...content, ...days } as UsagePointVersion];
  });
}

interface Stay {
  /** Null where nothing of the meter is billed in the cycle. */
  readonly installation: InstallationForBilling | null;
  readonly gaps: readonly ContinuityGap[];
}

function stayOf(row: InstallationRow, cycle: AccountCycle, readings: Inputs['readings'], ends: EndsOfPoint): Stay {
  const { installationId, assetNo, installedOn, removedOn, ratios, dials } = row;
  const registers = dials.map((dial) => {
    const all = readings.get(dialKey(installationId, dial.register)) ?? [];
    const shown = all.map(({ readingId, on, reading, kind, estimated, fallConfirmed }) => ({ readingId, on, reading, kind, estimated, ...(fallConfirmed === true ? { fallConfirmed } : {}) }));
    const billed = ends.get(endKey(assetNo, dial.register));
    return { dial, shown, chosen: chooseReadings(dial.register, shown, { installedOn, removedOn, cycle, billed }) };
  });
  const gaps = gapsOfMeter(row, registers.map(({ dial, shown, chosen }) => ({ register: dial.register, readings: shown, chosen: chosen !== null })), ends);
  const billed = registers.flatMap(({ dial, chosen }) => (chosen === null ? [] : [{ ...dial, ...chosen }]));
  if (billed.length === 0) return { installation: null, gaps };
  return { installation: { installationId, assetNo, installedOn, removedOn, pt: [ratios[0], ratios[1]], ct: [ratios[2], ratios[3]], registers: billed }, gaps };
}

/** Mean energy of a day before the cycle over the total dials, kWh with 4 decimals; null where none has two readings. */
function usualOf(found: readonly InstallationRow[], cycle: AccountCycle, readings: Inputs['readings']): string | null {
  let usual: Decimal | null = null;
  for (const { installationId, ratios, dials } of found) {
    const total = dials.find(({ register }) => register === 'total');
    if (total === undefined) continue;
    const before = (readings.get(dialKey(installationId, 'total')) ?? []).filter(({ on }) => on <= cycle.from).slice(-6).reverse();
    const own = usualPerDay(before, total.dialDigits, multiplierOf([ratios[0], ratios[1]], [ratios[2], ratios[3]]));
    if (own !== null) usual = (usual ?? ZERO).plus(own);
  }
  return usual === null ? null : text(round(usual, 4));
}

function adjustmentOf({ energies, usagePointId: _, ...row }: AdjustmentRow): AdjustmentForBilling {
  const { reactive, deepValley, ...active } = energies;
  const activeKwh = deepValley === undefined ? active : { ...active, 'deep-valley': deepValley };
  return { ...row, activeKwh, ...(reactive === undefined ? {} : { reactiveKvarh: reactive }) };
}

/**
 * Billing's window into metering. One call reads a whole batch of accounts (about 500) with a constant number of
 * statements, exactly as the inputs stood at the frozen revision.
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
    const { accountIds } = request;
    const { points: scope } = request.scope ?? (await this.scope(tx, request));
    const cycles = await this.cyclesOf(tx, request, scope);
    const points = new Map(scope.map((row) => [row.usagePointId, row]));
    const inputs = await this.load(tx, request, [...points.values()].map((row) => this.daysOf(row, cycles)));
    const built = new Map([...points].map(([id, row]) => [id, this.build(row, this.cycleOf(cycles, row.accountId), inputs, request.lastBilled?.get(row.accountId))]));
    const byAsker = groupBy(scope, ({ askerId }) => askerId);
    return new Map(
      accountIds.map((accountId) => {
        const seen = (byAsker.get(accountId) ?? []).flatMap(({ usagePointId }) => built.get(usagePointId) ?? []);
        const inForce = seen.filter(({ versions }) => versions.length > 0);
        const account: AccountMetering = {
          accountId,
          cycle: this.cycleOf(cycles, accountId),
          usagePoints: inForce.filter((point) => point.accountId === accountId),
          related: inForce.filter((point) => point.accountId !== accountId),
          blockingFindings: inForce.flatMap(({ usagePointId }) => (inputs.findings.get(usagePointId) ?? []).map(({ usagePointId: _, ...finding }) => finding)),
        };
        return [accountId, account] as const;
      }),
    );
  }

  private async cyclesOf(tx: Tx, { accountIds, period, frozenRevision, cycles }: MeteringRequest, scope: readonly ScopeRow[]): Promise<Map<string, AccountCycle>> {
    const all = [...new Set([...accountIds, ...scope.map(({ accountId }) => accountId)])];
    const regular = await this.cycles.cyclesFor(tx, all, period, frozenRevision);
    for (const [accountId, days] of cycles ?? []) {
      const own = regular.get(accountId);
      if (own !== undefined) regular.set(accountId, { ...own, from: days.from, to: days.to });
    }
    return regular;
  }

  private cycleOf(cycles: ReadonlyMap<string, AccountCycle>, accountId: string): AccountCycle {
    const cycle = cycles.get(accountId);
    if (cycle === undefined) throw new Error(`account ${accountId} has no cycle`);
    return cycle;
  }

  private daysOf({ usagePointId, accountId }: ScopeRow, cycles: ReadonlyMap<string, AccountCycle>): PointDays {
    const { from, to, fromWindowDays, toWindowDays } = this.cycleOf(cycles, accountId);
    return { usagePointId, from, to, windowDays: Math.max(fromWindowDays, toWindowDays) };
  }

  private async load(tx: Tx, { period, frozenRevision: revision }: MeteringRequest, points: readonly PointDays[]): Promise<Inputs> {
    const ids = points.map(({ usagePointId }) => usagePointId);
    const ofPoint = (row: { readonly usagePointId: string }): string => row.usagePointId;
    return {
      versions: groupBy(await this.inputs.versions(tx, revision, ids), ofPoint),
      links: groupBy(await this.inputs.links(tx, revision, ids), ({ childId }) => childId),
      installations: groupBy(await this.inputs.installations(tx, revision, points), ofPoint),
      readings: groupBy(await this.inputs.readings(tx, revision, points), (row) => dialKey(row.installationId, row.register)),
      findings: groupBy(await this.inputs.blockingFindings(tx, revision, points), ofPoint),
      adjustments: groupBy(await this.inputs.adjustments(tx, revision, ids, period), ofPoint),
    };
  }

  private build(row: ScopeRow, cycle: AccountCycle, inputs: Inputs, last: LastBilled | undefined): UsagePointForBilling {
    const { usagePointId, usagePointNo, accountId, accountNo } = row;
    const ends = endsOfPoint(last, usagePointNo);
    const installed = (inputs.installations.get(usagePointId) ?? []).filter((each) => staysInCycle(each, cycle.from, ends));
    const stays = installed.map((each) => stayOf(each, cycle, inputs.readings, ends));
    const versions = versionsOf(inputs.versions.get(usagePointId) ?? [], cycle);
    const since = inputs.versions.get(usagePointId)?.[0]?.content.validFrom ?? cycle.from;
    const billedHere = versions.at(-1)?.role !== 'check' && versions.at(-1)?.kind === 'metered';
    const links = (inputs.links.get(usagePointId) ?? []).filter((link) => intersect(cycle, link) !== null);
    return {
      usagePointId,
      usagePointNo,
      accountId,
      accountNo,
      cycle: { from: cycle.from, to: cycle.to },
      versions,
      parents: links.map(({ childId: _, ...link }) => link),
      installations: stays.flatMap(({ installation }) => installation ?? []),
      adjustments: (inputs.adjustments.get(usagePointId) ?? []).map(adjustmentOf),
      gaps: billedHere ? [...stays.flatMap(({ gaps }) => gaps), ...goneMeters(installed, ends), ...unbilledMeters(installed, since, last, ends)] : [],
      usualDailyKwh: usualOf(installed, cycle, inputs.readings),
    };
  }
}
