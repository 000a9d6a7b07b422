import {
  actualDemandCharge, capacityCharge, capacityDayBasis, capacityMonth, CapacityMonth, contractDemandCharge, daysAroundSealing, loadRatePrice,
  withMinimumSuspension,
} from '../../core/charges';
import { daysInMonth } from '../../core/calendar';
import { count, Decimal, sum, ZERO } from '../../core/quantity';
import { effectiveContractDemand, minimumContractDemand, reachesLoadRate } from '../../core/usage';
import { activeEnergy } from '../periods';
import { Scope } from '../scope';

const CAPACITIES = ['transformerCapacityKva', 'contractTransformerCapacityKva', 'contractCapacityKva', 'approvedCapacityKva', 'capacityKva'] as const;

/** The capacity of an item: by its usual name, else whatever kVA (or kW of a high-voltage motor) it states. */
export function capacityOf(scope: Scope, own: boolean): Decimal {
  const named = CAPACITIES.find((name) => (own ? scope.inputs[name] : scope.raw(name)) !== undefined);
  const other = Object.keys(scope.inputs).find((name) => /(Kva|Kw)$/.test(name));
  return scope.need(named ?? other ?? CAPACITIES[0]);
}

interface Days {
  readonly month: CapacityMonth;
  /** Length of the suspension as far as the case tells; an open one is as long as it needs to be. */
  readonly suspension: number;
}

function ruleOf(scope: Scope): '1996-thirtieth' | '2024-calendar-days' {
  return scope.policy.choice('capacityDayRule', ['1996-thirtieth', '2024-calendar-days'], '1996-thirtieth');
}

/** Days of the month that a case bills: of `billingMonth` (or its days) where stated, else 30. */
function monthDays(scope: Scope): number {
  const month = scope.string('billingMonth');
  return month === undefined ? (scope.count('daysInMonth', 'billingMonthDays') ?? 30) : daysInMonth(month.slice(0, 7));
}

function daysOf(item: Scope): Days {
  const rule = ruleOf(item);
  const all = monthDays(item);
  const basis = capacityDayBasis(rule, all);
  const own = (name: string): number | undefined => (item.inputs[name] === undefined ? undefined : item.count(name));
  const service = own('serviceDays');
  const suspended = own('suspendedDays');
  const sealedOnDay = own('sealedOnDay');
  const unsealedOnDay = own('unsealedOnDay');
  if (service !== undefined || suspended !== undefined) {
    const suspendedDays = suspended ?? (item.find('shareWhileSuspended') === undefined ? 0 : basis - Math.min(service ?? 0, basis));
    const serviceDays = service ?? basis - suspendedDays;
    // Days of the calendar are brought to the day basis as on a bill; a case that counts in days of the basis already has more than the month.
    const month = serviceDays + suspendedDays <= all ? capacityMonth(rule, all, serviceDays, suspendedDays) : { dayBasis: basis, serviceDays: Math.min(serviceDays, basis), suspendedDays };
    // A sealing without its end (or an end without its beginning) reaches beyond the month.
    return { month, suspension: (sealedOnDay === undefined) === (unsealedOnDay === undefined) ? suspendedDays : Number.MAX_SAFE_INTEGER };
  }
  const event = { ...(sealedOnDay === undefined ? {} : { sealedOnDay }), ...(unsealedOnDay === undefined ? {} : { unsealedOnDay }) };
  const { runDays, suspendedDays } = daysAroundSealing(event, all);
  const closed = sealedOnDay !== undefined && unsealedOnDay !== undefined && sealedOnDay <= unsealedOnDay;
  return { month: capacityMonth(rule, all, runDays, suspendedDays), suspension: closed ? suspendedDays : Number.MAX_SAFE_INTEGER };
}

function chargeItem(item: Scope, own: boolean): Decimal {
  const { month, suspension } = daysOf(item);
  const charged = withMinimumSuspension(month, item.count('suspensionDays') ?? suspension, item.policy.count('minimumSuspensionDays', 15));
  item.plain('serviceDays', count(month.serviceDays));
  item.plain('suspendedDays', count(month.suspendedDays));
  const line = capacityCharge(
    {
      capacity: capacityOf(item, own),
      price: item.need('capacityPricePerKvaMonth'),
      month: charged,
      shareWhileSuspended: item.find('shareWhileSuspended') ?? ZERO,
    },
    item.policy.money,
  );
  item.money('capacityCharge', line.amount);
  return line.amount;
}

/** kVA × price × days, for each transformer; the sum of the rounded items. */
export function capacityChargeRule(scope: Scope): void {
  const items = scope.parts('capacityItems', 'transformer');
  if (items === undefined) chargeItem(scope, false);
  else scope.money('capacityCharge', sum(items.map(({ scope: item }) => chargeItem(item, true))));
}

/** 40 % of the approved capacity. */
export function minimumContractDemandRule(scope: Scope): void {
  const floor = scope.policy.decimal('contractFloorPercent', '40');
  scope.plain('minimumContractDemandKw', minimumContractDemand(scope.need('approvedCapacityKva', ...CAPACITIES), floor));
}

function demandPrice(scope: Scope): Decimal {
  return scope.need('demandPriceAppliedPerKwMonth', 'demandPricePerKwMonth');
}

function chargeFeeder(feeder: Scope, single: boolean): Decimal {
  const approved = single ? feeder.find('approvedCapacityKva') : feeder.inputs['approvedCapacityKva'] === undefined ? undefined : feeder.need('approvedCapacityKva');
  const limits = { floorPercent: feeder.policy.decimalOrNone('contractFloorPercent', '40'), capPercent: feeder.policy.optionalDecimal('contractCapPercent') };
  const contract = effectiveContractDemand(feeder.need('contractDemandKw', 'minimumContractDemandKw'), approved ?? null, limits);
  const charge = contractDemandCharge(
    contract,
    feeder.find('maximumDemandKw') ?? ZERO,
    demandPrice(feeder),
    {
      rule: feeder.policy.choice('contractDemandRule', ['contract-with-tolerance', 'measured-up-to-contract'], 'contract-with-tolerance'),
      tolerancePercent: feeder.policy.decimal('tolerancePercent', '105'),
      excessMultiple: feeder.policy.decimal('excessMultiple', '2'),
    },
    feeder.policy.money,
  );
  feeder.plain('contractDemandChargedKw', charge.contract.quantity);
  feeder.plain('excessDemandKw', charge.excess?.quantity ?? ZERO);
  feeder.money('demandCharge', charge.amount);
  return charge.amount;
}

/** Contract demand of each feeder, and the double price above 105 % of it. */
export function demandChargeContract(scope: Scope): void {
  const feeders = scope.parts('feeders', 'feeder');
  if (feeders === undefined) chargeFeeder(scope, true);
  else scope.money('demandCharge', sum(feeders.map(({ scope: feeder }) => chargeFeeder(feeder, feeders.length === 1))));
}

/** Energy of the month per kVA of contract capacity against 260 kWh; the demand price × 90 % where it is reached. */
export function loadRateDiscount(scope: Scope): void {
  const energy = scope.find('energyAllPointsKwh') ?? activeEnergy(scope) ?? scope.need('energyAllPointsKwh');
  const capacity = scope.need('contractTransformerCapacityKva', 'contractCapacityKva', 'transformerCapacityKva', 'approvedCapacityKva');
  const reached = reachesLoadRate(energy, capacity, scope.policy.decimal('loadRateThresholdKwhPerKva', '260'));
  scope.flagFigure('loadRateReached', reached);
  if (!capacity.isZero()) scope.plain('loadRateKwhPerKva', energy.div(capacity), 2);
  const price = loadRatePrice(scope.need('demandPricePerKwMonth'), reached, scope.policy.decimal('loadRatePricePercent', '90'));
  scope.plain('demandPriceAppliedPerKwMonth', price, 10, reached ? 0 : scope.need('demandPricePerKwMonth').decimalPlaces());
}

/** Measured demand × price; several feeders each by itself. */
export function demandChargeActual(scope: Scope): void {
  const charge = (part: Scope): Decimal => {
    const line = actualDemandCharge(part.need('maximumDemandKw'), demandPrice(part), part.policy.money);
    part.money('demandCharge', line.amount);
    return line.amount;
  };
  const feeders = scope.parts('feeders', 'feeder');
  if (feeders === undefined) charge(scope);
  else scope.money('demandCharge', sum(feeders.map(({ scope: feeder }) => charge(feeder))));
}

