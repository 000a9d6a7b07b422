import { defineTag } from '../../platform/http';

/** Bills, calculations and their inputs in the contract. */
export const BILLS_TAG = defineTag('bills', { en: 'Bills, previews and calculations', zh: '账单、试算与计算' });

/** From the start of a run to its release. */
export const RUNS_TAG = defineTag('billing runs', { en: 'Monthly billing runs: start, progress, check, release', zh: '月度核算批次：启动、进度、审核、发行' });

/** Issued bills that are taken back. */
export const CANCELLATIONS_TAG = defineTag('bill cancellations', { en: 'Cancellation of issued bills by two persons, and their rebilling', zh: '账单冲销与重新核算' });

/** What a run could not bill. */
export const EXCEPTIONS_TAG = defineTag('billing exceptions', { en: 'Accounts that a run could not bill, and what can be done', zh: '核算异常与处理' });
