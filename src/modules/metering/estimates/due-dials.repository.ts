import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Register } from '../../../core/tariff/vocabulary';
import type { Tx } from '../../../platform/database';
import { DUE_DIALS } from '../findings/due-dials';
import { rows } from '../sql';

/** A dial that was not read on its reading day, and where a list of them goes on. */
export interface DueDial {
  readonly installationId: string;
  readonly meterNo: string;
  readonly accountNo: string;
  readonly register: Register;
  readonly readOn: string;
}

/** SQL of the dials whose reading of a month is missing. */
@Injectable()
export class DueDialsRepository {
  /** The next dials behind one, in the order of installations and registers. */
  next(tx: Tx, month: LocalMonth, routeCode: string | undefined, after: Pick<DueDial, 'installationId' | 'register'> | undefined, limit: number): Promise<DueDial[]> {
    return rows<DueDial>(
      tx,
      `WITH due AS (${DUE_DIALS})
       SELECT due.installation_id AS "installationId", m.asset_no AS "meterNo", a.account_no AS "accountNo", due.register, due.due_on AS "readOn"
       FROM due JOIN meters m USING (meter_id) JOIN meter_installations i USING (installation_id)
       JOIN usage_points p USING (usage_point_id) JOIN accounts a USING (account_id)
       WHERE (due.installation_id, due.register) > ($3::bigint, $4::text)
       ORDER BY due.installation_id, due.register LIMIT $5`,
      [`${month}-01`, routeCode ?? null, after?.installationId ?? '0', after?.register ?? '', limit],
    );
  }

  async routeExists(tx: Tx, routeCode: string): Promise<boolean> {
    return (await rows(tx, 'SELECT 1 FROM reading_routes WHERE route_code = $1', [routeCode])).length > 0;
  }
}
