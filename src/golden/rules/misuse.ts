import {
  BackBilling, backBillCapacity, backBillLoads, energyForAveragePrice, MisusedCapacity, outageCompensation, penaltyByCapacity, settleTemporarySupply,
  unbilledEnergy, UNKNOWN_CLASS_DAYS, UNKNOWN_DAYS, UNKNOWN_HOURS, UnbilledLoad,
} from '../../core/back-billing';
import { capacityDayBasis } from '../../core/charges';
import { daysInMonth } from '../../core/calendar';
import { dec, Decimal, ZERO } from '../../core/quantity';
import { activeEnergy } from '../periods';
import { Scope } from '../scope';
import { capacityOf } from './basic-charge';

/** The parts of a case: of the list whose name ends in `Items` or `loads`, else the case itself. */
function loadParts(scope: Scope): readonly { readonly id: string; readonly scope: Scope }[] {
  const name = Object.keys(scope.inputs).find((key) => /(Items|loads)$/.test(key) && Array.isArray(scope.inputs[key]));
  return (name === undefined ? undefined : scope.parts(name, 'item')) ?? [{ id: '', scope }];
}

function readLoad(load: Scope, price: Decimal, unknownDays: number): UnbilledLoad {
  const lighting = /light/i.test(load.string('loadKind') ?? load.string('customerClass') ?? '');
  const billedName = ['billedEnergyKwh', 'recordedEnergyKwh'].find((name) => load.inputs[name] !== undefined);
  const billed = billedName === undefined ? undefined : load.find(billedName);
  const months = load.count('months');
  return {
    load: load.need('loadKw', 'capacityKw', 'loadKva'),
    hoursPerDay: load.find('hoursPerDay') ?? UNKNOWN_HOURS[lighting ? 'lighting' : 'power'],
    days: load.count('days') ?? (months === undefined ? unknownDays : months * 30),
    price,
    ...(billed === undefined ? {} : { billedEnergy: billed }),
  };
}

/** A load given as an energy is one kilowatt for that many hours. */
function loadOf(part: Scope, price: Decimal, unknownDays: number): UnbilledLoad {
  const energy = part.inputs['energyKwh'] === undefined ? undefined : part.find('energyKwh');
  return energy === undefined ? readLoad(part, price, unknownDays) : { load: energy, hoursPerDay: dec('1'), days: 1, price };
}

function putResult(scope: Scope, result: BackBilling): void {
  scope.money('backBilledCharge', result.charge);
  scope.money('penaltyCharge', result.penalty);
  scope.money('totalCharge', result.charge.plus(result.penalty));
}

function backBill(scope: Scope, priceOf: (part: Scope) => Decimal, multiple: string, unknownDays: number): void {
  const penalty = scope.policy.decimal('penaltyMultiple', multiple);
  const parts = loadParts(scope);
  const loads = parts.map(({ scope: part }) => loadOf(part, priceOf(part), unknownDays));
  loads.forEach((load, index) => {
    const part = parts[index]?.scope;
    if (part === undefined || part === scope) return;
    const own = backBillLoads([load], penalty, scope.policy.money);
    part.energy('energyKwh', unbilledEnergy(load));
    part.energy('backBilledEnergyKwh', unbilledEnergy(load));
    part.money('backBilledCharge', own.charge);
    part.money('penaltyCharge', own.penalty);
  });
  const result = backBillLoads(loads, penalty, scope.policy.money);
  scope.energy('backBilledEnergyKwh', result.energy);
  putResult(scope, result);
}

/** Theft: load × hours × days × price, and a penalty of three times the charge. */
export function theftBackBilling(scope: Scope): void {
  backBill(scope, (part) => part.need('pricePerKwh'), '3', UNKNOWN_DAYS);
}

/** Load at a cheaper class: the difference of the prices, and a penalty of twice that. */
export function misusePriceClass(scope: Scope): void {
  backBill(scope, (part) => part.need('correctPricePerKwh').minus(part.need('billedPricePerKwh')), '2', UNKNOWN_CLASS_DAYS);
}

/** The capacity that was used without right, which may stand beside the one of the contract. */
function misusedKva(part: Scope, own: boolean): Decimal {
  const named = Object.keys(part.inputs).find((name) => /unauthori[sz]ed|excess|sealed|added|extra|misused/i.test(name) && /(Kva|Kw)$/.test(name));
  return named === undefined ? capacityOf(part, own) : part.need(named);
}

function readCapacity(part: Scope, own: boolean): MisusedCapacity {
  const month = part.string('billingMonth');
  const rule = part.policy.choice('capacityDayRule', ['1996-thirtieth', '2024-calendar-days'], '1996-thirtieth');
  const months = part.count('months', 'fullMonths');
  const days = part.count('days', 'usedDays', 'serviceDays');
  const paid = part.find('shareWhileSuspended');
  return {
    capacity: misusedKva(part, own),
    months: months ?? (days === undefined ? 1 : 0),
    days: days ?? 0,
    dayBasis: capacityDayBasis(rule, month === undefined ? 30 : daysInMonth(month.slice(0, 7))),
    ...(paid === undefined ? {} : { paidShare: paid }),
  };
}

function misusedCapacity(scope: Scope, multiple: string, perKw: string): void {
  const parts = loadParts(scope);
  const items = parts.map(({ scope: part }) => ({ part, item: readCapacity(part, part !== scope) }));
  const price = scope.find('capacityPricePerKvaMonth');
  const byCapacity = price === undefined || (scope.policy.has('penaltyPerKw') && !scope.policy.has('penaltyMultiple'));
  const charge = (list: readonly MisusedCapacity[]): BackBilling => {
    if (byCapacity) return penaltyByCapacity(list.map((each) => each.capacity), scope.policy.decimal('penaltyPerKw', perKw), scope.policy.money);
    return backBillCapacity(list, price, scope.policy.decimal('penaltyMultiple', multiple), scope.policy.money);
  };
  for (const { part, item } of items) if (part !== scope) putResult(part, charge([item]));
  putResult(scope, charge(items.map(({ item }) => item)));
}

/** Sealed equipment put to use: the missed capacity charge × (1 + 2), or 30 yuan per kW. */
export function misuseSealedEquipment(scope: Scope): void {
  misusedCapacity(scope, '2', '30');
}

/** More capacity than the contract allows: the missed capacity charge × (1 + 3), or 50 yuan per kW. */
export function misuseUnauthorisedCapacity(scope: Scope): void {
  misusedCapacity(scope, '3', '50');
}

/** Unmetered temporary supply: the agreed charge, or half of it where ended before half of the term. */
export function temporarySupplyUnmetered(scope: Scope): void {
  const prepaid = scope.find('prepaidAmount');
  const agreedDays = scope.needCount('agreedDays', 'contractDays', 'days');
  const settlement = settleTemporarySupply(
    {
      load: scope.need('loadKw', 'capacityKw'),
      hoursPerDay: scope.need('hoursPerDay', 'agreedHoursPerDay'),
      agreedDays,
      price: scope.need('pricePerKwh'),
      usedDays: scope.count('usedDays', 'actualDays') ?? agreedDays,
      ...(prepaid === undefined ? {} : { prepaid }),
    },
    scope.policy.money,
  );
  scope.money('agreedCharge', settlement.agreedCharge);
  scope.money('energyCharge', settlement.charge);
  scope.money('refundAmount', settlement.refund);
}

/** Energy not delivered × average price × 4 (two-part: 5). */
export function outageCompensationRule(scope: Scope): void {
  const amount = outageCompensation(
    {
      hours: scope.need('outageHours'),
      monthlyEnergy: scope.need('monthlyEnergyKwh', 'activeEnergyKwh'),
      daysInMonth: scope.count('daysInMonth') ?? 30,
      averagePrice: scope.need('averagePricePerKwh', 'pricePerKwh'),
      multiple: scope.policy.decimal('compensationMultiple', '4'),
    },
    scope.policy.money,
  );
  scope.money('compensationAmount', amount);
}

/** Energy at which the average price has fallen by so much: the fixed charge does not grow with it. */
export function targetAveragePrice(scope: Scope): void {
  const energy = activeEnergy(scope) ?? scope.need('activeEnergyKwh');
  const fixed = (scope.find('capacityCharge') ?? ZERO).plus(scope.find('demandCharge') ?? ZERO);
  const total = scope.find('totalCharge') ?? fixed.plus(scope.need('energyCharge'));
  const average = scope.find('averagePricePerKwh') ?? total.div(energy);
  const target = scope.plain('targetAveragePricePerKwh', average.minus(scope.need('averagePriceReductionPerKwh')), 4, average.decimalPlaces() <= 6 ? average.decimalPlaces() : 0);
  const perKwh = total.minus(fixed).div(energy);
  scope.plain('requiredEnergyKwh', energyForAveragePrice(fixed, perKwh, target, scope.policy.decimals('requiredEnergyDecimals', 0)));
}

