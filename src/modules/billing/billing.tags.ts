import { defineTag } from '../../platform/http';

/** Bills, calculations and their inputs in the contract. */
export const BILLS_TAG = defineTag('bills', { en: 'Bills, previews and calculations', zh: '账单、试算与计算' });
