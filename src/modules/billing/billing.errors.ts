import { defineConstraintErrors, defineErrors } from '../../platform/errors';

/** Refusals of making and reading bills. */
export const BILLING_ERRORS = defineErrors({
  'BILLING.ACCOUNT_NOT_FOUND': { status: 404, title: { en: 'There is no such account', zh: '用电户不存在' } },
  'BILLING.BILL_NOT_FOUND': { status: 404, title: { en: 'There is no such bill', zh: '账单不存在' } },
  'BILLING.SHARED_AMOUNT_NOT_FOUND': { status: 404, title: { en: 'The account has no such shared amount', zh: '该户没有此分摊金额' } },
  'BILLING.ACCOUNT_IS_EXCEPTION': {
    status: 422,
    title: { en: 'No bill can be made for the account', zh: '该户无法出账' },
    detail: { en: 'See errors for each reason.', zh: '各项原因见 errors。' },
  },
  'BILLING.DOCUMENT_INVALID': {
    status: 422,
    title: { en: 'The calculation document is not valid', zh: '计算文档无效' },
    detail: { en: 'See errors for each place and what is allowed there.', zh: '各处的问题及允许的取值见 errors。' },
  },
  'BILLING.TARIFF_UNKNOWN': {
    status: 422,
    title: { en: 'The document names a tariff version that is not recorded', zh: '文档引用的电价版本不存在' },
    detail: {
      en: 'Give the tariff inline as tariffs.document, or name a published version by its content hash.',
      zh: '请在 tariffs.document 中给出电价，或以内容哈希引用已发布的版本。',
    },
  },
  'BILLING.TARIFF_HASH_DIFFERS': {
    status: 422,
    title: { en: 'The inline tariff does not have the stated content hash', zh: '内联电价与所给内容哈希不符' },
    detail: { en: 'Its content hash is {actual}.', zh: '其内容哈希为 {actual}。' },
  },
  'BILLING.BILL_EXISTS': { status: 409, title: { en: 'The account has a live bill for this period', zh: '该户本期已有有效账单' } },
  'BILLING.BILL_IMMUTABLE': {
    status: 409,
    title: { en: 'An issued bill is never edited or removed, only cancelled', zh: '已发行账单不得修改或删除，只能冲销' },
  },
  'BILLING.SUB_METER_BILLS_DIFFER': {
    status: 409,
    title: { en: 'Two bills of the period have different energies for one sub-meter', zh: '同一过表计量点在本期两份账单中的电量不一致' },
    detail: { en: 'See errors for the bills: one of them is computed again before the run is checked.', zh: '两份账单见 errors；须先重新核算其中一份，再审核批次。' },
  },
  'BILLING.RUN_IS_RELEASED': { status: 409, title: { en: 'A released run takes no further bill', zh: '已发行的批次不能再增加账单' } },
});

defineConstraintErrors({
  bills_one_live: 'BILLING.BILL_EXISTS',
  bills_only_cancellation: 'BILLING.BILL_IMMUTABLE',
  bills_released_stay: 'BILLING.BILL_IMMUTABLE',
  bill_lines_never_edited: 'BILLING.BILL_IMMUTABLE',
  bill_lines_released_stay: 'BILLING.BILL_IMMUTABLE',
  bill_documents_never_edited: 'BILLING.BILL_IMMUTABLE',
  bill_documents_released_stay: 'BILLING.BILL_IMMUTABLE',
  bills_not_into_released_run: 'BILLING.RUN_IS_RELEASED',
});
