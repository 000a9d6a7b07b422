import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { defineCodeList } from '../../../platform/http';
import { CONFIRMABLE_FINDINGS } from '../billing.codes';
import { UNEXPECTED, type ExceptionFinding } from './found-exception';

export const EXCEPTION_STATES = defineCodeList('billing-exception-states', [
  { code: 'open', en: 'Open', zh: '待处理' },
  { code: 'excluded', en: 'Account left out of the run', zh: '已剔除' },
  { code: 'billed', en: 'Account billed after all', zh: '已出账' },
  { code: 'superseded', en: 'Replaced by a newer finding', zh: '已被新异常取代' },
  { code: 'discarded', en: 'Run discarded', zh: '批次已作废' },
]);

export const REMEDIES = defineCodeList('billing-exception-remedies', [
  { code: 'correct-readings', en: 'Enter or correct the readings', zh: '补录或更正示数' },
  { code: 'confirm', en: 'Confirm that the finding is right', zh: '确认该异常属实' },
  { code: 'correct-account', en: 'Correct the account terms', zh: '更正用电户参数' },
  { code: 'complete-tariff', en: 'Publish the missing part of the tariff', zh: '发布缺少的电价' },
  { code: 'report-fault', en: 'Report the fault with its correlation id', zh: '凭关联编号报告故障' },
  { code: 'release-earlier-bill', en: 'Release or discard the run of the earlier period', zh: '发行或作废前期批次' },
  { code: 'bill-earlier-period', en: 'Bill the period before', zh: '先核算上一期' },
  { code: 'rebill-earlier-period', en: 'Bill the cancelled earlier period again', zh: '先对已冲销的前期重新核算' },
  { code: 'bill-sub-meter-again', en: "Cancel the bill of the sub-meter's account and bill it again", zh: '冲销子表所属户账单并重新出账' },
  { code: 'bill-main-meter-again', en: "Cancel the bill of the main meter's account and bill it again, or compute it again in its run", zh: '冲销母表所属户账单并重新出账，或在其批次中重新计算' },
  { code: 'bill-in-later-period', en: 'Cancel the later bills, and bill all of them again in order', zh: '冲销后期账单，再按月份先后重新核算' },
  { code: 'recompute', en: 'Compute this account again', zh: '重新计算该户' },
  { code: 'bill-in-another-run', en: 'Bill the account in another run of the period', zh: '在本期另一批次中核算该户' },
  { code: 'exclude', en: 'Leave the account out with a reason', zh: '说明理由后剔除' },
]);

/** Findings that can be as they should: a person confirms them, and the bill is made after all. */
const CONFIRMABLE = new Set<string>([
  'USAGE.NOT_ENOUGH_TO_DEDUCT',
  'METERING.ROLLOVER_IMPLAUSIBLE',
  'METERING.USAGE_JUMP',
  'METERING.USAGE_DROP',
  'METERING.ZERO_USE',
  'METERING.USE_WHILE_SUSPENDED',
  'METERING.DEMAND_ABOVE_CAPACITY',
  ...CONFIRMABLE_FINDINGS.codes,
]);

/** What comes first where the area of the code does not tell it. */
const FIRST_OF_CODE: Readonly<Record<string, string>> = {
  [UNEXPECTED]: 'report-fault',
  'BILLING.CHILD_READING_MISSING': 'correct-readings',
  'BILLING.CHILD_NOT_BILLABLE': 'bill-earlier-period',
  'BILLING.CHILD_ENERGY_DIFFERS': 'bill-sub-meter-again',
  'BILLING.MAIN_METER_BILLED_OTHERWISE': 'bill-main-meter-again',
  'BILLING.START_READING_CORRECTED': 'correct-readings',
  'BILLING.METER_NOT_CONTINUED': 'correct-readings',
  'BILLING.EARLIER_BILL_NOT_RELEASED': 'release-earlier-bill',
  'BILLING.EARLIER_BILL_CANCELLED': 'rebill-earlier-period',
  'BILLING.EARLIER_PERIOD_NOT_BILLED': 'bill-earlier-period',
  'BILLING.LATER_BILL_EXISTS': 'bill-in-later-period',
};

const FIRST_REMEDY: Readonly<Record<string, string>> = { METERING: 'correct-readings', USAGE: 'correct-readings', TARIFF: 'complete-tariff', CHARGES: 'complete-tariff' };

/**
 * What can be done about an exception, the likeliest first; nothing once it is closed. A released run is not changed
 * any more: once the cause is mended, another run of the period bills the account.
 */
export function remediesFor({ code, state, released }: Pick<ExceptionRow, 'code' | 'state' | 'released'>): string[] {
  if (state !== 'open') return [];
  const area = code.slice(0, code.indexOf('.'));
  const first = FIRST_OF_CODE[code] ?? FIRST_REMEDY[area] ?? 'correct-account';
  return [first, ...(CONFIRMABLE.has(code) ? ['confirm'] : []), ...(released ? ['bill-in-another-run'] : ['recompute', 'exclude'])];
}

export interface ExceptionRow {
  readonly exceptionId: string;
  readonly accountNo: string;
  readonly regionCode: string;
  readonly code: string;
  readonly subject: string;
  readonly findings: readonly ExceptionFinding[];
  readonly correlationId: string | null;
  readonly state: string;
  readonly ownerUserId: string | null;
  readonly openedAt: Date;
  readonly ageHours: number;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly closingReason: string | null;
  /** Its run is released. */
  readonly released: boolean;
}

export interface ExceptionFilter {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly ownerUserId?: string | undefined;
  /** Only those that nobody owns. */
  readonly unowned?: boolean | undefined;
  readonly regionCode?: string | undefined;
  readonly accountNo?: string | undefined;
  /** Open, or open until they were closed, for at least so many hours. */
  readonly olderThanHours?: number | undefined;
}

/** The work list of exceptions. */
@Injectable()
export class ExceptionQueries {
  constructor(private readonly database: Database) {}

  list(runId: string, filter: ExceptionFilter, limit: number, after: string | undefined): Promise<ExceptionRow[]> {
    return this.database.query<ExceptionRow>(
      `select e.exception_id as "exceptionId", a.account_no as "accountNo", a.region_code as "regionCode", e.code, e.subject, e.findings,
              e.correlation_id as "correlationId", e.state, e.owner_user_id as "ownerUserId", e.opened_at as "openedAt",
              floor(extract(epoch from coalesce(e.closed_at, app_now()) - e.opened_at) / 3600)::int as "ageHours",
              e.closed_at as "closedAt", e.closed_by as "closedBy", e.closing_reason as "closingReason",
              r.released_at is not null as released
         from billing_exceptions e join accounts a using (account_id) join billing_runs r on r.run_id = e.run_id
        where e.run_id = $1 and ($2::text is null or e.code = $2) and ($3::text is null or e.state = $3)
          and ($4::bigint is null or e.owner_user_id = $4) and ($5::bigint is null or e.exception_id > $5)
          and (not $7::boolean or e.owner_user_id is null) and ($8::text is null or a.region_code = $8) and ($9::text is null or a.account_no = $9)
          and ($10::int is null or coalesce(e.closed_at, app_now()) - e.opened_at >= make_interval(hours => $10))
        order by e.exception_id limit $6`,
      [
        runId, filter.code ?? null, filter.state ?? null, filter.ownerUserId ?? null, after ?? null, limit,
        filter.unowned ?? false, filter.regionCode ?? null, filter.accountNo ?? null, filter.olderThanHours ?? null,
      ],
    );
  }

  /** One exception of a run, or undefined. */
  async find(runId: string, exceptionId: string): Promise<ExceptionRow | undefined> {
    const previous = (BigInt(exceptionId) - 1n).toString();
    const [row] = await this.list(runId, {}, 1, previous);
    return row?.exceptionId === exceptionId ? row : undefined;
  }
}
