import { type Bilingual, defineErrors, type ErrorDefinition } from '../../platform/errors';
import { findCodeList } from '../../platform/http';

const refused = (en: string, zh: string): ErrorDefinition => ({ status: 422, title: { en, zh } });

/** Refusals of documents that the core cannot compute, and findings that keep a bill from being issued. */
export const DOCUMENT_ERRORS = defineErrors({
  'DOCUMENT.CHANGE_DAYS': refused('The days of a change are empty, overlap or lie outside of the period', '变更日期为空、重叠或超出计费周期'),
  'DOCUMENT.DATE': refused('The date is not a day of the calendar', '日期不存在'),
  'DOCUMENT.DUPLICATE': refused('The name occurs twice', '名称重复'),
  'DOCUMENT.ENERGY_SOURCE': refused('The usage point does not say where its energy comes from', '计量点未给出电量来源'),
  'DOCUMENT.FROZEN_IS_BILLED_ELSEWHERE': refused('Energy of another account is never billed here', '其他户的电量不在本户计费'),
  'DOCUMENT.PART_OF_POINT': refused('A part of a usage point is metered and stands outside of the tree of main meters', '分段计量点须为装表计量，且不参与套扣'),
  'DOCUMENT.PERIOD_EMPTY': refused('The billed period has no days', '计费周期为空'),
  'DOCUMENT.PERIOD_TOO_LONG': refused('The billed period is too long', '计费周期过长'),
  'DOCUMENT.READING_ORDER': refused('The readings are not in order of time', '示数未按时间排列'),
  'DOCUMENT.TERMS_GAP': refused('The account has no terms on some days of the cycle', '计费周期内部分日期没有计费参数'),
  'DOCUMENT.TERMS_OUTSIDE_PERIOD': refused('The terms reach beyond the billed period', '计费参数超出计费周期'),
  'DOCUMENT.TERMS_OVERLAP': refused('Two terms cover the same day', '计费参数日期重叠'),
  'DOCUMENT.TRANSFORMER_STATES': refused('The states of the transformer overlap or are empty', '变压器状态日期重叠或为空'),
  'DOCUMENT.UNKNOWN_REFERENCE': refused('The name leads nowhere in the document', '引用的名称在文档中不存在'),
  'BILL.AMOUNT_OUT_OF_RANGE': refused('The total is out of range', '电费合计超出范围'),
  'BILL.BASIC_CHARGE_ON_SINGLE_PART': refused('A single-part plan bears no capacity or demand charge', '单一制方案不计基本电费'),
  'BILL.CAPACITY_MISSING': refused('The capacity to be charged is not known', '缺少计费容量'),
  'BILL.CHARGE_METHOD_MISSING': refused('The two-part plan has no method of the basic charge', '两部制方案未确定基本电费计收方式'),
  'BILL.CONTRACT_DEMAND_MISSING': refused('The contract demand is not known', '缺少合同最大需量'),
  'BILL.DEMAND_MISSING': refused('The maximum demand was not read', '缺少最大需量示数'),
  'BILL.ENERGY_OUT_OF_RANGE': refused('The energy is out of range', '电量超出范围'),
  'BILL.PLAIN_METER_ON_TIME_OF_USE_PLAN': refused('A plain meter cannot be charged by periods', '非分时表不能按分时电价计费'),
  'BILL.REACTIVE_MISSING': refused('The power factor needs reactive readings', '力调计算缺少无功示数'),
  'BILL.TIME_OF_USE_METER_ON_PLAIN_PLAN': refused('A time-of-use meter cannot be set to a plain price', '分时表不能按单一电价计费'),
});

export const METERED_ENERGY_ERRORS = defineErrors({
  'METERING.PERIODS_EXCEED_TOTAL': refused('The periods add up to more than the total', '各时段电量之和大于总电量'),
  'METERING.RATIO_INVALID': refused('The ratio of the transformer is not valid', '互感器变比无效'),
  'METERING.READING_BEYOND_DIAL': refused('The reading has more digits than the dial', '示数超出表位数'),
  'METERING.READING_DECIMALS': refused('The reading has too many decimals', '示数小数位过多'),
  'METERING.READING_FELL': refused('The reading is below the previous one', '示数小于上次示数'),
  'METERING.READING_MISSING': refused('A reading is missing', '缺少示数'),
  'METERING.READING_NEGATIVE': refused('The reading is negative', '示数为负'),
  'METERING.ROLLOVER_IMPLAUSIBLE': refused('The reading fell and a rollover is not plausible', '示数倒走且翻转不合理'),
  'METERING.ROLLOVER_TOO_OFTEN': refused('The dial would have rolled over too often', '翻转次数过多'),
  'METERING.USE_WHILE_SUSPENDED': refused('Energy was used on a suspended transformer', '变压器暂停期间用电'),
});

export const USAGE_ERRORS = defineErrors({
  'USAGE.ADJUSTMENT_EXCEEDS_ENERGY': refused('The adjustment takes off more than there is', '退减电量大于实际电量'),
  'USAGE.ADJUSTMENT_PERIOD': refused('The adjustment does not fit the periods of the usage point', '增减电量时段与计量点不符'),
  'USAGE.CONTRACT_DEMAND_ABOVE_CAP': refused('The contract demand is above the approved capacity', '合同最大需量超过核准容量'),
  'USAGE.COPPER_LOSS_STEP_MISSING': refused('No copper loss is given for this load rate', '缺少该负荷率的铜损率'),
  'USAGE.ENERGY_NEGATIVE': refused('The energy is negative', '电量为负'),
  'USAGE.FIXED_QUANTITY_NEGATIVE': refused('The fixed quantity is negative', '定量电量为负'),
  'USAGE.LINE_LOSS_WITHOUT_VOLTAGE': refused('The line loss needs a voltage', '线损计算缺少电压'),
  'USAGE.LOSS_TABLE_TOO_SHORT': refused('The loss table does not reach this capacity or energy', '损耗表不包含该容量或电量'),
  'USAGE.LOSS_WITHOUT_CAPACITY': refused('The transformer loss needs a capacity', '变损计算缺少容量'),
  'USAGE.NOT_ENOUGH_TO_DEDUCT': refused('The main meter has not enough energy for its sub-meters', '母表电量不够减'),
  'USAGE.PARENT_TWICE': refused('A main meter is named twice', '母表重复'),
  'USAGE.PARENT_UNKNOWN': refused('The main meter is not among the usage points', '母表不存在'),
  'USAGE.POINT_CYCLE': refused('The usage points deduct each other in a circle', '套扣关系成环'),
  'USAGE.POINT_TWICE': refused('A usage point occurs twice', '计量点重复'),
  'USAGE.POWER_FACTOR_OUT_OF_RANGE': refused('The power factor is out of range', '功率因数超出范围'),
  'USAGE.RATIO_OUT_OF_RANGE': refused('The ratio is outside 0 to 100 %', '定比超出 0–100%'),
  'USAGE.TOO_MANY_PARENTS': refused('A sub-meter has at most two main meters', '子表最多有两个母表'),
  'USAGE.TREE_TOO_DEEP': refused('The tree of sub-meters has at most four levels', '套表最多四级'),
});

export const PRICING_ERRORS = defineErrors({
  'CHARGES.BLOCKS_CLOSED': refused('The last block is not open', '末档未开放'),
  'CHARGES.BLOCKS_NOT_RISING': refused('The limits of the blocks do not rise', '阶梯上限未递增'),
  'CHARGES.DAYS_OUT_OF_RANGE': refused('The days are out of range', '天数超出范围'),
  'CHARGES.MONTH_OUT_OF_RANGE': refused('The month is out of range', '月份超出范围'),
  'CHARGES.PRICE_MISSING': refused('A price is missing', '缺少电价'),
  'TARIFF.INCOMPLETE': refused('The price book leaves this part open', '价格表此部分不完整'),
  'TARIFF.NOT_FOUND': refused('The document names a tariff version that is not recorded', '文档引用的电价版本不存在'),
  'TARIFF.NOT_IN_FORCE': refused('No version of the price book is in force on some days', '部分日期没有有效的电价版本'),
  'TARIFF.PLAN_UNKNOWN': refused('The price book has no such plan', '价格表没有该方案'),
  'TARIFF.PRICE_MISSING': refused('A price is missing', '缺少电价'),
  'POLICY.UNKNOWN': refused('The policy is not known', '未知策略'),
  'POLICY.INVALID': refused('The value is not allowed for the policy', '策略取值不允许'),
});

/** What else keeps an account from being billed; found while its document is put together, or a fault of ours. */
export const ASSEMBLY_ERRORS = defineErrors({
  'BILLING.ACCOUNT_NOT_IN_FORCE': refused('The account was not recorded when the inputs were frozen', '冻结时该户尚未建档'),
  'BILLING.TERMS_MISSING': refused('The account has no terms in the cycle', '计费周期内没有计费参数'),
  'BILLING.USAGE_POINT_MISSING': refused('The account has no usage point to bill', '该户没有可计费的计量点'),
  'BILLING.CYCLE_MISSING': refused('The account has no reading cycle in this period', '该户本期没有抄表周期'),
  'BILLING.USAGE_POINT_CHANGED': refused('The usage point changed inside the cycle in a way that a person has to settle', '计量点在计费周期内的变更须人工处理'),
  'BILLING.BLOCKS_NEED_ONE_BILL': refused('Residential blocks are counted over one bill, not over one for each circuit', '阶梯电量须合并一份账单计算，不能按回路分别出账'),
  'BILLING.CIRCUIT_MISSING': refused('Circuits are billed apart, and this belongs to none of them', '按回路分别出账，该计量点或变压器未归属回路'),
  'BILLING.CHILD_READING_MISSING': refused('A reading of a sub-meter in another account is missing', '过表子表缺少示数'),
  'BILLING.CHILD_NOT_BILLABLE': refused('The account of a sub-meter cannot be billed yet', '过表子表所属户暂不能出账'),
  'BILLING.CHILD_ENERGY_DIFFERS': refused('A sub-meter in another account is billed there with other energy', '过表子表已按不同电量出账'),
  'BILLING.MAIN_METER_BILLED_OTHERWISE': refused('The bill of the main meter in another account has taken off other energy', '过表母表所属户已按不同电量扣减出账'),
  'BILLING.START_READING_CORRECTED': refused('The reading that the last bill ended with has been corrected since', '上期账单的止数已被更正'),
  'BILLING.METER_NOT_CONTINUED': refused('The meters differ from those that the last bill ended with', '表计与上期账单不衔接'),
  'BILLING.EARLIER_PERIOD_NOT_BILLED': refused('The period before is not billed', '上一期尚未出账'),
  'BILLING.EARLIER_BILL_NOT_RELEASED': refused('The bill of an earlier period is not released', '前期账单尚未发行'),
  'BILLING.EARLIER_BILL_CANCELLED': refused('The bill of an earlier period is cancelled and not billed again yet', '前期账单已冲销，尚未重新核算'),
  'BILLING.LATER_BILL_EXISTS': refused('A later period is billed already', '后期已有账单'),
  'BILLING.FIGURE_TOO_PRECISE': refused('A figure has more digits than can be stored', '数值位数超出存储范围'),
  'BILLING.UNEXPECTED': refused('The computation failed by a fault of the system: report it with its correlation id', '系统故障导致核算失败，请凭关联编号报告'),
});

const ALL: Readonly<Record<string, ErrorDefinition>> = {
  ...DOCUMENT_ERRORS, ...METERED_ENERGY_ERRORS, ...USAGE_ERRORS, ...PRICING_ERRORS, ...ASSEMBLY_ERRORS,
};

/** Codes that a calculation can be refused with, for the contract. */
export const CALCULATION_CODES = Object.keys({ ...DOCUMENT_ERRORS, ...METERED_ENERGY_ERRORS, ...USAGE_ERRORS, ...PRICING_ERRORS }) as (
  | keyof typeof DOCUMENT_ERRORS
  | keyof typeof METERED_ENERGY_ERRORS
  | keyof typeof USAGE_ERRORS
  | keyof typeof PRICING_ERRORS
)[];

/** What a code says of an account, in both languages: one of the computation, or a finding about its readings. */
export function exceptionText(code: string): Bilingual {
  return ALL[code]?.title ?? findCodeList('reading-finding-codes')?.items.find((item) => item.code === code) ?? { en: code, zh: code };
}
