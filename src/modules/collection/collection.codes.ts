import { defineCodeList } from '../../platform/http';

/** What a journal was booked for: the cause of a movement on an account. */
export const JOURNAL_KINDS = defineCodeList('journal-kinds', [
  { code: 'bill-issued', en: 'Bill issued', zh: '电费发行' },
  { code: 'reversal', en: 'Bill reversed', zh: '电费红冲' },
  { code: 'payment', en: 'Payment', zh: '缴费' },
  { code: 'payment-reversal', en: 'Payment reversed', zh: '收费冲正' },
  { code: 'tender-return', en: 'Cheque or direct debit returned', zh: '退票(支票、代扣退回)' },
  { code: 'prepayment-use', en: 'Prepayment used', zh: '预存抵扣' },
  { code: 'prepayment-refund', en: 'Prepayment paid back', zh: '预存退费' },
  { code: 'write-off', en: 'Receivable written off', zh: '坏账核销' },
  { code: 'cancellation-credit', en: 'Payments on a cancelled bill become credit', zh: '冲销账单已收款转预存' },
  { code: 'credit-recall', en: 'Used credit of a cancelled bill is owed again', zh: '冲销负账单：已用贷方余额转应收' },
  { code: 'credit-withdrawal', en: 'Credit of a cancelled bill goes back with its payment', zh: '冲销账单预存随收款退回' },
]);

/** How long receivables are overdue. */
export const AGES = defineCodeList('receivable-ages', [
  { code: 'not-due', en: 'Not due yet', zh: '未到期' },
  { code: '1-30', en: '1 to 30 days late', zh: '逾期1至30天' },
  { code: '31-90', en: '31 to 90 days late', zh: '逾期31至90天' },
  { code: '91-180', en: '91 to 180 days late', zh: '逾期91至180天' },
  { code: '181-365', en: '181 to 365 days late', zh: '逾期181至365天' },
  { code: 'over-365', en: 'More than 365 days late', zh: '逾期365天以上' },
  { code: 'in-instalments', en: 'Paid in parts by an agreement that is kept', zh: '分期缴费协议执行中' },
]);
