import { CoreError } from '../errors';
import { Decimal, sum, text, ZERO } from '../quantity';

/** Something handed over, yuan. Change is given for cash only. */
export interface HandedOver {
  readonly cash: boolean;
  readonly amount: Decimal;
}

export interface Change {
  readonly tendered: Decimal;
  readonly change: Decimal;
}

/**
 * Change = Σ handed over − amount. Throws RECEIVABLES.TENDERS_TOO_SMALL where less was handed over than is to be paid,
 * and RECEIVABLES.CHANGE_NOT_FROM_CASH where the change would be more than the cash.
 */
export function changeOf(tenders: readonly HandedOver[], amount: Decimal): Change {
  const tendered = sum(tenders.map((tender) => tender.amount));
  const change = tendered.minus(amount);
  const cash = sum(tenders.filter((tender) => tender.cash).map((tender) => tender.amount));
  if (change.isNegative()) throw new CoreError('RECEIVABLES.TENDERS_TOO_SMALL', '/tenders', { tendered: text(tendered, 2), amount: text(amount, 2) });
  if (change.greaterThan(cash)) throw new CoreError('RECEIVABLES.CHANGE_NOT_FROM_CASH', '/tenders', { change: text(change, 2), cash: text(cash, 2) });
  return { tendered, change };
}

/** Takes the change out of the cash tenders, the first one first: what each tender really brought, yuan. */
export function keptOf<Tender extends HandedOver>(tenders: readonly Tender[], change: Decimal): Tender[] {
  let left = change;
  return tenders.map((tender) => {
    const out = !tender.cash ? ZERO : left.lessThan(tender.amount) ? left : tender.amount;
    left = left.minus(out);
    return { ...tender, amount: tender.amount.minus(out) };
  });
}
