import { Bill, computeBill } from '../core/bill';
import { dec, Decimal, sum } from '../core/quantity';
import type { PricePeriod } from '../core/tariff';
import { BillCase, billDocument, PeriodAmounts } from './bill-document';
import { amountOf, policiesOf } from './bill-policies';
import { isObject, Json, JsonObject, readDecimal } from './case-policy';
import { CaseProblem } from './problems';
import { nameOf, PERIODS } from './periods';
import { residentialBlockMonthly } from './residential-bill';
import type { CaseRule } from './rules';
import { standardOf } from './rules/power-factor';
import { Scope } from './scope';

/** Lines of a bill that were merged from several are added first: one energy and one amount for each period. */
function merged(value: Json, what: string): Decimal {
  return Array.isArray(value) ? sum(value.map((each: Json) => readDecimal(each, what))) : readDecimal(value, what);
}

/** Quantities by period (`peak`, `deepValley`, `total`), or one for all the energy. */
function byPeriod(value: Json | undefined, what: string): PeriodAmounts {
  if (value === undefined) throw new CaseProblem(`${what} is missing`);
  if (!isObject(value)) return { total: merged(value, what) };
  const amounts: Partial<Record<PricePeriod, Decimal>> = {};
  for (const [name, each] of Object.entries(value)) {
    const period = name === 'total' ? 'total' : PERIODS.find((one) => one.name === name || one.period === name)?.period;
    if (period === undefined) throw new CaseProblem(`${what}: period ${name} is unknown`);
    amounts[period] = merged(each, `${what}.${name}`);
  }
  const periods = Object.keys(amounts).length;
  if (amounts.total !== undefined && periods > 1) delete amounts.total;
  return amounts;
}

function named(value: Json | undefined, what: string): Map<string, Decimal> {
  if (value === undefined || value === null) return new Map();
  if (typeof value === 'string') return new Map([['funds', readDecimal(value, what)]]);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).filter((each): each is JsonObject => isObject(each));
    return new Map(items.map((each, index): [string, Decimal] => {
      const amount = Object.entries(each).find(([key]) => /^(amount|pricePerKwh)$|Amount$/.test(key))?.[1];
      return [typeof each['name'] === 'string' ? each['name'] : `${what}${index + 1}`, readDecimal(amount ?? null, what)];
    }));
  }
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(entries.map(([name, each]): [string, Decimal] => [name, readDecimal(each, `${what}.${name}`)]));
}

/** A component priced alike in all periods is stated once. */
function spread(prices: PeriodAmounts, energies: PeriodAmounts): PeriodAmounts {
  const { total } = prices;
  if (total === undefined || energies.total !== undefined) return prices;
  return Object.fromEntries(Object.keys(energies).map((period) => [period, total]));
}

const CAPACITIES = ['contractCapacityKva', 'transformerCapacityKva', 'contractTransformerCapacityKva', 'approvedCapacityKva', 'capacityKva'] as const;

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function reactive(scope: Scope, direction: 'forward' | 'reverse'): Decimal | undefined {
  const name = `reactive${direction === 'forward' ? 'Forward' : 'Reverse'}`;
  const stated = scope.first(`${name}EnergyKvarh`, `${name}Kvarh`, ...(direction === 'forward' ? ['reactiveEnergyKvarh'] : []));
  if (stated !== undefined) return stated;
  const nested = scope.raw('reactiveEnergyKvarh') ?? scope.raw('reactiveKvarh');
  const value = nested !== undefined && isObject(nested) ? nested[direction] : undefined;
  return value === undefined ? undefined : merged(value, name);
}

function basicCharge(scope: Scope): Pick<BillCase, 'capacity' | 'demand'> {
  const capacityPrice = scope.find('capacityPricePerKvaMonth');
  const kva = scope.first(...CAPACITIES);
  const demandPrice = scope.first('demandPriceAppliedPerKwMonth', 'demandPricePerKwMonth');
  const kw = scope.first('billedDemandKw', 'maximumDemandKw', 'contractDemandKw');
  if (capacityPrice !== undefined && kva !== undefined) return { capacity: { kva, price: capacityPrice } };
  return demandPrice !== undefined && kw !== undefined ? { demand: { kw, price: demandPrice } } : {};
}

function readBill(scope: Scope, components: ReadonlyMap<string, PeriodAmounts>, energies: PeriodAmounts, fundsPlacement: 'on-top' | 'inside'): BillCase {
  return {
    energies,
    components,
    funds: named(scope.raw('fundsPerKwh'), 'fundsPerKwh'),
    fundsPlacement,
    monthlyAmounts: named(scope.raw('monthlyAmounts'), 'monthlyAmounts'),
    standard: standardOf(scope),
    ...optional('powerFactor', scope.first('powerFactor', 'powerFactorRaw')),
    ...optional('reactiveForward', reactive(scope, 'forward')),
    ...optional('reactiveReverse', reactive(scope, 'reverse')),
    ...basicCharge(scope),
    policies: policiesOf(scope, energies),
  };
}

function putPowerFactor(scope: Scope, bill: Bill, standard: string): void {
  const factor = bill.figures.find((figure) => figure.id === `power-factor:${standard}`);
  const base = bill.figures.find((figure) => figure.id === `power-factor-base:${standard}`);
  const percent = dec(base?.inputs['ratePercent'] ?? '0');
  if (factor !== undefined) scope.plain('powerFactor', dec(factor.value), 10, scope.policy.powerFactor.decimals);
  scope.plain('powerFactorAdjustmentRate', percent.div(100));
  scope.plain('powerFactorAdjustmentRatePercent', percent);
  scope.money('powerFactorBase', dec(base?.value ?? '0'));
  scope.money('powerFactorAdjustment', amountOf(bill.lines, 'power-factor-adjustment'));
}

function putBill(scope: Scope, stated: BillCase, bill: Bill): void {
  for (const [component, prices] of stated.components) {
    for (const key in prices) {
      const period = key as PricePeriod;
      scope.money(`${component}Amount.${nameOf(period)}`, amountOf(bill.lines, 'energy-charge', component, period));
    }
    scope.money(`${component}Amount`, amountOf(bill.lines, 'energy-charge', component));
  }
  scope.money('energyCharge', amountOf(bill.lines, 'energy-charge'));
  if (stated.capacity !== undefined) scope.money('capacityCharge', amountOf(bill.lines, 'capacity-charge'));
  if (stated.demand !== undefined) scope.money('demandCharge', amountOf(bill.lines, 'demand-charge'));
  if (stated.standard !== 'none') putPowerFactor(scope, bill, stated.standard);
  if (stated.fundsPlacement === 'on-top') {
    for (const name of stated.funds.keys()) scope.money(`fund.${name}`, amountOf(bill.lines, 'fund', name));
    scope.money('funds', amountOf(bill.lines, 'fund'));
  }
  scope.money('total', dec(bill.totals.totalAmount));
}

/** Prices by component and period, each component × period and each fund × period a line. */
function componentBill(scope: Scope): void {
  const energies = byPeriod(scope.raw('energyKwh'), 'energyKwh');
  const prices = scope.raw('pricePerKwh');
  if (prices === undefined || !isObject(prices)) throw new CaseProblem('pricePerKwh is missing');
  const components = new Map(Object.entries(prices).map(([name, each]) => [name, spread(byPeriod(each, `pricePerKwh.${name}`), energies)]));
  const stated = readBill(scope, components, energies, 'on-top');
  putBill(scope, stated, computeBill(billDocument(stated, scope)));
}

/** One price per period with the funds contained in it: they are taken out of the power-factor base. */
function allInBill(scope: Scope): void {
  const energies = byPeriod(scope.raw('energyKwh'), 'energyKwh');
  const components = new Map([['energy', spread(byPeriod(scope.raw('pricePerKwh'), 'pricePerKwh'), energies)]]);
  const stated = readBill(scope, components, energies, 'inside');
  putBill(scope, stated, computeBill(billDocument(stated, scope)));
}

/** Rules of whole bills: they go through `computeBill` itself. */
export const BILL_RULES: Readonly<Record<string, CaseRule>> = {
  'component-bill': componentBill,
  'all-in-bill': allInBill,
  'residential-block-monthly': residentialBlockMonthly,
};
