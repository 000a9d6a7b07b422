import { defineConstraintErrors, defineErrors } from '../../../platform/errors';

/** Refusals around the cancellation of issued bills. */
export const CANCELLATION_ERRORS = defineErrors({
  'BILLING.CANCELLATION_NOT_FOUND': { status: 404, title: { en: 'There is no such cancellation request', zh: '冲销申请不存在' } },
  'BILLING.BILL_NOT_ISSUED': {
    status: 409,
    title: { en: 'Only an issued bill is cancelled', zh: '只有已发行的有效账单可以冲销' },
    detail: { en: 'Cancelled bills and trials stay as they are; a run that is not released is discarded instead.', zh: '已冲销和试算账单不再冲销；未发行批次请作废。' },
  },
  'BILLING.DEPENDENT_BILLS_EXIST': {
    status: 409,
    title: { en: 'Other bills depend on this one', zh: '存在依赖本账单的其他账单' },
    detail: { en: 'See errors for each of them; with dependents = cancel they are cancelled too and billed again in order.', zh: '各账单见 errors；dependents = cancel 时一并冲销并按月份先后重算。' },
  },
  'BILLING.DEPENDENT_NOT_RELEASED': {
    status: 409,
    title: { en: 'A run that is not released has bills that depend on this one', zh: '未发行批次中有依赖本账单的账单' },
    detail: { en: 'Release or discard run {runId} of {period} first.', zh: '请先发行或作废批次 {runId}（{period}）。' },
  },
  'BILLING.TOO_MANY_DEPENDENTS': {
    status: 422,
    title: { en: 'More bills depend on this one than one request can hold', zh: '依赖本账单的账单超过一次申请的上限' },
    detail: { en: 'At most {limit} bills are cancelled together.', zh: '一次最多冲销 {limit} 张账单。' },
  },
  'BILLING.DEPENDENTS_CHANGED': {
    status: 409,
    title: { en: 'Other bills depend on this one than when it was asked for', zh: '申请后依赖本账单的账单已变化' },
    detail: { en: 'Decline the request and ask again.', zh: '请退回该申请后重新申请。' },
  },
  'BILLING.SAME_PERIOD_COMPUTING': {
    status: 409,
    title: { en: 'A run of the same period is being computed', zh: '同期的核算批次正在计算' },
    detail: { en: 'Run {runId} of {period} may read these bills; try again when it is computed.', zh: '批次 {runId}（{period}）可能正在读取这些账单；待其计算完成后重试。' },
  },
  'BILLING.CANCELLATION_ALREADY_REQUESTED': { status: 409, title: { en: 'A cancellation of the bill has been asked for already', zh: '该账单已申请冲销' } },
  'BILLING.CANCELLATION_DECIDED': { status: 409, title: { en: 'The request has been decided', zh: '该冲销申请已处理' } },
  'BILLING.NOTHING_TO_REBILL': { status: 409, title: { en: 'There is no cancelled bill that waits for its successor', zh: '没有待重新核算的冲销账单' } },
  'BILLING.ALREADY_SUCCEEDED': { status: 409, title: { en: 'The cancelled bill has its successor', zh: '冲销账单已有重新核算的账单' } },
});

defineConstraintErrors({
  bill_cancellations_once: 'BILLING.CANCELLATION_ALREADY_REQUESTED',
  bill_cancellations_of_issued_bill: 'BILLING.BILL_NOT_ISSUED',
  cancellation_requests_two_persons: 'APPROVAL.SAME_PERSON',
  cancellation_requests_decided_once: 'BILLING.CANCELLATION_DECIDED',
  bills_cancelled_by_two: 'BILLING.BILL_IMMUTABLE',
  bill_successions_once: 'BILLING.ALREADY_SUCCEEDED',
});
