import { defineErrors } from '../../../../platform/errors';

/** Refusals of comparing runs. */
export const COMPARISON_ERRORS = defineErrors({
  'BILLING.NOTHING_TO_COMPARE_WITH': {
    status: 409,
    title: { en: 'There is no run to compare with', zh: '没有可对比的批次' },
    detail: { en: '{period} has no computed regular run; name another one by with.', zh: '{period} 没有已计算的正常批次，请用 with 指定。' },
  },
});
