import type { ComputedBill } from './computed-bill';

/** A figure of a bill that its column cannot hold as it is. */
export interface UnstorableFigure {
  readonly figure: string;
  readonly value: string;
  readonly decimals: number;
}

/** Digits before the point and decimals of the columns, see the migration of `bills`. */
const AMOUNT = { whole: 16, decimals: 2 };
const ENERGY = { whole: 14, decimals: 4 };
const QUANTITY = { whole: 14, decimals: 8 };
const PRICE = { whole: 6, decimals: 8 };
const EXACT = { whole: 18, decimals: 12 };

type Limit = typeof AMOUNT;

function fits(value: string, { whole, decimals }: Limit): boolean {
  const start = value.startsWith('-') ? 1 : 0;
  const point = value.indexOf('.');
  if (point < 0) return value.length - start <= whole;
  if (point - start > whole) return false;
  let end = value.length;
  while (value.charCodeAt(end - 1) === 48) end -= 1;
  return end - point - 1 <= decimals;
}

/**
 * The first figure of a bill that has more digits than its column, or null. PostgreSQL would round such a value in
 * silence, so the account becomes an exception instead.
 */
export function unstorableFigure({ bill, leviesAmount }: Pick<ComputedBill, 'bill' | 'leviesAmount'>): UnstorableFigure | null {
  const { totals } = bill;
  const heads: [string, string, Limit][] = [
    ['total', totals.totalAmount, AMOUNT],
    ['net', totals.netAmount, AMOUNT],
    ['tax', totals.taxAmount, AMOUNT],
    ['funds', totals.fundsAmount, AMOUNT],
    ['levies', leviesAmount, AMOUNT],
    ['energy', totals.activeBilledEnergyKwh, ENERGY],
  ];
  for (const [figure, value, limit] of heads) {
    if (!fits(value, limit)) return { figure, value, decimals: limit.decimals };
  }
  for (const line of bill.lines) {
    const place = `line ${String(line.lineNo)}`;
    if (!fits(line.quantity, QUANTITY)) return { figure: `${place}: quantity`, value: line.quantity, decimals: QUANTITY.decimals };
    if (!fits(line.price, PRICE)) return { figure: `${place}: price`, value: line.price, decimals: PRICE.decimals };
    if (!fits(line.exactAmount, EXACT)) return { figure: `${place}: exact amount`, value: line.exactAmount, decimals: EXACT.decimals };
    if (!fits(line.amount, AMOUNT)) return { figure: `${place}: amount`, value: line.amount, decimals: AMOUNT.decimals };
  }
  return null;
}
