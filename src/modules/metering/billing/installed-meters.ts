import type { AskedPoint } from './asked-points';
import { groupBy } from './group-by';
import type { BlockingFinding } from './metering-for-billing.types';
import type { DialRow, FindingRow, InstallationRow, InstalledDial, InstalledMeter, ReadingRow } from './metering-inputs.rows';

/** An installation of a batch at its point. */
export interface PlacedMeter {
  readonly installation: InstallationRow;
  readonly point: AskedPoint;
}

/** What was read of the meters of a batch. */
export interface MeterRows {
  readonly dials: readonly DialRow[];
  readonly readings: readonly ReadingRow[];
  readonly findings: readonly FindingRow[];
}

/** The meters that stand at their point in the cycle, and those taken down shortly before: the last bill may not have known of it. */
export function placedMeters(found: readonly InstallationRow[], points: ReadonlyMap<string, AskedPoint>): PlacedMeter[] {
  return found.flatMap((installation) => {
    const { usagePointId, installedOn, removedOn } = installation;
    const point = points.get(usagePointId);
    const around = point !== undefined && installedOn < point.days.cycle.to && (removedOn === null || removedOn > point.days.from);
    return around ? [{ installation, point }] : [];
  });
}

/** The meters with their dials, and with the readings of their point's days. */
export function installedMeters(placed: readonly PlacedMeter[], { dials, readings, findings }: MeterRows): InstalledMeter[] {
  const confirmedFalls = new Set(findings.flatMap(({ fallConfirmed, readingId }) => (fallConfirmed ? [readingId] : [])));
  const dialsOf = groupBy(dials, ({ meterId }) => meterId);
  const marked = confirmedFalls.size === 0 ? readings : readings.map((each) => (confirmedFalls.has(each.readingId) ? { ...each, fallConfirmed: true } : each));
  const readingsOf = groupBy(marked, ({ installationId }) => installationId);
  return placed.map(({ installation, point: { days } }) => {
    const own = dialsOf.get(installation.meterId) ?? [];
    const around = (readingsOf.get(installation.installationId) ?? []).filter(({ on }) => on >= days.historyFrom && on <= days.to);
    const dialOf = ({ register, dialDigits, decimals }: DialRow): InstalledDial => ({ register, dialDigits, decimals, readings: around.filter((each) => each.register === register) });
    return { ...installation, dials: own.map(dialOf) };
  });
}

/** The open findings that stop the bills of their points, by point: about days around the cycle, of meters that stand there in it. */
export function blockingFindings(placed: readonly PlacedMeter[], findings: readonly FindingRow[]): Map<string, BlockingFinding[]> {
  const byInstallation = new Map(placed.map((each) => [each.installation.installationId, each]));
  const blocking = new Map<string, BlockingFinding[]>();
  for (const { installationId, fallConfirmed, ...finding } of findings) {
    const meter = byInstallation.get(installationId);
    if (fallConfirmed || meter === undefined) continue;
    const { assetNo, removedOn } = meter.installation;
    const { days, row } = meter.point;
    if ((removedOn !== null && removedOn <= days.cycle.from) || finding.concernsOn < days.from || finding.concernsOn > days.to) continue;
    blocking.set(row.usagePointId, [...(blocking.get(row.usagePointId) ?? []), { ...finding, usagePointNo: row.usagePointNo, assetNo }]);
  }
  return blocking;
}
