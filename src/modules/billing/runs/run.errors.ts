import { defineConstraintErrors, defineErrors } from '../../../platform/errors';

/** Refusals around billing runs and their exceptions. */
export const RUN_ERRORS = defineErrors({
  'BILLING.RUN_NOT_FOUND': { status: 404, title: { en: 'There is no such billing run', zh: '核算批次不存在' } },
  'BILLING.EXCEPTION_NOT_FOUND': { status: 404, title: { en: 'There is no such exception in this run', zh: '该批次没有此核算异常' } },
  'BILLING.POPULATION_UNKNOWN': {
    status: 422,
    title: { en: 'The population names what is not recorded', zh: '核算范围包含不存在的对象' },
    detail: { en: 'See errors for each unknown name.', zh: '不存在的对象见 errors。' },
  },
  'BILLING.RUN_STATE': {
    status: 409,
    title: { en: 'The run is not in a state that allows this', zh: '批次当前状态不允许此操作' },
    detail: { en: 'The run is {state}; allowed: {allowed}.', zh: '批次状态为 {state}；允许的状态：{allowed}。' },
  },
  'BILLING.OTHER_PERIOD_COMPUTING': {
    status: 409,
    title: { en: 'A run of another period is being computed', zh: '另一期的核算批次正在计算' },
    detail: { en: 'Run {runId} of {period} reads these bills; try again when it is computed.', zh: '批次 {runId}（{period}）正在读取这些账单；待其计算完成后重试。' },
  },
  'BILLING.NOTHING_PARKED': { status: 409, title: { en: 'No interval of this run is parked, or not the one that was named', zh: '该批次没有已搁置的区间，或所指区间未搁置' } },
  'BILLING.RUN_FINAL': { status: 409, title: { en: 'A released or discarded run is not changed', zh: '已发行或已作废的批次不得更改' } },
  'BILLING.TRIAL_NOT_RELEASED': { status: 422, title: { en: 'A trial run is never released', zh: '试算批次不能发行' } },
  'BILLING.TRIAL_TARIFF_UNKNOWN': {
    status: 422,
    title: { en: 'The tariffs of the trial are not recorded', zh: '试算所用电价不存在' },
    detail: { en: 'See errors for each of them.', zh: '各项见 errors。' },
  },
  'BILLING.EXCEPTION_CLOSED': { status: 409, title: { en: 'The exception has been dealt with already', zh: '该核算异常已处理' } },
  'BILLING.RUN_EMPTY': {
    status: 409,
    title: { en: 'The run covers no account', zh: '批次不含任何用电户' },
    detail: { en: 'Nobody was in its population when the inputs were frozen; discard it.', zh: '冻结时核算范围内没有用电户；请作废该批次。' },
  },
  'BILLING.OWNER_NOT_PERMITTED': { status: 422, title: { en: 'The user may not resolve exceptions, and cannot own one', zh: '该用户无权处理核算异常，不能作为负责人' } },
  'BILLING.OWNER_UNKNOWN': { status: 422, title: { en: 'There is no such user to own the exception', zh: '指定的负责人不存在' } },
});

defineConstraintErrors({
  billing_runs_second_person: 'APPROVAL.SAME_PERSON',
  billing_runs_trial_not_released: 'BILLING.TRIAL_NOT_RELEASED',
  billing_runs_final: 'BILLING.RUN_FINAL',
});
