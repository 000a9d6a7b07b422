import type { Bilingual } from '../../../../platform/errors';
import { defineCodeList } from '../../../../platform/http';

/** Why a run leaves an account out; the database knows the same reasons (`billing_run_members_exclusion_known`). */
export const EXCLUSIONS = defineCodeList('billing-run-exclusions', [
  { code: 'ALREADY_BILLED', en: 'Billed for the period already', zh: '本期已出账' },
  { code: 'IN_ANOTHER_RUN', en: 'In another run of the period', zh: '已在本期另一批次中' },
  { code: 'NOT_YET_OPEN', en: 'Opened after the period', zh: '本期尚未开户' },
  { code: 'CLOSED', en: 'Closed before the period', zh: '本期之前已销户' },
  { code: 'BILL_CANCELLED', en: 'Bill of the period cancelled: billed again by a run for that', zh: '本期账单已冲销，由重新核算批次处理' },
  { code: 'BY_DECISION', en: 'Left out by a person, with a reason', zh: '人工说明理由后剔除' },
]);

/** What a reason says, in both languages. */
export function exclusionText(code: string): Bilingual {
  return EXCLUSIONS.items.find((item) => item.code === code) ?? { en: code, zh: code };
}
