import { chargeTimeOfUseBlocks, freeAllowance, priceLine, PricedLine, RunningTotals } from '../charges';
import { CoreError } from '../errors';
import { count, dec, Decimal, shareByLargestRemainder, sum, text, ZERO } from '../quantity';
import { limitsText, type PreparedScale, type PricePeriod, type Rates, type TimeOfUsePeriod } from '../tariff';
import { energyTotal } from '../usage';
import type { LineGroup } from './bill';
import { BlockCounter, drawBlocks, limitsAhead, moveOn } from './block-state';
import { blockLabel, FREE_ALLOWANCE_LABEL, incrementLabel } from './line-labels';
import { addLine } from './line-writer';
import type { Segment } from './segments';
import type { Energies, Work, WorkPoint } from './work';

interface BlockStep {
  readonly work: Work;
  readonly item: WorkPoint;
  readonly segment: Segment;
  readonly rates: Rates;
  readonly scale: PreparedScale;
  readonly counter: BlockCounter;
}

function push(step: BlockStep, group: LineGroup, block: number, period: PricePeriod, line: PricedLine, priceText: string, rule: string, label = blockLabel(block, period)): void {
  if (line.quantity.isZero()) return;
  addLine(step.work, step.segment, {
    group,
    item: `block-${block + 1}`,
    label,
    usagePointNo: step.item.point.usagePointNo,
    pricePeriod: period,
    quantity: line.quantity,
    unit: 'kWh',
    price: priceText,
    exactAmount: line.exactAmount,
    amount: line.amount,
    rule,
    from: [`point:${step.item.point.usagePointNo}:billed:${period}`, 'blocks:used-before'],
    base: null,
  });
}

function blockPrice(step: BlockStep, block: number, period: PricePeriod): { readonly value: Decimal; readonly text: string } {
  const price = step.scale.steps[block]?.prices[period];
  if (price !== undefined) return price;
  throw step.segment.tariff.error('TARIFF.INCOMPLETE', { planId: step.rates.plan.planId, block: String(block + 1), period, reason: 'no published price', reasonZh: '未公布电价' });
}

/** The energy of a block in each period: in proportion to what is left of the periods, by the largest remainder. */
function blockPeriods(left: Energies, periods: readonly PricePeriod[], part: Decimal): readonly (readonly [PricePeriod, Decimal])[] {
  const used = periods.filter((period) => left[period]?.isZero() === false);
  const weights = used.map((period) => left[period] ?? ZERO);
  if (used.length < 2 || part.equals(sum(weights))) return used.map((period, index) => [period, used.length === 1 ? part : (weights[index] ?? ZERO)]);
  const decimals = Math.max(part.decimalPlaces(), ...weights.map((weight) => weight.decimalPlaces()));
  const parts = shareByLargestRemainder(part, weights, decimals);
  return used.map((period, index) => [period, parts[index] ?? ZERO]);
}

/** `per-block-price`: the energy of each block at the block's own prices. */
function ownPrices(step: BlockStep, energies: Energies, byBlock: readonly Decimal[]): void {
  const money = step.segment.money;
  const left: Energies = { ...energies };
  byBlock.forEach((part, block) => {
    if (part.isZero()) return;
    for (const [period, energy] of blockPeriods(left, step.rates.periods, part)) {
      if (energy.isZero()) continue;
      left[period] = (left[period] ?? ZERO).minus(energy);
      const price = blockPrice(step, block, period);
      push(step, 'energy-charge', block, period, priceLine(energy, price.value, money), price.text, 'residential-block-own-price');
    }
  });
}

/** Whether a plan has the rule for the month that crosses a limit. */
function hasCrossingRule(rates: Rates | undefined): boolean {
  return rates?.blocks?.rules.crossingMonth === 'uniform-increment' && rates.plan.timeOfUse;
}

/** The running totals before and after the whole bill: all its segments and points under the rule. */
function totalsOfBill(work: Work, counter: BlockCounter): RunningTotals {
  const billing = work.points.filter((item) => item.point.role === 'billing');
  const energies = billing.flatMap((item) => item.billed.filter((_, index) => hasCrossingRule(item.rates[index])).map(energyTotal));
  return { before: counter.used, after: counter.used.plus(sum(energies)) };
}

/** Shanghai's rule for the month that crosses a limit; see `chargeTimeOfUseBlocks`. */
function crossingMonth(step: BlockStep, energies: Energies): void {
  const { counter, scale, segment } = step;
  counter.bill ??= { ...totalsOfBill(step.work, counter), limits: limitsAhead(counter) };
  const periods = Object.fromEntries(step.rates.periods.map((period) => [period, energies[period] ?? ZERO]));
  const byPeriod = (block: number): Partial<Record<TimeOfUsePeriod, Decimal>> =>
    Object.fromEntries(step.rates.periods.map((period) => [period, blockPrice(step, block, period).value]));
  const charge = chargeTimeOfUseBlocks(
    periods,
    counter.used,
    { limits: counter.bill.limits, prices: scale.steps.map((_, block) => byPeriod(block)), crossingIncrements: scale.steps.map((one) => one.increment?.value ?? ZERO) },
    segment.money,
    counter.bill,
  );
  const block = charge.crossingMonth ? 0 : Math.max(0, charge.blockEnergies.findIndex((energy) => !energy.isZero()));
  for (const line of charge.periods) push(step, 'energy-charge', block, line.period, line, text(line.price), 'time-of-use-block');
  charge.increments.forEach((line, index) => {
    if (!line.price.isZero()) push(step, 'block-charge', index, 'total', line, text(line.price), 'time-of-use-block', incrementLabel(index));
  });
  moveOn(counter, energyTotal(energies));
}

function increments(step: BlockStep, byBlock: readonly Decimal[]): void {
  const money = step.segment.money;
  byBlock.forEach((energy, block) => {
    const increment = step.scale.steps[block]?.increment;
    if (energy.isZero() || increment === undefined || increment === null || increment.value.isZero()) return;
    push(step, 'block-charge', block, 'total', priceLine(energy, increment.value, money), increment.text, 'residential-block-increment', incrementLabel(block));
  });
}

/**
 * Prices the energy of one point and segment by blocks (for `per-block-price` its whole energy charge, else the
 * increments over the base price) and moves the household's running total on.
 */
export function addBlockLines(work: Work, item: WorkPoint, segment: Segment, counter: BlockCounter): void {
  const rates = item.rates[segment.index];
  const energies = item.billed[segment.index];
  const scale = rates?.blocks ?? null;
  if (rates === undefined || energies === undefined || scale === null) return;
  const step: BlockStep = { work, item, segment, rates, scale, counter };
  const whole = energyTotal(energies);
  if (!counter.shown) work.figures.push({ id: 'blocks:used-before', rule: 'residential-blocks', value: text(counter.used), unit: 'kWh', inputs: { limits: counter.limits === scale.limits ? scale.limitsText : limitsText(counter.limits) } });
  counter.shown = true;
  if (hasCrossingRule(rates)) {
    crossingMonth(step, energies);
    return;
  }
  const byBlock = drawBlocks(counter, whole);
  if (scale.rules.method === 'per-block-price') ownPrices(step, energies, byBlock);
  else increments(step, byBlock);
}

/** Price of block 1 in a period. */
function firstBlockPrice(item: WorkPoint, rates: Rates, period: PricePeriod): Decimal {
  const price = rates.blocks?.rules.method === 'per-block-price' ? rates.blocks.steps[0]?.prices[period] : rates.components[0]?.byPeriod[period];
  if (price === undefined) throw new CoreError('TARIFF.PRICE_MISSING', item.path, { planId: rates.plan.planId, period });
  return price.value;
}

/**
 * Free energy of a registered low-income household at the prices of block 1, once a bill: negative lines, period
 * after period until the allowance is used up, at the prices of the last segment.
 */
export function addFreeAllowance(work: Work, item: WorkPoint, segment: Segment, months: number): void {
  const rates = item.rates[segment.index];
  const monthly = rates?.blocks?.rules.lowIncomeFreeKwhPerMonth;
  if (work.document.blocks?.lowIncome !== true || monthly === undefined || rates === undefined) return;
  let left = dec(monthly).times(count(months));
  for (const period of rates.periods) {
    const energy = item.active[period] ?? ZERO;
    if (energy.isZero() || left.isZero()) continue;
    const line = freeAllowance(energy, left, firstBlockPrice(item, rates, period), segment.money);
    left = left.minus(line.quantity);
    addLine(work, segment, {
      group: 'block-charge',
      item: 'free-allowance',
      label: FREE_ALLOWANCE_LABEL,
      usagePointNo: item.point.usagePointNo,
      pricePeriod: period,
      quantity: line.quantity,
      unit: 'kWh',
      price: text(line.price),
      exactAmount: line.exactAmount,
      amount: line.amount,
      rule: 'free-allowance',
      from: [`point:${item.point.usagePointNo}:billed:${period}`],
      base: null,
    });
  }
}
