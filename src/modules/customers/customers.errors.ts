import { defineConstraintErrors, defineErrors } from '../../platform/errors';

/** Refusals of the customers module. */
export const CUSTOMERS_ERRORS = defineErrors({
  'CUSTOMERS.CUSTOMER_NOT_FOUND': { status: 404, title: { en: 'There is no such customer', zh: '客户不存在' } },
  'CUSTOMERS.PREMISE_NOT_FOUND': { status: 404, title: { en: 'There is no such premise', zh: '用电地址不存在' } },
  'CUSTOMERS.ACCOUNT_NOT_FOUND': { status: 404, title: { en: 'There is no such account', zh: '用电户不存在' } },
  'CUSTOMERS.TRANSFORMER_NOT_FOUND': { status: 404, title: { en: 'The account has no such transformer', zh: '该户没有此变压器' } },
  'CUSTOMERS.SUPPLY_CIRCUIT_NOT_FOUND': { status: 404, title: { en: 'The account has no such supply circuit', zh: '该户没有此供电电源' } },
  'CUSTOMERS.IMPORT_NOT_FOUND': { status: 404, title: { en: 'There is no such import', zh: '导入记录不存在' } },
  'CUSTOMERS.IDENTITY_TAKEN': {
    status: 409,
    title: { en: 'The identity document belongs to a recorded customer', zh: '该证件已登记在其他客户名下' },
  },
  'CUSTOMERS.REFERENCE_TAKEN': {
    status: 409,
    title: { en: 'The external reference belongs to a recorded account', zh: '该外部编号已对应一个用电户' },
  },
  'CUSTOMERS.TERMS_INVALID': {
    status: 422,
    title: { en: 'The terms of the account contradict themselves', zh: '计费参数自相矛盾' },
    detail: { en: 'See errors for each field and what is allowed.', zh: '各字段的问题及允许的取值见 errors。' },
  },
  'CUSTOMERS.ACCOUNT_CLOSED': { status: 409, title: { en: 'The account is closed', zh: '该户已销户' } },
  'CUSTOMERS.CLOSED_BEFORE_OPENING': {
    status: 422,
    title: { en: 'An account cannot be closed before the day on which it was opened', zh: '销户日期不能早于立户日期' },
  },
  'CUSTOMERS.NOTHING_IN_FORCE': {
    status: 422,
    title: { en: 'Nothing is in force on that day that could be changed', zh: '该日期没有可变更的有效版本' },
    detail: { en: 'The day must lie inside a version in force; {from} is the first.', zh: '日期须在有效版本之内，最早为 {from}。' },
  },
  'CUSTOMERS.NOTHING_CHANGES': {
    status: 422,
    title: { en: 'The version in force says the same already', zh: '与现行版本相同，没有变化' },
  },
  'CUSTOMERS.VALIDITY_OVERLAPS': {
    status: 409,
    title: { en: 'Another version in force covers some of these days', zh: '有效期与现行版本重叠' },
  },
  'CUSTOMERS.TRANSFORMER_NO_TAKEN': {
    status: 409,
    title: { en: 'The account has a transformer of that number', zh: '该户已有此编号的变压器' },
  },
  'CUSTOMERS.IMPORT_TOO_LARGE': {
    status: 413,
    title: { en: 'An import may have at most 1 GiB', zh: '一次导入最大为 1 GiB' },
    detail: { en: 'The complete batches before the limit were kept; send the rest as another import.', zh: '上限之前的完整批次已保存；其余请另行导入。' },
  },
});

defineConstraintErrors({
  customers_identity_once: 'CUSTOMERS.IDENTITY_TAKEN',
  accounts_external_reference_once: 'CUSTOMERS.REFERENCE_TAKEN',
  accounts_closed_after_opening: 'CUSTOMERS.CLOSED_BEFORE_OPENING',
  accounts_closed_once: 'CUSTOMERS.ACCOUNT_CLOSED',
  account_terms_no_overlap: 'CUSTOMERS.VALIDITY_OVERLAPS',
  account_terms_exemption_without_standard: 'CUSTOMERS.TERMS_INVALID',
  account_terms_extension_needs_size: 'CUSTOMERS.TERMS_INVALID',
  supply_circuits_no_overlap: 'CUSTOMERS.VALIDITY_OVERLAPS',
  transformer_states_no_overlap: 'CUSTOMERS.VALIDITY_OVERLAPS',
  transformers_no_once: 'CUSTOMERS.TRANSFORMER_NO_TAKEN',
});

/** Reasons for which a row of an account import is refused. */
export const IMPORT_REFUSALS = {
  MALFORMED: { en: 'The line is not a JSON object', zh: '该行不是 JSON 对象' },
  TOO_LONG: { en: 'The line is too long', zh: '该行过长' },
  NOT_UTF8: { en: 'The line is not valid UTF-8', zh: '该行不是有效的 UTF-8' },
  REQUIRED: { en: 'The field is missing', zh: '缺少该字段' },
  UNKNOWN_FIELD: { en: 'The field is not known', zh: '未知字段' },
  INVALID: { en: 'The value is not allowed', zh: '取值不允许' },
  DUPLICATE: { en: 'An account with this external reference is recorded already', zh: '该外部编号已有用电户' },
  DUPLICATE_IN_FILE: { en: 'An earlier line has the same external reference', zh: '文件中前面的行已使用该外部编号' },
  IDENTITY_NAME_DIFFERS: {
    en: 'The identity document is recorded under another name or kind of customer',
    zh: '该证件已登记在其他姓名或类型的客户名下',
  },
  REPEATED_NUMBER: { en: 'The number occurs twice', zh: '编号重复' },
  OVERLAP: { en: 'The period overlaps an earlier one of the list', zh: '与列表中前面的期间重叠' },
  INCONSISTENT: { en: 'The fields contradict each other', zh: '字段之间相互矛盾' },
} as const;
export type ImportRefusal = keyof typeof IMPORT_REFUSALS;
