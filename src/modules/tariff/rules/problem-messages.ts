import type { TariffProblemCode } from '../../../core/tariff';
import type { Bilingual } from '../../../platform/errors';

/** What each problem of a tariff document means, in both languages. */
export const PROBLEM_MESSAGES: Readonly<Record<TariffProblemCode, Bilingual>> = {
  'TARIFF.DATE': { en: 'the date is not a day of the calendar', zh: '日期不存在' },
  'TARIFF.VALIDITY_EMPTY': { en: 'the version ends before it begins', zh: '版本的截止日期早于起始日期' },
  'TARIFF.DUPLICATE': { en: 'the name occurs twice', zh: '名称重复' },
  'TARIFF.WINDOW_INVALID': { en: 'the window is empty or outside the day', zh: '时段为空或超出一天' },
  'TARIFF.DAY_GAP': { en: 'the windows leave a gap in the day', zh: '时段未覆盖全天，存在空档' },
  'TARIFF.DAY_OVERLAP': { en: 'two windows cover the same time', zh: '时段相互重叠' },
  'TARIFF.MONTH_NOT_COVERED': { en: 'a month of the year belongs to no season', zh: '有月份不属于任何季节' },
  'TARIFF.MONTH_OVERLAP': { en: 'a month belongs to two seasons', zh: '有月份同时属于两个季节' },
  'TARIFF.CALENDAR_UNKNOWN': { en: 'the calendar is not defined', zh: '引用的时段日历不存在' },
  'TARIFF.CALENDAR_MISSING': { en: 'the plan needs a calendar', zh: '该方案须指定时段日历' },
  'TARIFF.CALENDAR_INCOMPLETE': { en: 'the calendar does not cover the day, so the plan must be declared incomplete', zh: '时段日历不完整，须将该方案标为不完整' },
  'TARIFF.COMPONENT_UNKNOWN': { en: 'the component is not defined', zh: '引用的电价组成部分不存在' },
  'TARIFF.SEASON_UNKNOWN': { en: 'the season is not in the calendar', zh: '季节不在时段日历中' },
  'TARIFF.PERIOD_UNKNOWN': { en: 'the period does not belong to the plan', zh: '时段不属于该方案' },
  'TARIFF.PRICE_MISSING': { en: 'a price is missing', zh: '缺少电价' },
  'TARIFF.PRICE_DUPLICATE': { en: 'a price is given twice', zh: '电价重复' },
  'TARIFF.PRICE_DECIMALS': { en: 'the price has too many decimals', zh: '电价小数位过多' },
  'TARIFF.PRICE_NEGATIVE': { en: 'the price is negative', zh: '电价不能为负' },
  'TARIFF.BASIC_PRICE_MISSING': { en: 'a two-part plan needs a capacity or demand price', zh: '两部制方案缺少容量或需量电价' },
  'TARIFF.BLOCK_LIMITS': { en: 'the limits of the blocks do not rise, or the last one is not open', zh: '阶梯上限未递增，或末档未开放' },
  'TARIFF.BLOCK_PRICE_MISSING': { en: 'a block has no price or increment', zh: '阶梯缺少电价或加价' },
  'TARIFF.PLAN_UNKNOWN': { en: 'the plan is not defined', zh: '引用的方案不存在' },
  'TARIFF.TAX_RATE': { en: 'the tax rate is out of range', zh: '税率超出范围' },
  'POLICY.UNKNOWN': { en: 'the policy is not known', zh: '未知策略' },
  'POLICY.INVALID': { en: 'the value is not allowed for the policy', zh: '策略取值不允许' },
};
