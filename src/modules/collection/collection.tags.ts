import { defineTag } from '../../platform/http';

/** Groups of this module in the contract. */
export const LEDGER_TAG = defineTag('ledger', { en: 'The ledger and its journals', zh: '总账与记账凭证' });
export const RECEIVABLES_TAG = defineTag('receivables', { en: 'What is owed from bills', zh: '应收电费' });
