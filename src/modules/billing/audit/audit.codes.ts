import { PRINTED_PARTS } from '../../../core/bill/audit-bill';
import { defineCodeList } from '../../../platform/http';
import { BILL_LINE_GROUPS } from '../billing.codes';

/** What a figure printed on a bill from elsewhere can stand for. */
export const PRINTED_GROUPS = defineCodeList('printed-figure-groups', [
  ...BILL_LINE_GROUPS.items,
  { code: 'total', en: 'Total of the bill', zh: '电费合计' },
  { code: 'net', en: 'Total without tax', zh: '不含税金额' },
  { code: 'tax', en: 'Tax contained in the total', zh: '税额' },
  { code: 'funds', en: 'Funds on top of the price', zh: '代征基金合计' },
  { code: 'energy', en: 'Billed energy, kWh', zh: '计费电量' },
  { code: 'average-price', en: 'Average price, yuan per kWh', zh: '平均电价' },
  { code: 'working', en: 'A working of the calculation, by its id', zh: '计算过程中的量（按标识）' },
]);

const PART_TITLES: Readonly<Record<(typeof PRINTED_PARTS)[number], { readonly en: string; readonly zh: string }>> = {
  amount: { en: 'Amount, yuan', zh: '金额' },
  quantity: { en: 'Quantity: energy, capacity, demand', zh: '数量（电量、容量、需量）' },
  price: { en: 'Price, yuan per unit', zh: '单价' },
};

/** What of a line is printed. */
export const PRINTED_LINE_PARTS = defineCodeList('printed-line-parts', PRINTED_PARTS.map((code) => ({ code, ...PART_TITLES[code] })));
