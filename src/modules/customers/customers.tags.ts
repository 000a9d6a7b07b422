import { defineTag } from '../../platform/http';

/** Groups of this module in the contract. */
export const ACCOUNTS_TAG = defineTag('accounts', { en: 'Accounts, their terms, supply circuits and transformers', zh: '用电户、用电合同条款、供电电源与变压器' });
export const CUSTOMERS_TAG = defineTag('customers', { en: 'Customers and premises', zh: '客户与用电地址' });
