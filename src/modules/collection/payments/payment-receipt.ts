import type { Language } from '../../../platform/errors';
import type { PaymentView } from './dto/payment.dto';
import { PAYMENT_STATES, TENDER_KINDS } from './payments.codes';

const WORDS = {
  title: { en: 'Receipt for electricity charges', zh: '电费收据' },
  receiptNo: { en: 'Receipt No.', zh: '收据号' },
  receivedOn: { en: 'Date', zh: '缴费日期' },
  valueOn: { en: 'Counts from', zh: '到账日期' },
  account: { en: 'Account', zh: '户号' },
  period: { en: 'period', zh: '电费年月' },
  principal: { en: 'charge', zh: '电费' },
  lateCharge: { en: 'late-payment charge', zh: '违约金' },
  claim: { en: 'claim for a returned tender', zh: '退票应收款' },
  prepaid: { en: 'Held as prepayment', zh: '预存电费' },
  amount: { en: 'Paid', zh: '实收金额' },
  tendered: { en: 'Handed over', zh: '交来金额' },
  change: { en: 'Change', zh: '找零' },
  yuan: { en: 'yuan', zh: '元' },
  returned: { en: 'returned on', zh: '退回日期' },
} as const;

/** A receipt as plain text for the counter's printer, in one of the two languages; it shows no personal data. */
export function receiptOf(payment: PaymentView, language: Language): string {
  const word = (name: keyof typeof WORDS): string => WORDS[name][language];
  const money = (amount: string): string => `${amount} ${word('yuan')}`;
  const label = (list: typeof TENDER_KINDS | typeof PAYMENT_STATES, code: string): string => list.items.find((item) => item.code === code)?.[language] ?? code;
  const parts = ({ principal, lateCharge }: PaymentView['allocations'][number]): string =>
    [`${word('principal')} ${money(principal)}`, ...(lateCharge === '0.00' ? [] : [`${word('lateCharge')} ${money(lateCharge)}`])].join(', ');
  const lines = [
    word('title'),
    `${word('receiptNo')}: ${payment.receiptNo}`,
    `${word('receivedOn')}: ${payment.receivedOn}`,
    ...(payment.valueOn === payment.receivedOn ? [] : [`${word('valueOn')}: ${payment.valueOn}`]),
    ...(payment.state === 'received' ? [] : [`*** ${label(PAYMENT_STATES, payment.state)} ***`]),
    '',
    ...payment.allocations.map((part) => `${word('account')} ${part.accountNo}, ${word('period')} ${part.period}: ${parts(part)}`),
    ...payment.claims.map(({ accountNo, amount }) => `${word('account')} ${accountNo}, ${word('claim')}: ${money(amount)}`),
    ...(payment.prepaid ? [`${word('account')} ${payment.prepaid.accountNo}, ${word('prepaid')}: ${money(payment.prepaid.amount)}`] : []),
    `${word('amount')}: ${money(payment.amount)}`,
    '',
    ...payment.tenders.map(({ kind, amount, returnedOn }) => `${label(TENDER_KINDS, kind)}: ${money(amount)}${returnedOn === null ? '' : ` (${word('returned')} ${returnedOn})`}`),
    ...(payment.change === '0.00' ? [] : [`${word('tendered')}: ${money(payment.tendered)}`, `${word('change')}: ${money(payment.change)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
