import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import { reserveIds } from '../sql';
import { contentValues, VERSION_COLUMNS } from '../usage-points/usage-points.repository';
import type { Known } from './installations.lookup';
import type { AcceptedInstallation } from './sort-installations';

interface Numbered extends AcceptedInstallation {
  readonly usagePointId: string;
  readonly newMeterId: string | null;
  readonly installationId: string | null;
}

const nothing = (): string => {
  throw new Error('too few ids were reserved');
};

/** Writes usage points with meters, installations, readings, routes and parents in bulk. */
@Injectable()
export class BulkInstallationsRepository {
  /** One COPY for each table; ids are reserved first, so that the rows of a line can refer to each other. */
  async insert(tx: Tx, accepted: readonly AcceptedInstallation[], known: Known, userId: string): Promise<void> {
    if (accepted.length === 0) return;
    const lines = await this.numbered(tx, accepted);
    await this.points(tx, lines, userId);
    await this.meters(tx, lines);
    await this.installations(tx, lines, userId);
    await this.routesAndParents(tx, lines, known, userId);
  }

  private async numbered(tx: Tx, accepted: readonly AcceptedInstallation[]): Promise<Numbered[]> {
    const points = await reserveIds(tx, 'usage_points', 'usage_point_id', accepted.length);
    const metered = accepted.filter(({ offered }) => offered.meter !== undefined);
    const meters = await reserveIds(tx, 'meters', 'meter_id', metered.filter(({ meterId }) => meterId === null).length);
    const installations = await reserveIds(tx, 'meter_installations', 'installation_id', metered.length);
    return accepted.map((line) => {
      const hasMeter = line.offered.meter !== undefined;
      return {
        ...line,
        usagePointId: points.shift() ?? nothing(),
        newMeterId: hasMeter && line.meterId === null ? (meters.shift() ?? nothing()) : null,
        installationId: hasMeter ? (installations.shift() ?? nothing()) : null,
      };
    });
  }

  private async points(tx: Tx, lines: readonly Numbered[], userId: string): Promise<void> {
    await copyRows(
      tx,
      'usage_points',
      ['usage_point_id', 'usage_point_no', 'account_id'],
      lines.map(({ usagePointId, offered, accountId }) => [usagePointId, offered.usagePoint.usagePointNo, accountId]),
    );
    await copyRows(
      tx,
      'usage_point_versions',
      ['usage_point_id', 'valid_from', 'recorded_by', ...VERSION_COLUMNS],
      lines.map(({ usagePointId, offered }) => [usagePointId, offered.installedOn, userId, ...contentValues(offered.usagePoint)]),
    );
  }

  private async meters(tx: Tx, lines: readonly Numbered[]): Promise<void> {
    const fresh = lines.flatMap(({ newMeterId, offered }) => (newMeterId === null || offered.meter === undefined ? [] : [{ newMeterId, meter: offered.meter }]));
    await copyRows(
      tx,
      'meters',
      ['meter_id', 'asset_no', 'phases', 'model'],
      fresh.map(({ newMeterId, meter }) => [newMeterId, meter.assetNo, meter.phases, meter.model]),
    );
    await copyRows(
      tx,
      'meter_registers',
      ['meter_id', 'register', 'dial_digits', 'decimals'],
      fresh.flatMap(({ newMeterId, meter }) => meter.registers.map((dial) => [newMeterId, dial.register, dial.dialDigits, dial.decimals])),
    );
  }

  private async installations(tx: Tx, lines: readonly Numbered[], userId: string): Promise<void> {
    const placed = lines.filter(({ installationId }) => installationId !== null);
    const place = (line: Numbered): unknown[] => [line.installationId, line.newMeterId ?? line.meterId, line.usagePointId];
    await copyRows(tx, 'meter_installations', ['installation_id', 'meter_id', 'usage_point_id'], placed.map(place));
    await copyRows(
      tx,
      'meter_installation_versions',
      ['installation_id', 'meter_id', 'usage_point_id', 'installed_on', 'pt_primary', 'pt_secondary', 'ct_primary', 'ct_secondary', 'recorded_by'],
      placed.map((line) => {
        const { installedOn, pt, ct } = line.offered;
        return [...place(line), installedOn, pt?.primary ?? 1, pt?.secondary ?? 1, ct?.primary ?? 1, ct?.secondary ?? 1, userId];
      }),
    );
    await copyRows(
      tx,
      'readings',
      ['installation_id', 'register', 'read_on', 'reading', 'kind', 'source', 'recorded_by'],
      placed.flatMap(({ installationId, offered }) =>
        (offered.initialReadings ?? []).map(({ register, reading }) => [installationId, register, offered.installedOn, reading, 'initial', 'manual', userId]),
      ),
    );
  }

  private async routesAndParents(tx: Tx, lines: readonly Numbered[], known: Known, userId: string): Promise<void> {
    const joining = lines.filter(({ routeId }) => routeId !== null);
    if (joining.length > 0) {
      await copyRows(
        tx,
        'route_accounts',
        ['route_id', 'account_id', 'valid_from', 'recorded_by'],
        joining.map(({ routeId, accountId, offered }) => [routeId, accountId, `${offered.installedOn.slice(0, 7)}-01`, userId]),
      );
    }
    const inBatch = new Map(lines.map(({ offered, usagePointId }) => [offered.usagePoint.usagePointNo, usagePointId]));
    const links = lines.flatMap(({ usagePointId, offered }) =>
      (offered.parents ?? []).map((no, index) => [usagePointId, inBatch.get(no) ?? known.points.get(no)?.usagePointId, index + 1, offered.installedOn, userId]),
    );
    if (links.length > 0) {
      await copyRows(tx, 'usage_point_parents', ['child_usage_point_id', 'parent_usage_point_id', 'position', 'valid_from', 'recorded_by'], links);
    }
  }
}
