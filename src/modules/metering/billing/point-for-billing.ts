import { intersect } from '../../../core/calendar';
import type { AccountCycle } from '../routes/cycles.repository';
import { VERSION_FIELDS } from '../usage-points/usage-points.repository';
import type { AskedPoint } from './asked-points';
import { goneMeters, staysInCycle, unbilledMeters } from './continuity';
import type { AdjustmentForBilling, UsagePointForBilling, UsagePointVersion } from './metering-for-billing.types';
import type { AdjustmentRow, InstalledMeter, LinkRow, VersionRow } from './metering-inputs.rows';
import { stayOf, usualOf } from './stay-of-meter';

/** All rows of a batch, by the usage point that they belong to. */
export interface PointInputs {
  readonly versions: ReadonlyMap<string, readonly VersionRow[]>;
  readonly links: ReadonlyMap<string, readonly LinkRow[]>;
  readonly meters: ReadonlyMap<string, readonly InstalledMeter[]>;
  readonly adjustments: ReadonlyMap<string, readonly AdjustmentRow[]>;
}

/** What billing needs of one usage point for the cycle of its account. */
export function pointForBilling({ row, days: { cycle }, last, ends }: AskedPoint, inputs: PointInputs): UsagePointForBilling {
  const { usagePointId, usagePointNo, accountId, accountNo } = row;
  const installed = (inputs.meters.get(usagePointId) ?? []).filter((each) => staysInCycle(each, cycle.from, ends));
  const stays = installed.map((each) => stayOf(each, cycle, ends));
  const recorded = inputs.versions.get(usagePointId) ?? [];
  const versions = versionsOf(recorded, cycle);
  const since = recorded[0]?.validFrom ?? cycle.from;
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
    usualDailyKwh: usualOf(installed, cycle),
  };
}

/** The contents in force in the cycle, cut to it; fields that are absent are left out. */
function versionsOf(found: readonly VersionRow[], cycle: AccountCycle): UsagePointVersion[] {
  return found.flatMap((row) => {
    const days = intersect(cycle, { from: row.validFrom, to: row.validTo });
    if (days === null) return [];
    const content: Partial<Record<keyof VersionRow, unknown>> = {};
    for (const field of VERSION_FIELDS) if (row[field] !== null) content[field] = row[field];
    return [{ ...content, ...days } as UsagePointVersion];
  });
}

function adjustmentOf({ energies, usagePointId: _, ...row }: AdjustmentRow): AdjustmentForBilling {
  const { reactive, deepValley, ...active } = energies;
  const activeKwh = deepValley === undefined ? active : { ...active, 'deep-valley': deepValley };
  return { ...row, activeKwh, ...(reactive === undefined ? {} : { reactiveKvarh: reactive }) };
}
