import { LEDGER_CODES } from '../../../core/ledger';
import { type CodeOf, defineCodeList } from '../../../platform/http';

/** How money is handed over. */
export const TENDER_KINDS = defineCodeList('tender-kinds', [
  { code: 'cash', en: 'Cash', zh: '现金' },
  { code: 'pos-card', en: 'Card at the counter', zh: 'POS刷卡' },
  { code: 'cheque', en: 'Cheque', zh: '支票' },
  { code: 'transfer', en: 'Bank transfer', zh: '银行转账' },
  { code: 'self-service-terminal', en: 'Self-service terminal', zh: '自助缴费终端' },
  { code: 'mobile-pos', en: "Mobile POS at the customer's site", zh: '移动POS' },
  { code: 'agent', en: 'Payment agent', zh: '代办机构' },
  { code: 'direct-debit', en: 'Direct debit', zh: '银行代扣' },
  { code: 'prepayment', en: 'Prepayment of the account', zh: '预存电费' },
]);
export type TenderKind = CodeOf<typeof TENDER_KINDS>;

/** Where the money of a tender lies in the books. */
export const LEDGER_OF_TENDER: Readonly<Record<TenderKind, string>> = {
  cash: LEDGER_CODES.cash,
  'pos-card': LEDGER_CODES.moneyUnderWay,
  cheque: LEDGER_CODES.cheques,
  transfer: LEDGER_CODES.bank,
  'self-service-terminal': LEDGER_CODES.moneyUnderWay,
  'mobile-pos': LEDGER_CODES.moneyUnderWay,
  agent: LEDGER_CODES.moneyUnderWay,
  'direct-debit': LEDGER_CODES.bank,
  prepayment: LEDGER_CODES.customerCredit,
};

/** Tenders whose money can fail to come. */
export const RETURNABLE: readonly TenderKind[] = ['cheque', 'direct-debit'];

/** Tenders that came by the bank: their money may count from the day on which the bank had it. */
export const VALUE_DATED: readonly TenderKind[] = ['transfer', 'cheque', 'direct-debit'];

export const PAYMENT_STATES = defineCodeList('payment-states', [
  { code: 'received', en: 'Received', zh: '已收' },
  { code: 'reversed', en: 'Reversed', zh: '已冲正' },
  { code: 'returned', en: 'A tender was returned', zh: '已退票' },
]);
