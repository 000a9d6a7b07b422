import { defineConstraintErrors, defineErrors } from '../../../platform/errors';

/** Refusals around old periods whose lines and documents are kept elsewhere. */
export const PERIOD_ERRORS = defineErrors({
  'BILLING.PERIOD_DETACHED': {
    status: 409,
    title: { en: 'The details of this period are kept outside of the database', zh: '该期明细已移出数据库另行保存' },
    detail: { en: 'The bills are there, their lines and documents are not: have the period attached again.', zh: '账单仍在，其明细和计算文档不在库内：请先将该期重新挂接。' },
  },
  'BILLING.PERIOD_NOT_DETACHED': { status: 409, title: { en: 'The period is not detached', zh: '该期未移出' } },
  'BILLING.PERIOD_UNKNOWN': { status: 404, title: { en: 'There are no bills of this period', zh: '该期没有账单' } },
  'BILLING.PERIOD_RECENT': { status: 409, title: { en: 'A period of the last twelve months stays', zh: '最近十二个月内的账期不得移出' } },
  'BILLING.PERIOD_IN_USE': { status: 409, title: { en: 'A run is being computed; try again afterwards', zh: '有批次正在计算；请稍后重试' } },
  'BILLING.PERIOD_NOT_CLOSED': {
    status: 409,
    title: { en: 'The period or the one after it is not finished', zh: '该期或其下一期尚未结束' },
    detail: { en: 'A run is neither released nor discarded, or a cancelled bill waits for its successor.', zh: '有批次既未发行也未作废，或有已冲销账单尚未重新出账。' },
  },
  'BILLING.PERIOD_NEEDED': {
    status: 409,
    title: { en: 'The next bill of an account begins with a bill of this period', zh: '有用电户的下一份账单须以该期账单为起点' },
    detail: { en: 'Open accounts have no later bill: bill or close them first.', zh: '有未销户的用电户尚无后续账单：请先出账或销户。' },
  },
  'BILLING.PERIOD_TABLES_MISSING': { status: 409, title: { en: 'The tables of the period are not in the schema "detached"', zh: '"detached" 模式中没有该期的表' } },
  'BILLING.PERIOD_CHANGED': { status: 409, title: { en: 'The tables of the period are not what was detached', zh: '该期的表与移出时不一致' } },
});

defineConstraintErrors({
  billing_period_detached: 'BILLING.PERIOD_DETACHED',
  billing_period_not_detached: 'BILLING.PERIOD_NOT_DETACHED',
  billing_period_unknown: 'BILLING.PERIOD_UNKNOWN',
  billing_period_recent: 'BILLING.PERIOD_RECENT',
  billing_period_in_use: 'BILLING.PERIOD_IN_USE',
  billing_period_not_closed: 'BILLING.PERIOD_NOT_CLOSED',
  billing_period_needed: 'BILLING.PERIOD_NEEDED',
  billing_period_tables_missing: 'BILLING.PERIOD_TABLES_MISSING',
  billing_period_changed: 'BILLING.PERIOD_CHANGED',
});
