import type { LocalDate } from '../calendar';
import { CoreError } from '../errors';
import { constant, Decimal, divideRounded, round, sum, text, ZERO } from '../quantity';
import type { TariffDocument } from '../tariff';
import { energyTotal } from '../usage';
import type { BillTotals, LineGroup } from './bill';
import type { Work } from './work';

/** Highest amount that a column of 18 digits with 2 decimals holds, with room for sums. */
const LIMIT = new Decimal(10).pow(15);

const HUNDRED = new Decimal(100);

/** Value-added tax rate of a tariff on the last day before `to`, percent. */
function taxRateBefore(tariff: TariffDocument, to: LocalDate): string {
  let rate = tariff.taxRatePercent;
  let since = '';
  for (const later of tariff.laterTaxRates ?? []) {
    if (later.from >= to || later.from < since) continue;
    rate = later.ratePercent;
    since = later.from;
  }
  return rate;
}

/**
 * Totals of a bill: the sum of the rounded lines, split into net and tax (net = total ÷ (1 + rate), rounded to the fen,
 * tax the rest), by group, levies, and the average price over the billed energy (4 decimals, half-up).
 * Throws BILL.AMOUNT_OUT_OF_RANGE.
 */
export function totalsOf(work: Work): BillTotals {
  const byGroup = new Map<LineGroup, Decimal>();
  let total = ZERO;
  for (const { line, rounded } of work.lines) {
    const before = byGroup.get(line.group);
    byGroup.set(line.group, before === undefined ? rounded : before.plus(rounded));
  }
  for (const amount of byGroup.values()) total = total.plus(amount);
  if (total.abs().greaterThanOrEqualTo(LIMIT)) throw new CoreError('BILL.AMOUNT_OUT_OF_RANGE', '', { total: text(round(total, 2)) });
  const last = work.segments[work.segments.length - 1];
  const taxRatePercent = last === undefined ? '0' : taxRateBefore(last.tariff.document, work.document.period.to);
  const net = divideRounded(total.times(HUNDRED), constant(taxRatePercent).plus(HUNDRED), 2);
  const energy = sum(work.points.filter((item) => item.point.role === 'billing').map((item) => energyTotal(item.active)));
  const groups: Partial<Record<LineGroup, string>> = {};
  for (const [group, amount] of byGroup) groups[group] = text(amount, 2);
  return {
    totalAmount: text(total, 2),
    netAmount: text(net, 2),
    taxAmount: text(total.minus(net), 2),
    taxRatePercent,
    byGroup: groups,
    fundsAmount: text(byGroup.get('fund') ?? ZERO, 2),
    insideFunds: work.insideFunds,
    activeBilledEnergyKwh: text(energy),
    averagePricePerKwh: energy.isZero() ? null : text(divideRounded(total, energy, 4), 4),
  };
}
