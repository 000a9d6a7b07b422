import { defineTag } from '../../platform/http';

/** Groups of this module in the contract. */
export const LEDGER_TAG = defineTag('ledger', { en: 'The ledger and its journals', zh: '总账与记账凭证' });
export const PAYMENTS_TAG = defineTag('payments', { en: 'Payments, reversals and returned tenders', zh: '收费、冲正与退票' });
export const PREPAYMENTS_TAG = defineTag('prepayments', { en: 'Money held for later bills', zh: '预存电费' });
export const RECEIVABLES_TAG = defineTag('receivables', { en: 'What is owed from bills', zh: '应收电费' });
