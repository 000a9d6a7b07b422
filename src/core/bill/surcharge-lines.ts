import { priceLine } from '../charges';
import { dec, Decimal, sum, text, ZERO } from '../quantity';
import type { Category, PreparedSurcharge, PricePeriod } from '../tariff';
import { energyTotal } from '../usage';
import { approvedCapacity, ownTransformers } from './capacity-lines';
import { makeLine } from './line-writer';
import { contentOn } from './point-content';
import { runningDays } from './running-days';
import type { Segment } from './segments';
import type { Work, WorkLine, WorkPoint } from './work';

interface Levy {
  readonly energy: Decimal;
  readonly period: PricePeriod;
  readonly item: WorkPoint | null;
}

function levyLine(work: Work, segment: Segment, { surcharge, price, labels }: PreparedSurcharge, levy: Levy): WorkLine {
  const line = priceLine(levy.energy, price.value, segment.money);
  const named = segment.policies.powerFactorBase;
  const inBase = named === null ? surcharge.inPowerFactorBase === true : named.includes(surcharge.kind) || named.includes(surcharge.name);
  return makeLine(work, segment, {
    group: surcharge.kind,
    item: surcharge.name,
    label: labels[levy.period],
    usagePointNo: levy.item?.point.usagePointNo,
    pricePeriod: levy.period,
    quantity: levy.energy,
    unit: 'kWh',
    price: price.text,
    exactAmount: line.exactAmount,
    amount: line.amount,
    rule: 'surcharges',
    from: levy.item === null ? work.points.map((item) => `point:${item.point.usagePointNo}:billed`) : [`point:${levy.item.point.usagePointNo}:billed:${levy.period}`],
    base: inBase && segment.terms.powerFactorStandard !== 'none' ? line.amount : null,
  });
}

function categoryOf(item: WorkPoint, segment: Segment): Category {
  return contentOn(item.point, segment.from).category ?? segment.terms.category;
}

/** Capacity that ran in the cycle, kVA: own transformers with at least one running day, else the approved capacity. */
function runningCapacity(work: Work, segment: Segment): Decimal {
  const own = ownTransformers(work);
  if (own.length === 0) return dec(approvedCapacity(work, segment) ?? '0');
  const ran = own.filter((one) => runningDays(one, work.document.period, segment.policies.minimumSuspensionDays).running > 0);
  return sum(ran.map((one) => dec(one.capacityKva)));
}

/** Categories whose energy bears a levy that is taken of the account and not of each point. */
function bearingCategories(work: Work, segment: Segment, { surcharge }: PreparedSurcharge): readonly Category[] {
  const base = surcharge.energyBase;
  if (base === undefined || base.of === 'own') return [];
  if (base.of === 'categories') return base.categories;
  const capacity = runningCapacity(work, segment);
  const rules = [...base.rules].sort((a, b) => dec(b.fromKva).comparedTo(dec(a.fromKva)));
  return rules.find((rule) => dec(rule.fromKva).lessThanOrEqualTo(capacity))?.categories ?? [];
}

function noteInside(work: Work, segment: Segment, { surcharge, price }: PreparedSurcharge, energy: Decimal): void {
  const line = priceLine(energy, price.value, segment.money);
  const index = work.insideFunds.findIndex((one) => one.name === surcharge.name && one.pricePerKwh === price.text);
  const before = work.insideFunds[index];
  const energyKwh = before === undefined ? energy : dec(before.energyKwh).plus(energy);
  const amount = before === undefined ? line.amount : priceLine(energyKwh, price.value, segment.money).amount;
  const fund = { name: surcharge.name, label: surcharge.title, energyKwh: text(energyKwh), pricePerKwh: price.text, amount: text(amount, 2) };
  if (index < 0) work.insideFunds.push(fund);
  else work.insideFunds[index] = fund;
}

function ownLevies(work: Work, item: WorkPoint, segment: Segment, lines: WorkLine[]): void {
  const rates = item.rates[segment.index];
  const energies = item.billed[segment.index];
  if (rates === undefined || energies === undefined) return;
  for (const prepared of rates.surcharges) {
    const { surcharge } = prepared;
    if (surcharge.energyBase !== undefined && surcharge.energyBase.of !== 'own') continue;
    if (surcharge.placement === 'inside') {
      const total = energyTotal(energies);
      if (!total.isZero()) noteInside(work, segment, prepared, total);
      continue;
    }
    for (const period of rates.periods) {
      const energy = energies[period];
      if (energy !== undefined && !energy.isZero()) lines.push(levyLine(work, segment, prepared, { energy, period, item }));
    }
  }
}

function accountLevies(work: Work, segment: Segment, lines: WorkLine[]): void {
  const levies = new Map<string, PreparedSurcharge>();
  for (const item of work.points) {
    for (const prepared of item.rates[segment.index]?.surcharges ?? []) {
      const { energyBase, name, pricePerKwh } = prepared.surcharge;
      if (energyBase !== undefined && energyBase.of !== 'own') levies.set(`${name}|${pricePerKwh}`, prepared);
    }
  }
  for (const prepared of levies.values()) {
    const categories = bearingCategories(work, segment, prepared);
    const bearing = work.points.filter((item) => item.point.role === 'billing' && categories.includes(categoryOf(item, segment)));
    const energy = sum(bearing.map((item) => energyTotal(item.billed[segment.index] ?? {})));
    if (energy.equals(ZERO)) continue;
    if (prepared.surcharge.placement === 'inside') noteInside(work, segment, prepared, energy);
    else lines.push(levyLine(work, segment, prepared, { energy, period: 'total', item: null }));
  }
}

/**
 * Surcharges and funds of a segment, each one by itself: of the points' own energy per period, of the sum over some
 * categories, or by the transformers that ran. Levies contained in the price are noted and not added.
 */
export function surchargeLines(work: Work, segment: Segment): WorkLine[] {
  const lines: WorkLine[] = [];
  for (const item of work.points) if (item.point.role === 'billing') ownLevies(work, item, segment, lines);
  if (segment.tariff.hasAccountLevies) accountLevies(work, segment, lines);
  return lines;
}
