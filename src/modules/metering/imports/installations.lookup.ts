import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { AccountEntry } from '../../customers';
import { MeteringAccounts } from '../accounts';
import { RoutesRepository } from '../routes/routes.repository';
import { rows } from '../sql';
import { UsagePointTreeRepository } from '../usage-points/usage-point-tree.repository';
import type { OfferedInstallation } from './installations-file';

export interface KnownPoint {
  readonly usagePointId: string;
  readonly usagePointNo: string;
  readonly accountNo: string;
  /** Meters that stood or stand there: asset number and day of installation. */
  readonly meters: readonly string[];
}

export interface KnownMeter {
  readonly meterId: string;
  readonly assetNo: string;
  /** Dials as `register/digits/decimals`, in order. */
  readonly dials: readonly string[];
  /** Day from which it is free again; null where it was never installed, 'infinity' while it stands somewhere. */
  readonly busyUntil: string | null;
}

/** Everything on record that the lines of a batch refer to. */
export interface Known {
  readonly accounts: ReadonlyMap<string, AccountEntry>;
  readonly points: ReadonlyMap<string, KnownPoint>;
  readonly meters: ReadonlyMap<string, KnownMeter>;
  readonly routes: ReadonlyMap<string, string>;
  /** Route codes by account id. */
  readonly memberships: ReadonlyMap<string, string>;
  /** `account id/transformer number` and `account id/circuit number`. */
  readonly transformers: ReadonlySet<string>;
  readonly circuits: ReadonlySet<string>;
  /** Levels from the root down to each usage point on record. */
  readonly levels: ReadonlyMap<string, number>;
}

const POINTS = `
  SELECT p.usage_point_id AS "usagePointId", p.usage_point_no AS "usagePointNo", a.account_no AS "accountNo",
    ARRAY(SELECT m.asset_no || ' ' || v.installed_on FROM meter_installation_versions v JOIN meters m USING (meter_id)
          WHERE v.usage_point_id = p.usage_point_id AND v.superseded_revision IS NULL) AS meters
  FROM usage_points p JOIN accounts a USING (account_id) WHERE p.usage_point_no = ANY ($1::text[])`;

const METERS = `
  SELECT m.meter_id AS "meterId", m.asset_no AS "assetNo",
    ARRAY(SELECT register || '/' || dial_digits || '/' || decimals FROM meter_registers r WHERE r.meter_id = m.meter_id ORDER BY 1) AS dials,
    (SELECT max(coalesce(removed_on, 'infinity'))::text FROM meter_installation_versions v
     WHERE v.meter_id = m.meter_id AND v.superseded_revision IS NULL) AS "busyUntil"
  FROM meters m WHERE m.asset_no = ANY ($1::text[])`;

/** Looks up a batch of installation lines: a constant number of queries, whatever its size. */
@Injectable()
export class InstallationsLookup {
  constructor(
    private readonly accountsByNo: MeteringAccounts,
    private readonly routes: RoutesRepository,
    private readonly tree: UsagePointTreeRepository,
  ) {}

  async known(tx: Tx, lines: readonly OfferedInstallation[]): Promise<Known> {
    const accounts = await this.accountsByNo.find(tx, lines.map(({ accountNo }) => accountNo));
    const accountIds = [...accounts.values()].map(({ accountId }) => accountId);
    const pointNos = lines.flatMap(({ usagePoint, parents = [] }) => [usagePoint.usagePointNo, ...parents]);
    const points = await rows<KnownPoint>(tx, POINTS, [pointNos]);
    const meters = await rows<KnownMeter>(tx, METERS, [lines.flatMap(({ meter }) => (meter === undefined ? [] : [meter.assetNo]))]);
    const routes = await this.routes.idsByCode(tx, lines.flatMap(({ routeCode }) => (routeCode === undefined ? [] : [routeCode])));
    const memberships = await rows<{ accountId: string; code: string }>(
      tx,
      `SELECT DISTINCT ON (account_id) account_id AS "accountId", route_code AS code FROM route_accounts JOIN reading_routes USING (route_id)
       WHERE account_id = ANY ($1::bigint[]) AND superseded_revision IS NULL ORDER BY account_id, valid_from DESC`,
      [accountIds],
    );
    const fed = lines.some(({ usagePoint }) => usagePoint.transformerNo !== undefined || usagePoint.supplyCircuitNo !== undefined);
    const equipment = fed ? await this.equipment(tx, accountIds) : { transformers: new Set<string>(), circuits: new Set<string>() };
    const parents = new Set(lines.flatMap(({ parents: nos = [] }) => nos));
    const above = points.filter(({ usagePointNo }) => parents.has(usagePointNo)).map(({ usagePointId }) => usagePointId);
    return {
      accounts,
      points: new Map(points.map((point) => [point.usagePointNo, point])),
      meters: new Map(meters.map((meter) => [meter.assetNo, meter])),
      routes,
      memberships: new Map(memberships.map(({ accountId, code }) => [accountId, code])),
      ...equipment,
      levels: above.length === 0 ? new Map() : await this.tree.levelsAbove(tx, above, '1900-01-01'),
    };
  }

  private async equipment(tx: Tx, accountIds: readonly string[]): Promise<{ transformers: Set<string>; circuits: Set<string> }> {
    const found = await rows<{ kind: string; key: string }>(
      tx,
      `SELECT 'transformer' AS kind, account_id || '/' || transformer_no AS key FROM transformers
       WHERE account_id = ANY ($1::bigint[]) AND superseded_revision IS NULL
       UNION ALL
       SELECT 'circuit', account_id || '/' || supply_circuit_no FROM supply_circuits
       WHERE account_id = ANY ($1::bigint[]) AND superseded_revision IS NULL`,
      [accountIds],
    );
    const keysOf = (kind: string): Set<string> => new Set(found.filter((row) => row.kind === kind).map(({ key }) => key));
    return { transformers: keysOf('transformer'), circuits: keysOf('circuit') };
  }
}
