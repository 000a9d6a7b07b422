import { CoreError } from '../errors';
import { monthNumber } from '../calendar';
import { dec, Decimal, round, sum, text } from '../quantity';
import { seasonsOf } from './calendar-validation';
import { prepareScale, PreparedScale } from './prepared-blocks';
import type { AddOnPrice, TariffComponent, TariffDocument, TariffPlan, TariffSurcharge } from './tariff-document';
import { incompletePart } from './tariff-problem';
import { labelsByPeriod, labelWithPeriod } from './labels';
import { Category, Label, PricePeriod, TIME_OF_USE_PERIODS, Voltage } from './vocabulary';

/** A price ready to multiply with, and as it is printed. */
export interface Price {
  readonly value: Decimal;
  readonly text: string;
}

/** The prices of one component by period. */
export interface ComponentRates {
  readonly component: TariffComponent;
  readonly byPeriod: Partial<Record<PricePeriod, Price>>;
  /** Names of the lines, by period. */
  readonly labels: Partial<Record<PricePeriod, Label>>;
}

/** All that a usage point is charged by in one month: made once per tariff, plan, voltage and month. */
export interface Rates {
  readonly plan: TariffPlan;
  readonly voltage: Voltage;
  readonly season: string | null;
  /** Periods that the plan prices in this season, in printing order; `total` alone where plain. */
  readonly periods: readonly PricePeriod[];
  readonly components: readonly ComponentRates[];
  readonly addOns: readonly { readonly addOn: AddOnPrice; readonly price: Price }[];
  readonly surcharges: readonly PreparedSurcharge[];
  /** Yuan per kWh of levies contained in the price that do not stand in the power-factor base. */
  readonly containedPrice: Decimal;
  readonly blocks: PreparedScale | null;
}

export interface PreparedSurcharge {
  readonly surcharge: TariffSurcharge;
  readonly price: Price;
  readonly labels: Readonly<Record<PricePeriod, Label>>;
}

/** Decimals of prices that are found by factors; null leaves them unrounded. Printed prices are never rounded. */
export interface DerivedPricePlaces {
  readonly season: number | null;
  readonly period: number | null;
}

export interface BasicPrices {
  readonly capacityPricePerKvaMonth: Price | null;
  readonly demandPricePerKwMonth: Price | null;
}

export function priceOf(printed: string): Price {
  const value = dec(printed);
  return { value, text: text(value) };
}

/** A tariff with its look-ups; rates are found once and kept. */
export class PreparedTariff {
  /** Whether any levy is taken of the account's energy and not of each point's own. */
  readonly hasAccountLevies: boolean;
  private readonly plans = new Map<string, TariffPlan>();
  private readonly rates = new Map<string, Rates>();

  constructor(
    readonly document: TariffDocument,
    readonly hash: string,
  ) {
    this.hasAccountLevies = document.surcharges.some((one) => one.energyBase !== undefined && one.energyBase.of !== 'own');
    for (const plan of document.plans) this.plans.set(plan.planId, plan);
  }

  /** The plan of this name. Throws TARIFF.PLAN_UNKNOWN with the place in the document that names it. */
  plan(planId: string, path = '/tariffs'): TariffPlan {
    const plan = this.plans.get(planId);
    if (plan === undefined) throw this.error('TARIFF.PLAN_UNKNOWN', { planId, allowed: [...this.plans.keys()].join(' | ') }, path);
    return plan;
  }

  /**
   * What a plan charges at a voltage in the month of a day.
   * Throws TARIFF.PLAN_UNKNOWN, TARIFF.INCOMPLETE (the publisher left it open) or TARIFF.PRICE_MISSING.
   */
  ratesFor(planId: string, category: Category, voltage: Voltage, dateOrMonth: string, places: DerivedPricePlaces): Rates {
    const month = monthNumber(dateOrMonth);
    const key = `${planId}|${category}|${voltage}|${month}|${places.season ?? ''}|${places.period ?? ''}`;
    let rates = this.rates.get(key);
    if (rates === undefined) {
      rates = this.makeRates(this.plan(planId), category, voltage, month, places);
      this.rates.set(key, rates);
    }
    return rates;
  }

  /** Prices of the basic charge at a voltage. Throws TARIFF.PRICE_MISSING. */
  basicPrices(planId: string, voltage: Voltage): BasicPrices {
    const row = this.plan(planId).basicPrices?.find((one) => one.voltages.includes(voltage));
    if (row === undefined) throw this.error('TARIFF.PRICE_MISSING', { planId, voltage, item: 'basic charge' });
    return {
      capacityPricePerKvaMonth: row.capacityPricePerKvaMonth === undefined ? null : priceOf(row.capacityPricePerKvaMonth),
      demandPricePerKwMonth: row.demandPricePerKwMonth === undefined ? null : priceOf(row.demandPricePerKwMonth),
    };
  }

  error(code: string, params: Record<string, string>, path = '/tariffs'): CoreError {
    return new CoreError(code, path, { priceBook: this.document.priceBook, version: this.document.version, ...params });
  }

  private makeRates(plan: TariffPlan, category: Category, voltage: Voltage, month: number, places: DerivedPricePlaces): Rates {
    const { document } = this;
    const open = incompletePart(document, plan.planId, voltage);
    if (open !== undefined) throw this.error('TARIFF.INCOMPLETE', { planId: plan.planId, voltage, reason: open.reason.en, reasonZh: open.reason.zh });
    const calendar = document.calendars.find((one) => one.calendarId === plan.calendarId);
    const season = calendar === undefined ? undefined : seasonsOf(calendar, voltage, month)[0];
    const windows = season?.windows.map((window) => window.period) ?? [];
    const periods: readonly PricePeriod[] = plan.timeOfUse ? TIME_OF_USE_PERIODS.filter((period) => windows.includes(period)) : ['total'];
    const blocks = prepareScale(plan, voltage, month);
    const components = this.componentRates(plan, voltage, season?.season ?? null, periods, places);
    if (periods.length === 0 || (components.length === 0 && blocks === null)) {
      throw this.error('TARIFF.PRICE_MISSING', { planId: plan.planId, voltage, month: String(month) });
    }
    const surcharges = this.surchargesFor(plan, category, voltage);
    const contained = surcharges.filter(({ surcharge }) => surcharge.placement === 'inside' && surcharge.inPowerFactorBase !== true);
    return {
      plan,
      voltage,
      season: season?.season ?? null,
      periods,
      components,
      addOns: (plan.addOns ?? []).map((addOn) => ({ addOn, price: priceOf(addOn.pricePerKwh) })),
      surcharges,
      containedPrice: sum(contained.map(({ price }) => price.value)),
      blocks,
    };
  }

  private componentRates(plan: TariffPlan, voltage: Voltage, season: string | null, periods: readonly PricePeriod[], places: DerivedPricePlaces): ComponentRates[] {
    const rows = plan.prices.filter((row) => row.voltages.includes(voltage) && (row.season === undefined || row.season === season));
    return this.document.components.flatMap((component) => {
      const name = component.component;
      const printed = Object.assign({}, ...rows.map((row) => row.prices[name] ?? {})) as Partial<Record<PricePeriod, string>>;
      if (Object.keys(printed).length === 0) return [];
      const byPeriod: Partial<Record<PricePeriod, Price>> = {};
      const labels: Partial<Record<PricePeriod, Label>> = {};
      for (const period of periods) {
        const price = derivedPrice(plan, printed, period, season, places);
        if (price === null) throw this.error('TARIFF.PRICE_MISSING', { planId: plan.planId, voltage, component: name, period, season: season ?? '' });
        byPeriod[period] = price;
        labels[period] = labelWithPeriod(component.title, period);
      }
      return [{ component, byPeriod, labels }];
    });
  }

  private surchargesFor(plan: TariffPlan, category: Category, voltage: Voltage): PreparedSurcharge[] {
    return this.document.surcharges
      .filter((one) => (one.planIds?.includes(plan.planId) ?? true) && (one.categories?.includes(category) ?? true) && (one.voltages?.includes(voltage) ?? true))
      .map((surcharge) => ({ surcharge, price: priceOf(surcharge.pricePerKwh), labels: labelsByPeriod(surcharge.title) }));
  }
}

/** The price of a period: as printed, or catalogue price × season factor × period factor, rounded by policy at each step. */
function derivedPrice(plan: TariffPlan, printed: Partial<Record<PricePeriod, string>>, period: PricePeriod, season: string | null, places: DerivedPricePlaces): Price | null {
  if (plan.factors === undefined) {
    const price = printed[period];
    return price === undefined ? null : priceOf(price);
  }
  const catalogue = printed[period] ?? printed.total;
  if (catalogue === undefined) return null;
  const seasonFactor = season === null ? undefined : plan.factors.bySeason?.[season];
  const seasonPrice = seasonFactor === undefined ? dec(catalogue) : round(dec(catalogue).times(dec(seasonFactor)), places.season);
  const periodFactor = period === 'total' || printed[period] !== undefined ? undefined : plan.factors.byPeriod?.[period];
  const value = periodFactor === undefined ? seasonPrice : round(seasonPrice.times(dec(periodFactor)), places.period);
  return { value, text: text(value) };
}

const prepared = new WeakMap<TariffDocument, PreparedTariff>();

/** The look-ups of a tariff, made once per document object. */
export function prepareTariff(document: TariffDocument, hash: string): PreparedTariff {
  let tariff = prepared.get(document);
  if (tariff === undefined || tariff.hash !== hash) {
    tariff = new PreparedTariff(document, hash);
    prepared.set(document, tariff);
  }
  return tariff;
}
