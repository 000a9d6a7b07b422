import { defineConstraintErrors, defineErrors } from '../../../../platform/errors';

/** Refusals on the way from the check of a run to its verification. */
export const VERIFICATION_ERRORS = defineErrors({
  'BILLING.SAMPLE_NOT_FOUND': { status: 404, title: { en: 'There is no such sample of this run', zh: '该批次没有此样本' } },
  'BILLING.SAMPLE_MISSING': { status: 409, title: { en: 'No sample of the run was drawn', zh: '该批次尚未抽样' } },
  'BILLING.SAMPLE_EMPTY': {
    status: 409,
    title: { en: 'No bill of the sample stands as it was looked at', zh: '样本中没有已查看且仍有效的账单' },
    detail: { en: 'The run has bills: draw another sample.', zh: '该批次有账单，请重新抽样。' },
  },
  'BILLING.SAMPLE_UNFINISHED': {
    status: 409,
    title: { en: 'Not every bill of the sample was looked at', zh: '样本账单尚未全部查看' },
    detail: { en: '{open} bills of sample {sampleId} are open.', zh: '样本 {sampleId} 中尚有 {open} 张账单未查看。' },
  },
  'BILLING.SAMPLE_WRONG': {
    status: 409,
    title: { en: 'Bills were found wrong', zh: '抽查发现账单有误' },
    detail: { en: 'Compute the accounts again, exclude them, or let the bills through with a reason; see errors.', zh: '请重算或剔除该户，或说明理由后放行；见 errors。' },
  },
  'BILLING.SAMPLE_BILL_REFUSED': {
    status: 422,
    title: { en: 'The verdicts name bills that cannot be judged', zh: '所列账单不能评定' },
    detail: { en: 'See errors for each bill.', zh: '各账单的问题见 errors。' },
  },
  'BILLING.SAMPLE_BILL_NOT_WRONG': { status: 409, title: { en: 'The bill of the sample is not one that is wrong and open', zh: '该样本账单不是待处理的有误账单' } },
  'BILLING.ACCOUNT_NOT_IN_RUN': { status: 404, title: { en: 'The account is not in this run', zh: '该户不在此批次中' } },
  'BILLING.ACCOUNT_NOT_BILLED': {
    status: 409,
    title: { en: 'The account has no bill in this run', zh: '该户在此批次中没有账单' },
    detail: { en: 'It was left out, or it is an exception: resolve that one.', zh: '该户已剔除或属于核算异常，请处理相应异常。' },
  },
});

defineConstraintErrors({
  billing_runs_verified_by_person: 'BILLING.SAMPLE_MISSING',
  billing_runs_verified_by_sample: 'BILLING.SAMPLE_UNFINISHED',
  billing_runs_verified_by_bills: 'BILLING.SAMPLE_EMPTY',
  billing_run_samples_final: 'BILLING.RUN_FINAL',
  billing_run_sample_bills_settled_once: 'BILLING.SAMPLE_BILL_REFUSED',
});
