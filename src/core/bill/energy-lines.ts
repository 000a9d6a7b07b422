import { addOnCharge, MoneyPlaces, priceLine } from '../charges';
import { CoreError } from '../errors';
import { Decimal, round, text, ZERO } from '../quantity';
import type { PricePeriod, Rates } from '../tariff';
import { energyTotal } from '../usage';
import { addLine } from './line-writer';
import type { Segment } from './segments';
import type { Energies, Work, WorkLine, WorkPoint } from './work';

/** Whether a point's lines and energies count in the power-factor adjustment: lighting in parallel does not. */
export function countsIn(item: WorkPoint, what: 'factor' | 'base', segment: Segment): boolean {
  const { lightingConnection, powerFactor } = item.point;
  if (powerFactor !== undefined) return powerFactor === 'both' || powerFactor === `${what}-only`;
  if (lightingConnection === undefined) return true;
  return lightingConnection === 'series' && segment.policies.lightingConnection === 'series';
}

/** Energy in a period that the plan does not price is never dropped in silence. */
function refuseUnpriced(energies: Energies, rates: Rates, item: WorkPoint): void {
  for (const key in energies) {
    const energy = energies[key as PricePeriod];
    if (energy === undefined || energy.isZero() || rates.periods.includes(key as PricePeriod)) continue;
    throw new CoreError('TARIFF.PRICE_MISSING', item.path, { planId: rates.plan.planId, period: key, energyKwh: text(energy), season: rates.season ?? '' });
  }
}

/** What of an energy line stands in the power-factor base: its amount, less the levies contained in its price. */
function baseOf(line: { readonly quantity: Decimal; readonly price: Decimal; readonly amount: Decimal }, contained: Decimal, money: MoneyPlaces): Decimal {
  if (contained.isZero()) return line.amount;
  return round(line.quantity.times(line.price.minus(contained)), money.decimals, money.rounding);
}

function componentLines(work: Work, item: WorkPoint, segment: Segment, rates: Rates, energies: Energies, adjusted: boolean): void {
  const money = segment.money;
  const named = segment.policies.powerFactorBase;
  const contained = segment.policies.powerFactorBaseInsideSurcharges === 'excluded' ? rates.containedPrice : ZERO;
  rates.components.forEach(({ component, byPeriod, labels }, index) => {
    const declared = named === null ? component.inPowerFactorBase !== false : named.includes('energy-charge') || named.includes(component.component);
    for (const period of rates.periods) {
      const energy = energies[period];
      const price = byPeriod[period];
      if (energy === undefined || price === undefined || energy.isZero()) continue;
      const line = priceLine(energy, price.value, money);
      addLine(work, segment, {
        group: 'energy-charge',
        item: component.component,
        label: labels[period] ?? component.title,
        usagePointNo: item.point.usagePointNo,
        pricePeriod: period,
        season: rates.season,
        quantity: energy,
        unit: 'kWh',
        price: price.text,
        exactAmount: line.exactAmount,
        amount: line.amount,
        rule: 'energy-charge',
        from: [`point:${item.point.usagePointNo}:billed:${period}`],
        base: adjusted && declared ? baseOf(line, index === 0 ? contained : ZERO, money) : null,
      });
    }
  });
}

function addOnLines(work: Work, item: WorkPoint, segment: Segment, rates: Rates, energies: Energies, adjusted: boolean): void {
  const money = segment.money;
  const billed = energyTotal(energies);
  const share = work.segments.length === 1 ? item.transformerLoss : round(item.transformerLoss.times(billed).div(nonZero(energyTotal(item.active))), segment.policies.energyDecimals);
  for (const { addOn, price } of rates.addOns) {
    const line = addOnCharge({ billed, transformerLoss: share }, addOn.energyBase, price.value, money);
    if (line.quantity.isZero()) continue;
    const named = segment.policies.powerFactorBase;
    const declared = named === null ? addOn.inPowerFactorBase !== false : named.includes('add-on-charge') || named.includes(addOn.name);
    addLine(work, segment, {
      group: 'add-on-charge',
      item: addOn.name,
      label: addOn.title,
      usagePointNo: item.point.usagePointNo,
      quantity: line.quantity,
      unit: 'kWh',
      price: price.text,
      exactAmount: line.exactAmount,
      amount: line.amount,
      rule: 'add-on-charge',
      from: [`point:${item.point.usagePointNo}:billed`],
      base: adjusted && declared ? line.amount : null,
    });
  }
}

function nonZero(value: Decimal): Decimal {
  return value.isZero() ? new Decimal(1) : value;
}

/**
 * Step 6: energy charge, one line for each component and period (a sum of prices multiplied once can differ by a
 * fen), then the add-on prices. Points whose plan has blocks with prices of their own are left to the block step.
 */
export function addEnergyLines(work: Work, item: WorkPoint, segment: Segment): void {
  const rates = item.rates[segment.index];
  const energies = item.billed[segment.index];
  if (rates === undefined || energies === undefined) return;
  refuseUnpriced(energies, rates, item);
  const adjusted = segment.terms.powerFactorStandard !== 'none' && countsIn(item, 'base', segment);
  if (rates.blocks?.rules.method !== 'per-block-price') componentLines(work, item, segment, rates, energies, adjusted);
  if (rates.addOns.length > 0) addOnLines(work, item, segment, rates, energies, adjusted);
}

/** The sum of rounded lines, yuan. */
export function linesTotal(lines: readonly WorkLine[]): Decimal {
  let total = ZERO;
  for (const line of lines) total = total.plus(line.rounded);
  return total;
}
