import { contractDemandCharge, loadRatePrice, PricedLine, priceLine } from '../charges';
import { CoreError } from '../errors';
import { count, dec, Decimal, round, sum, text } from '../quantity';
import { effectiveContractDemand, energyTotal, reachesLoadRate } from '../usage';
import type { Policies } from '../policy';
import { contractCapacity, monthOfService, ownTransformers } from './capacity-lines';
import { EXCESS_DEMAND_LABEL, GROUP_LABELS } from './line-labels';
import { addLine } from './line-writer';
import { runningDays, wholeMonths } from './running-days';
import type { Segment } from './segments';
import type { Work, WorkPoint } from './work';

/** One supply circuit (or the whole account) with what was measured on it. */
interface Feeder {
  readonly name: string;
  readonly measured: Decimal;
  readonly contract: Decimal | null;
  readonly approved: Decimal | null;
}

function decOrNull(value: string | undefined): Decimal | null {
  return value === undefined ? null : dec(value);
}

/** Points whose meters stand side by side: behind the same transformer, or (by policy) each by itself or all together. */
function sideOf(item: WorkPoint, within: Policies['demandWithinCircuit']): string {
  if (within === 'highest') return '';
  return within === 'sum' ? (item.point.partOf?.usagePointNo ?? item.point.usagePointNo) : (item.point.transformerNo ?? '');
}

/**
 * Demand of a circuit (or of the whole account), kW: the highest demand of one meter. Meters behind different
 * transformers are parallel supplies, and theirs are added. Sub-meters are contained in their parents' demand.
 */
function measuredOn(work: Work, circuitNo: string | null, within: Policies['demandWithinCircuit']): Decimal {
  const roots = work.points.filter(
    (item) => item.point.role === 'billing' && (item.point.parents?.length ?? 0) === 0 && item.point.kind === 'metered' && (circuitNo === null || item.point.supplyCircuitNo === circuitNo),
  );
  const highest = new Map<string, Decimal>();
  for (const item of roots) {
    const side = sideOf(item, within);
    const before = highest.get(side);
    const demand = item.maximumDemand;
    if (demand !== null && (before === undefined || demand.greaterThan(before))) highest.set(side, demand);
  }
  if (highest.size === 0) throw new CoreError('BILL.DEMAND_MISSING', '/usagePoints', { circuit: circuitNo ?? '' });
  return sum(highest.values());
}

function feeders(work: Work, segment: Segment): Feeder[] {
  const { billedCircuitNo, supplyCircuits } = work.document;
  const { contractDemandKw, approvedCapacityKva } = segment.terms;
  const { demandWithinCircuit } = segment.policies;
  const circuits = (supplyCircuits ?? []).filter((one) => billedCircuitNo === undefined || one.supplyCircuitNo === billedCircuitNo);
  if (circuits.length === 0) return [{ name: 'account', measured: measuredOn(work, null, demandWithinCircuit), contract: decOrNull(contractDemandKw), approved: decOrNull(approvedCapacityKva) }];
  const alone = (supplyCircuits ?? []).length === 1;
  const each = [...circuits]
    .sort((a, b) => (a.supplyCircuitNo < b.supplyCircuitNo ? -1 : 1))
    .map((one) => ({
      name: one.supplyCircuitNo,
      measured: measuredOn(work, one.supplyCircuitNo, demandWithinCircuit),
      contract: decOrNull(one.contractDemandKw ?? (alone ? contractDemandKw : undefined)),
      approved: decOrNull(one.approvedCapacityKva ?? (alone ? approvedCapacityKva : undefined)),
    }));
  if (segment.policies.circuitDemand === 'each' || billedCircuitNo !== undefined) return each;
  const contracts = each.flatMap((one) => one.contract ?? []);
  return [{
    name: 'account',
    measured: sum(each.map((one) => one.measured)),
    contract: contractDemandKw === undefined ? (contracts.length === 0 ? null : sum(contracts)) : dec(contractDemandKw),
    approved: decOrNull(approvedCapacityKva),
  }];
}

/** Part of a month's demand charge that the segment bears: whole months in full, parts of one and idle days by days. */
function monthsOf(work: Work, segment: Segment): Decimal {
  const { policies } = segment;
  const { period } = work.document;
  const own = ownTransformers(work);
  const all = work.segments.reduce((total, one) => total + one.days, 0);
  const services = own.length === 0 ? [monthOfService(work, { periodDays: all, running: all, suspended: 0, tooShort: 0 }, policies)] : own.map((one) => monthOfService(work, runningDays(one, period, policies.minimumSuspensionDays), policies));
  const best = services.reduce((a, b) => (b.serviceDays > a.serviceDays ? b : a));
  const months = wholeMonths(period) === null || best.serviceDays !== best.dayBasis ? count(0).plus(best.serviceDays).div(best.dayBasis) : count(1);
  return work.segments.length === 1 ? months : months.times(segment.days).div(all);
}

function push(work: Work, segment: Segment, feeder: Feeder, line: PricedLine, excess: boolean): void {
  if (line.quantity.isZero()) return;
  const named = segment.policies.powerFactorBase;
  addLine(work, segment, {
    group: 'demand-charge',
    item: excess ? `${feeder.name}:excess` : feeder.name,
    label: excess ? EXCESS_DEMAND_LABEL : GROUP_LABELS['demand-charge'],
    quantity: line.quantity,
    unit: 'kW-month',
    price: text(line.price),
    exactAmount: line.exactAmount,
    amount: line.amount,
    rule: segment.terms.chargeMethod === 'contract-demand' ? 'demand-charge-contract' : 'demand-charge-actual',
    from: [`demand:${feeder.name}`],
    base: named === null || named.includes('demand-charge') ? line.amount : null,
  });
}

/**
 * The demand price after the discount for a high load rate (since 2023-06-01), by contract and by actual demand: the
 * energy of all points per month against 260 kWh per kVA of contract capacity.
 */
function appliedPrice(work: Work, segment: Segment, price: Decimal): Decimal {
  const { loadRateDiscountFrom, loadRateThresholdKwhPerKva, loadRatePricePercent } = segment.policies;
  const capacity = contractCapacity(work, segment);
  if (loadRateDiscountFrom === null || work.document.billingMonth < loadRateDiscountFrom.slice(0, 7) || capacity === null) return price;
  const energy = sum(work.points.filter((item) => item.point.role === 'billing').map((item) => energyTotal(item.active)));
  const months = Math.max(1, wholeMonths(work.document.period) ?? 1);
  const reached = reachesLoadRate(energy, capacity.times(months), dec(loadRateThresholdKwhPerKva));
  if (reached) work.figures.push({ id: `load-rate:${segment.index + 1}`, rule: 'load-rate-discount', value: loadRatePricePercent, unit: 'percent', inputs: { energyKwh: text(energy), capacityKva: text(capacity), threshold: loadRateThresholdKwhPerKva, ...(months === 1 ? {} : { months: String(months) }) } });
  return loadRatePrice(price, reached, dec(loadRatePricePercent));
}

function contractLines(work: Work, segment: Segment, feeder: Feeder, price: Decimal, months: Decimal): void {
  const { policies } = segment;
  if (feeder.contract === null) throw new CoreError('BILL.CONTRACT_DEMAND_MISSING', '/terms', { circuit: feeder.name });
  const limits = { floorPercent: policies.contractFloorPercent === null ? null : dec(policies.contractFloorPercent), capPercent: policies.contractCapPercent === null ? null : dec(policies.contractCapPercent) };
  const contract = effectiveContractDemand(feeder.contract, feeder.approved, limits, '/terms');
  const rule = { rule: policies.contractDemandRule, tolerancePercent: dec(policies.tolerancePercent), excessMultiple: dec(policies.excessMultiple) };
  const money = segment.money;
  const charge = contractDemandCharge(contract, feeder.measured, price, rule, money);
  const part = (line: PricedLine): PricedLine => (months.equals(1) ? line : priceLine(line.quantity.times(months), line.price, money));
  push(work, segment, feeder, part(charge.contract), false);
  if (charge.excess !== null) push(work, segment, feeder, part(charge.excess), true);
}

/** Demand charge of a segment: by contract demand or by actual maximum demand, each circuit on its own or joint. */
export function addDemandLines(work: Work, segment: Segment): void {
  const { terms, tariff } = segment;
  const price = tariff.basicPrices(terms.planId, terms.voltage).demandPricePerKwMonth;
  if (price === null) throw tariff.error('TARIFF.PRICE_MISSING', { planId: terms.planId, voltage: terms.voltage, item: 'demand price' });
  const months = monthsOf(work, segment);
  const applied = appliedPrice(work, segment, price.value);
  for (const feeder of feeders(work, segment)) {
    const id = `demand:${feeder.name}`;
    if (!work.figures.some((figure) => figure.id === id)) {
      work.figures.push({ id, rule: 'maximum-demand', value: text(feeder.measured), unit: 'kW', inputs: { contractDemandKw: feeder.contract === null ? '' : text(feeder.contract), months: text(round(months, 8)) } });
    }
    if (terms.chargeMethod === 'contract-demand') contractLines(work, segment, feeder, applied, months);
    else push(work, segment, feeder, priceLine(feeder.measured.times(months), applied, segment.money), false);
  }
}
