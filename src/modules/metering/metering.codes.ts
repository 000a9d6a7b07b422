import { METERING_MODES, REGISTERS } from '../../core/tariff/vocabulary';
import { defineCodeList, type CodeOf } from '../../platform/http';

/** Kinds of usage point (计量点类型). */
export const USAGE_POINT_KINDS = defineCodeList('usage-point-kinds', [
  { code: 'metered', en: 'Metered', zh: '装表计量' },
  { code: 'fixed-quantity', en: 'Fixed quantity', zh: '定量' },
  { code: 'fixed-ratio', en: 'Fixed ratio', zh: '定比' },
]);
export type UsagePointKind = CodeOf<typeof USAGE_POINT_KINDS>;

/** What a usage point is for: billed, or only verifying others (考核). */
export const USAGE_POINT_ROLES = defineCodeList('usage-point-roles', [
  { code: 'billing', en: 'Billed', zh: '结算' },
  { code: 'check', en: 'Check only, never billed', zh: '考核' },
]);
export type UsagePointRole = CodeOf<typeof USAGE_POINT_ROLES>;

export const METERING_MODE_CODES = defineCodeList('metering-modes', [
  { code: METERING_MODES[0], en: 'High supply, high metering', zh: '高供高计' },
  { code: METERING_MODES[1], en: 'High supply, low metering', zh: '高供低计' },
  { code: METERING_MODES[2], en: 'Low supply, low metering', zh: '低供低计' },
]);

export const LIGHTING_CONNECTIONS = defineCodeList('lighting-connections', [
  { code: 'series', en: 'In series (behind the main meter)', zh: '套表' },
  { code: 'parallel', en: 'In parallel', zh: '并表' },
]);

const REGISTER_LABELS: Readonly<Record<(typeof REGISTERS)[number], { en: string; zh: string }>> = {
  total: { en: 'Active total', zh: '有功总' },
  sharp: { en: 'Active sharp', zh: '有功尖' },
  peak: { en: 'Active peak', zh: '有功峰' },
  flat: { en: 'Active flat', zh: '有功平' },
  valley: { en: 'Active valley', zh: '有功谷' },
  'deep-valley': { en: 'Active deep valley', zh: '有功深谷' },
  'reactive-forward': { en: 'Reactive forward', zh: '正向无功' },
  'reactive-reverse': { en: 'Reactive reverse', zh: '反向无功' },
  'maximum-demand': { en: 'Maximum demand', zh: '最大需量' },
};

/** Dials of a meter (示数类型). */
export const METER_REGISTERS = defineCodeList(
  'meter-registers',
  REGISTERS.map((code) => ({ code, ...REGISTER_LABELS[code] })),
);

/** Where a reading comes from (抄表方式). */
/** Why a missing reading is not estimated. */
export const NOT_ESTIMATED = defineCodeList('reading-not-estimated', [
  { code: 'DEMAND', en: 'A demand has no stand-in', zh: '最大需量不能估抄' },
  { code: 'NO_HISTORY', en: 'Fewer than two readings to go by', zh: '历史示数不足两次' },
  { code: 'ESTIMATED_TOO_OFTEN', en: 'Estimated as often in a row as is allowed', zh: '连续估抄次数已达上限' },
]);
export const READING_SOURCES = defineCodeList('reading-sources', [
  { code: 'manual', en: 'Read on site', zh: '人工抄表' },
  { code: 'mobile', en: 'Mobile reader', zh: '移动终端' },
  { code: 'automatic', en: 'Automatic collection', zh: '自动采集' },
  { code: 'customer', en: 'Reported by the customer', zh: '客户报数' },
  { code: 'estimated', en: 'Estimated', zh: '估抄' },
]);
export type ReadingSource = CodeOf<typeof READING_SOURCES>;

export const READING_KINDS = defineCodeList('reading-kinds', [
  { code: 'initial', en: 'At installation', zh: '装表示数' },
  { code: 'periodic', en: 'Periodic', zh: '周期示数' },
  { code: 'final', en: 'At removal', zh: '拆表示数' },
]);
export type ReadingKind = CodeOf<typeof READING_KINDS>;

/** What is doubtful about a reading (示数异常). */
export const READING_FINDING_CODES = defineCodeList('reading-finding-codes', [
  { code: 'METERING.READING_MISSING', en: 'No reading in the window of the reading day', zh: '缺抄' },
  { code: 'METERING.READING_FELL', en: 'Below the previous reading; rollover is not plausible', zh: '示数倒走' },
  { code: 'METERING.READING_ABOVE_NEXT', en: 'Above a later reading', zh: '大于后一示数' },
  { code: 'METERING.USAGE_JUMP', en: 'Use far above its own history', zh: '电量突增' },
  { code: 'METERING.USAGE_DROP', en: 'Use far below its own history', zh: '电量突减' },
  { code: 'METERING.ZERO_USE', en: 'No use on a running account', zh: '零电量' },
  { code: 'METERING.USE_WHILE_SUSPENDED', en: 'Use on a suspended transformer', zh: '暂停期间用电' },
  { code: 'METERING.DEMAND_ABOVE_CAPACITY', en: 'Demand above what the transformer can carry', zh: '需量超变压器容量' },
]);
export type ReadingFindingCode = CodeOf<typeof READING_FINDING_CODES>;

/** Findings that stop the bill of the account until a person decides; the others only ask for a look. */
export const BLOCKING_FINDINGS: ReadonlySet<ReadingFindingCode> = new Set([
  'METERING.READING_MISSING',
  'METERING.READING_FELL',
  'METERING.READING_ABOVE_NEXT',
  'METERING.USAGE_JUMP',
  'METERING.USE_WHILE_SUSPENDED',
  'METERING.DEMAND_ABOVE_CAPACITY',
]);

export const READING_FINDING_STATES = defineCodeList('reading-finding-states', [
  { code: 'open', en: 'Open', zh: '待处理' },
  { code: 'confirmed', en: 'Confirmed as right', zh: '已确认' },
  { code: 'corrected', en: 'Corrected', zh: '已更正' },
]);
export type ReadingFindingState = CodeOf<typeof READING_FINDING_STATES>;

export const METERING_IMPORT_STATES = defineCodeList('metering-import-states', [
  { code: 'running', en: 'Running', zh: '进行中' },
  { code: 'finished', en: 'Finished', zh: '已完成' },
  { code: 'interrupted', en: 'Interrupted; send the file again', zh: '已中断，可重新导入' },
]);
export type MeteringImportState = CodeOf<typeof METERING_IMPORT_STATES>;

export const ADJUSTMENT_STAGES = defineCodeList('adjustment-stages', [
  { code: 'before-losses', en: 'Before deduction and losses', zh: '参与套扣和损耗计算' },
  { code: 'after-losses', en: 'After losses', zh: '不参与套扣和损耗计算' },
]);
export type AdjustmentStage = CodeOf<typeof ADJUSTMENT_STAGES>;

export const ADJUSTMENT_STATES = defineCodeList('adjustment-states', [
  { code: 'requested', en: 'Requested', zh: '待审批' },
  { code: 'approved', en: 'Approved', zh: '已生效' },
  { code: 'rejected', en: 'Rejected', zh: '已驳回' },
  { code: 'ended', en: 'Ended', zh: '已终止' },
]);
export type AdjustmentState = CodeOf<typeof ADJUSTMENT_STATES>;
