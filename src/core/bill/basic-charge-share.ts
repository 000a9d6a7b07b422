import { shareBasicCharge } from '../charges';
import { Decimal, sum, text, ZERO } from '../quantity';
import type { Category } from '../tariff';
import { energyTotal } from '../usage';
import { linesTotal } from './energy-lines';
import { QUANTITY_DECIMALS } from './line-writer';
import { contentOn } from './point-content';
import type { Segment } from './segments';
import type { Work, WorkLine, WorkPoint } from './work';

function categoryOf(item: WorkPoint, segment: Segment): Category {
  return contentOn(item.point, segment.from).category ?? segment.terms.category;
}

/** What each category weighs: its billed energy in the segment, or its energy charge there. */
function weightOf(work: Work, segment: Segment, items: readonly WorkPoint[]): Decimal {
  if (segment.policies.basicChargeShare === 'by-energy') return sum(items.map((item) => energyTotal(item.billed[segment.index] ?? {})));
  const points = new Set(items.map((item) => item.point.usagePointNo));
  const own = work.segments.length === 1 ? undefined : segment.index + 1;
  return linesTotal(work.lines.filter(({ line }) => line.group === 'energy-charge' && line.segment === own && points.has(line.usagePointNo ?? '')));
}

function quantityText(quantity: Decimal): string {
  return text(quantity.toDecimalPlaces(QUANTITY_DECIMALS, Decimal.ROUND_HALF_UP));
}

/** One line of a basic charge as a line for each category; amounts and parts of the base add up to the line's own. */
function sharedLines(whole: WorkLine, categories: readonly Category[], weights: readonly Decimal[], segment: Segment, part: string): WorkLine[] {
  const amounts = shareBasicCharge(whole.rounded, weights, segment.money);
  const exact = new Decimal(whole.line.exactAmount);
  const total = sum(weights);
  return categories.flatMap((category, index): WorkLine[] => {
    const amount = amounts[index] ?? ZERO;
    const weight = weights[index] ?? ZERO;
    if (amount.isZero()) return [];
    const share = (value: Decimal): Decimal => (total.isZero() ? value.div(categories.length) : value.times(weight).div(total));
    const line = {
      ...whole.line,
      item: `${whole.line.item}:${category}`,
      quantity: quantityText(share(new Decimal(whole.line.quantity))),
      exactAmount: text(share(exact).toDecimalPlaces(12, Decimal.ROUND_HALF_UP)),
      amount: text(amount, 2),
      from: [...whole.line.from, `basic-charge-share:${category}${part}`],
    };
    return [{ line, rounded: amount, base: whole.base === null ? null : amount }];
  });
}

/**
 * Shares the capacity or demand charge of a segment over the usage categories of the account, by their energies or by
 * their energy charges: a line for each category, to the fen by the largest remainder, so that the parts add up to
 * the charge and the power-factor base stays what it was. One category alone keeps the charge as it is.
 */
export function shareBasicLines(work: Work, segment: Segment, start: number): void {
  const how = segment.policies.basicChargeShare;
  if (how === 'none' || work.lines.length === start) return;
  const billing = work.points.filter((item) => item.point.role === 'billing');
  const categories = [...new Set(billing.map((item) => categoryOf(item, segment)))].sort();
  if (categories.length < 2) return;
  const weights = categories.map((category) => {
    const weight = weightOf(work, segment, billing.filter((item) => categoryOf(item, segment) === category));
    return weight.isNegative() ? ZERO : weight;
  });
  const part = work.segments.length === 1 ? '' : `:${segment.index + 1}`;
  categories.forEach((category, index) => {
    work.figures.push({ id: `basic-charge-share:${category}${part}`, rule: 'basic-charge-share', value: text(weights[index] ?? ZERO), unit: how === 'by-energy' ? 'kWh' : 'yuan', inputs: { how } });
  });
  const basic = work.lines.splice(start);
  for (const whole of basic) work.lines.push(...sharedLines(whole, categories, weights, segment, part));
}
