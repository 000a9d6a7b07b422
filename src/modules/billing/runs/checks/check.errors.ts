import { defineErrors } from '../../../../platform/errors';

/** Refusals of checking a run and of reading its checks. */
export const CHECK_ERRORS = defineErrors({
  'BILLING.CHECK_NOT_FOUND': { status: 404, title: { en: 'There is no such check of this run', zh: '该批次没有此审核报告' } },
  'BILLING.POPULATION_DIFFERS': {
    status: 409,
    title: { en: 'The accounts do not add up: billed + excluded + exceptions', zh: '户数不平：已出账 + 已剔除 + 异常' },
    detail: { en: 'The intervals counted {counted} yuan; bills, members and exceptions say {found} yuan.', zh: '区间计数为 {counted} 元；账单、成员与异常为 {found} 元。' },
  },
});
