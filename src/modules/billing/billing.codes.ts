import { defineCodeList } from '../../platform/http';

/** What a bill is for. */
export const BILL_KINDS = defineCodeList('bill-kinds', [
  { code: 'periodic', en: 'Periodic bill', zh: '周期账单' },
  { code: 'final', en: 'Final bill of a closed account', zh: '销户账单' },
  { code: 'supplementary', en: 'Supplementary bill', zh: '退补账单' },
]);

/** Groups of bill lines, in the order of the bill. */
export const BILL_LINE_GROUPS = defineCodeList('bill-line-groups', [
  { code: 'energy-charge', en: 'Energy charge', zh: '电度电费' },
  { code: 'add-on-charge', en: 'Add-on price', zh: '加价电费' },
  { code: 'block-charge', en: 'Block charge', zh: '阶梯电费' },
  { code: 'capacity-charge', en: 'Capacity charge', zh: '基本电费（容量）' },
  { code: 'demand-charge', en: 'Demand charge', zh: '基本电费（需量）' },
  { code: 'shared-amount', en: 'Shared amounts', zh: '分摊费用' },
  { code: 'power-factor-adjustment', en: 'Power factor adjustment', zh: '力调电费' },
  { code: 'surcharge', en: 'Surcharges', zh: '附加费' },
  { code: 'fund', en: 'Government funds', zh: '代征基金' },
]);

/** Price periods of a day as bills name them. */
export const BILL_PRICE_PERIODS = defineCodeList('bill-price-periods', [
  { code: 'sharp', en: 'Sharp', zh: '尖' },
  { code: 'peak', en: 'Peak', zh: '峰' },
  { code: 'flat', en: 'Flat', zh: '平' },
  { code: 'valley', en: 'Valley', zh: '谷' },
  { code: 'deep-valley', en: 'Deep valley', zh: '深谷' },
  { code: 'total', en: 'All day', zh: '总' },
]);

/** What a bill is in force as. */
export const BILL_STANDINGS = defineCodeList('bill-standings', [
  { code: 'issued', en: 'Issued', zh: '已发行' },
  { code: 'unreleased', en: 'Computed, its run is not released', zh: '未发行' },
  { code: 'cancelled', en: 'Cancelled', zh: '已冲销' },
  { code: 'trial', en: 'Trial, never owed', zh: '试算' },
]);

/** Findings of the computation that a person may confirm, so that they no longer keep the bill back. */
export const CONFIRMABLE_FINDINGS = defineCodeList('confirmable-findings', [
  { code: 'USAGE.NOT_ENOUGH_TO_DEDUCT', en: 'Main meter not enough for its sub-meters', zh: '母表电量不够减' },
  { code: 'METERING.ROLLOVER_IMPLAUSIBLE', en: 'The dial passed zero once, though the history does not bear it out', zh: '历史电量不支持，但确认示数翻转一次' },
  { code: 'METERING.USE_WHILE_SUSPENDED', en: 'Use on a suspended transformer', zh: '变压器暂停期间用电' },
  { code: 'BILLING.START_READING_CORRECTED', en: 'The reading that the last bill ended with was corrected: settle the difference in this bill', zh: '上期止数已更正：差额在本期结清' },
  { code: 'BILLING.METER_NOT_CONTINUED', en: 'The meters differ from those that the last bill ended with: settled otherwise', zh: '表计与上期账单不衔接：已另行处理' },
]);

/** What of an account can be changed into days that are billed already. */
export const TOUCHED_PART_CODES = defineCodeList('touched-parts', [
  { code: 'terms', en: 'Terms of the account', zh: '计费参数' },
  { code: 'supply-circuits', en: 'Supply circuits', zh: '供电回路' },
  { code: 'transformers', en: 'States of transformers', zh: '变压器启停' },
  { code: 'usage-points', en: 'Usage points', zh: '计量点' },
  { code: 'meters', en: 'Meters and their ratios', zh: '电能表与倍率' },
  { code: 'closing', en: 'Closing of the account', zh: '销户' },
]);
