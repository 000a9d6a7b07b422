import { addOnCharge, energyCharge, periodPrice, priceLine, seasonPrice, shareByDays, surchargeLines, totalAmount } from '../../core/charges';
import { daysIn, LocalDate } from '../../core/calendar';
import { Decimal, isPlainDecimal, sum, ZERO } from '../../core/quantity';
import type { PricePeriod } from '../../core/tariff/vocabulary';
import { isObject } from '../case-policy';
import { CaseProblem } from '../problems';
import { activeEnergy, billedPeriods, nameOf, periodObject, PERIODS, PeriodValues, periodValues } from '../periods';
import { partName, Scope } from '../scope';

/** Catalogue price × season factor. */
export function seasonPriceRule(scope: Scope): void {
  const decimals = scope.policy.decimals('priceDecimals', 4);
  const price = seasonPrice(scope.need('cataloguePricePerKwh', 'flatPricePerKwh'), scope.need('seasonFactor'), decimals);
  scope.plain('seasonPricePerKwh', price, 10, decimals ?? 0);
}

/** Flat price × period factor. */
export function timeOfUsePriceRule(scope: Scope): void {
  const flat = scope.need('seasonPricePerKwh', 'flatPricePerKwh', 'cataloguePricePerKwh', 'pricePerKwh');
  const factors = periodObject(scope, 'periodFactors');
  if (factors === null) throw new CaseProblem('periodFactors is missing');
  const decimals = scope.policy.decimals('priceDecimals', null);
  for (const { name, period } of PERIODS) {
    const factor = factors[period];
    if (factor !== undefined) scope.plain(`${name}PricePerKwh`, periodPrice(flat, factor, decimals), 10, decimals ?? 0);
  }
}

/** Prices by period: figures and inputs `peakPricePerKwh`, or an object `pricePerKwh`. */
export function pricesOf(scope: Scope): PeriodValues | null {
  const prices = { ...periodObject(scope, 'pricePerKwh'), ...periodValues(scope, 'PricePerKwh') };
  return Object.keys(prices).length === 0 ? null : prices;
}

/** Energies and prices that one scope is charged by; `total` alone where the price is plain. */
export interface Priced {
  readonly energies: Partial<Record<PricePeriod, Decimal>>;
  readonly prices: Partial<Record<PricePeriod, Decimal>>;
}

export function pricedEnergy(scope: Scope): Priced | null {
  const prices = pricesOf(scope);
  const periods = billedPeriods(scope) ?? periodObject(scope, 'energyKwh');
  const plain = scope.first('pricePerKwh', 'seasonPricePerKwh');
  if (prices !== null && periods !== null) {
    const energies: PeriodValues = {};
    for (const { period } of PERIODS) {
      const energy = periods[period];
      if (energy !== undefined) energies[period] = energy;
    }
    return { energies, prices: plain === undefined ? prices : { ...plainForAll(plain), ...prices } };
  }
  const total = scope.first('powerEnergyKwh') ?? activeEnergy(scope);
  if (plain === undefined || total === undefined) return null;
  return { energies: { total }, prices: { total: plain } };
}

function plainForAll(price: Decimal): PeriodValues {
  const prices: PeriodValues = {};
  for (const { period } of PERIODS) prices[period] = price;
  return prices;
}

function putEnergyCharge(scope: Scope, priced: Priced): Decimal {
  const lines = energyCharge(priced.energies, [{ component: 'energy', prices: priced.prices }], scope.policy.money);
  for (const line of lines) if (line.period !== 'total') scope.money(`${nameOf(line.period)}EnergyCharge`, line.amount);
  const total = totalAmount(lines);
  scope.money('energyCharge', total);
  return total;
}

/** One item: its energy is a quantity, or the name of a figure; or it has energies and prices by period. */
function chargeItem(scope: Scope, id: string, item: Scope): Decimal {
  const stated = item.inputs['energyKwh'] ?? item.inputs['energy'];
  const price = item.find('pricePerKwh');
  if (typeof stated === 'string' && price !== undefined) {
    const energy = isPlainDecimal(stated) ? new Decimal(stated) : (scope.printedFigure(stated) ?? scope.need(stated));
    return putEnergyCharge(item, { energies: { total: energy }, prices: { total: price } });
  }
  const priced = pricedEnergy(item);
  if (priced === null) throw new CaseProblem(`${id} has no energy or no price`);
  return putEnergyCharge(item, priced);
}

function chargeItems(scope: Scope): Decimal | null {
  const items = scope.list('energyChargeItems');
  if (items === undefined) return null;
  const amounts = items.map((inputs, index) => {
    const id = partName(inputs, `item${index + 1}`);
    const amount = chargeItem(scope, id, scope.part(id, inputs));
    scope.also(`${id}EnergyCharge`, amount, scope.policy.money.decimals);
    return amount;
  });
  return sum(amounts);
}

/** Energy × price by period, or of the items; lighting at its own price apart. */
export function energyChargeRule(scope: Scope): void {
  const items = chargeItems(scope);
  const priced = items === null ? pricedEnergy(scope) : null;
  const lighting = scope.find('lightingEnergyKwh');
  const lightingPrice = scope.find('lightingPricePerKwh');
  if (items === null && priced === null && lighting === undefined) throw new CaseProblem('energies and prices are missing');
  if (items !== null) scope.money('energyCharge', items);
  else if (priced !== null) putEnergyCharge(scope, priced);
  if (lighting !== undefined && lightingPrice !== undefined) {
    scope.money('lightingCharge', priceLine(lighting, lightingPrice, scope.policy.money).amount);
  }
  const addOn = scope.find('addOnPricePerKwh');
  if (addOn !== undefined) {
    const billed = activeEnergy(scope) ?? ZERO;
    scope.money('addOnCharge', addOnCharge({ billed, transformerLoss: ZERO }, 'billed', addOn, scope.policy.money).amount);
  }
}

interface Version {
  readonly scope: Scope;
  readonly from: LocalDate | undefined;
  readonly to: LocalDate | undefined;
}

function dateOf(scope: Scope, ...names: readonly string[]): LocalDate | undefined {
  for (const name of names) {
    const value = scope.inputs[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

function readVersions(scope: Scope): Version[] {
  const parts = scope.parts('tariffVersions', 'version');
  if (parts === undefined || parts.length === 0) throw new CaseProblem('tariffVersions is missing');
  return parts.map(({ scope: part }) => ({
    scope: part,
    from: dateOf(part, 'effectiveFrom', 'validFrom', 'from'),
    to: dateOf(part, 'effectiveTo', 'validTo', 'to'),
  }));
}

/** Days of each version inside the cycle: up to the start of the next one. The cycle counts its first day and not its last. */
function versionDays(versions: readonly Version[], start: LocalDate, end: LocalDate): number[] {
  return versions.map((version) => {
    const from = version.from === undefined || version.from < start ? start : version.from;
    const next = versions.flatMap((each) => (each.from !== undefined && each.from > (version.from ?? '') ? [each.from] : [])).sort()[0];
    const to = [end, next, version.to].filter((each): each is string => each !== undefined).sort()[0] ?? end;
    return Math.max(0, daysIn({ from, to }));
  });
}

/** A price that changes inside the cycle: energy by days, the remainder to the last version. */
export function tariffVersionByDays(scope: Scope): void {
  const versions = readVersions(scope);
  const start = scope.string('cycleStart');
  const end = scope.string('cycleEnd');
  if (start === undefined || end === undefined) throw new CaseProblem('cycleStart or cycleEnd is missing');
  const days = versionDays(versions, start, end);
  const places = scope.policy.energy;
  const periods = versions.some((version) => pricesOf(version.scope) !== null) ? billedPeriods(scope) : null;
  const energies: Partial<Record<PricePeriod, Decimal>> = periods ?? { total: activeEnergy(scope) ?? scope.need('activeEnergyKwh') };
  const shares = Object.entries(energies).map(([key, energy]) => ({ period: key as PricePeriod, parts: shareByDays(energy, days, places.decimals, places.rounding) }));
  const charges = versions.map((version, index) => {
    const own: Partial<Record<PricePeriod, Decimal>> = {};
    for (const { period, parts } of shares) own[period] = parts[index] ?? ZERO;
    version.scope.plain('days', new Decimal(days[index] ?? 0));
    version.scope.energy('energyKwh', sum(Object.values(own)));
    const plain = version.scope.first('pricePerKwh');
    const prices = { ...(plain === undefined ? {} : { ...plainForAll(plain), total: plain }), ...pricesOf(version.scope) };
    return putEnergyCharge(version.scope, { energies: own, prices });
  });
  scope.money('energyCharge', sum(charges));
}

function surchargeEnergy(scope: Scope, levy: Scope): Decimal {
  if (levy.inputs['energyKwh'] !== undefined) return levy.need('energyKwh');
  const own = levy.inputs['surchargeEnergy'];
  const byName = scope.policy.object('surchargeEnergy')?.[levy.string('name') ?? ''];
  const stated = typeof own === 'string' ? own : byName;
  const names = typeof stated === 'string' ? [stated] : Array.isArray(stated) ? stated.filter((each) => typeof each === 'string') : scope.policy.names('surchargeEnergy');
  if (names === null) return activeEnergy(scope) ?? scope.need('activeEnergyKwh');
  return sum(names.map((name) => scope.printedFigure(name) ?? scope.need(name)));
}

/** Every levy by itself: its energy × its price. */
export function surchargesRule(scope: Scope): void {
  const levies = (scope.list('surcharges') ?? []).filter(isObject).map((inputs, index) => {
    const name = partName(inputs, `surcharge${index + 1}`);
    const levy = scope.part(`surcharge.${name}`, inputs);
    return { name, price: levy.need('pricePerKwh'), energy: surchargeEnergy(scope, levy) };
  });
  const lines = surchargeLines(levies, scope.policy.money);
  for (const line of lines) scope.money(`surcharge.${line.name}`, line.amount);
  scope.money('surchargesTotal', totalAmount(lines));
}
