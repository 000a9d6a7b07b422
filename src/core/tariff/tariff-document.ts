import type { LocalDate } from '../calendar';
import type { Policies } from '../policy/policies';
import type { Category, Label, PricePeriod, TimeOfUsePeriod, Voltage } from './vocabulary';

/** Marks the format of a tariff document. */
export const TARIFF_FORMAT = 'wattledger.tariff/1';

/** Yuan as a decimal text, as printed by the publisher, with up to 8 decimals. */
export type PrintedPrice = string;

/**
 * One published version of a price book: immutable, identified by the SHA-256 of its canonical JSON.
 * A bill uses, for each day, the version of its price book with the latest `validFrom` that covers the day.
 */
export interface TariffDocument {
  readonly format: typeof TARIFF_FORMAT;
  /** Family of versions, for example `shanghai`. */
  readonly priceBook: string;
  /** Name of this version inside the family, for example `2020`. */
  readonly version: string;
  readonly regionCode: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate | null;
  readonly title: Label;
  readonly source: readonly string[];
  /** What the publisher did not state and was concluded from elsewhere. */
  readonly inferred?: readonly string[];
  readonly notes?: readonly string[];
  readonly currency: 'CNY';
  /** Value-added tax contained in every price, percent. */
  readonly taxRatePercent: string;
  /** Rates that replace it later while the prices stay. */
  readonly laterTaxRates?: readonly { readonly from: LocalDate; readonly ratePercent: string }[];
  /** Choices of the region; they stand below those of the account. */
  readonly policies?: Partial<Policies>;
  readonly calendars: readonly TariffCalendar[];
  /** The named parts that a price per kWh is made of; older tariffs and households have one. */
  readonly components: readonly TariffComponent[];
  readonly plans: readonly TariffPlan[];
  readonly surcharges: readonly TariffSurcharge[];
  /** Parts that the publisher's text leaves open. An account that needs one becomes an exception. */
  readonly incomplete?: readonly IncompletePart[];
}

/** The division of the day (and year) into price periods. */
export interface TariffCalendar {
  readonly calendarId: string;
  readonly title?: Label;
  /** False where the published hours do not cover the day; such a calendar cannot price anything. */
  readonly complete: boolean;
  readonly seasons: readonly CalendarSeason[];
}

/** The daily windows in some months, for all voltages or for those named. */
export interface CalendarSeason {
  readonly season: string;
  readonly months: readonly number[];
  readonly voltages?: readonly Voltage[];
  readonly windows: readonly DailyWindow[];
  readonly inferred?: string;
}

/** `from` to `to` on the clock, `HH:MM`; `24:00` ends the day; a window may pass midnight (`22:00`–`06:00`). */
export interface DailyWindow {
  readonly period: TimeOfUsePeriod;
  readonly from: string;
  readonly to: string;
}

export interface TariffComponent {
  readonly component: string;
  readonly title: Label;
  /** Whether the component's lines stand in the base of the power-factor adjustment; true where absent. */
  readonly inPowerFactorBase?: boolean;
  /** Whether the publisher lets the component float with the period; informative and for checks only. */
  readonly floating?: boolean;
}

/** One way to be charged: category × parts × plain or time-of-use, for the voltages that have a price row. */
export interface TariffPlan {
  readonly planId: string;
  readonly title: Label;
  readonly category: Category;
  readonly parts: 'single-part' | 'two-part';
  readonly timeOfUse: boolean;
  /** Needed where time-of-use, or where plain prices differ by season. */
  readonly calendarId?: string;
  /** Periods priced by this plan where time-of-use; `total` alone where plain. */
  readonly prices: readonly PriceRow[];
  /**
   * Older tariffs print one catalogue price and factors: season price = catalogue × season factor, period price =
   * season price × period factor, each rounded by policy (4 decimals). Price rows then hold `total` alone.
   */
  readonly factors?: PriceFactors;
  readonly basicPrices?: readonly BasicPriceRow[];
  readonly blocks?: ResidentialBlocks;
  readonly addOns?: readonly AddOnPrice[];
  /** For the reader only. */
  readonly note?: string;
}

/** Printed prices per kWh for some voltages in one season (absent = all the year): component → period → price. */
export interface PriceRow {
  readonly voltages: readonly Voltage[];
  readonly season?: string;
  readonly prices: Readonly<Record<string, Partial<Record<PricePeriod, PrintedPrice>>>>;
  /** The publisher's own split of the price; informative, compared within a tolerance, never priced with. */
  readonly composition?: Readonly<Record<string, PrintedPrice>>;
  readonly inferred?: string;
}

export interface PriceFactors {
  readonly bySeason?: Readonly<Record<string, string>>;
  readonly byPeriod?: Partial<Record<TimeOfUsePeriod, string>>;
}

/** Prices of the basic charge of a two-part plan. */
export interface BasicPriceRow {
  readonly voltages: readonly Voltage[];
  readonly capacityPricePerKvaMonth?: PrintedPrice;
  readonly demandPricePerKwMonth?: PrintedPrice;
}

/**
 * Rising residential prices. `base-plus-increment`: all energy at the plan's price, and the energy of the higher
 * blocks at their increments besides. `per-block-price`: the energy of each block at the block's own prices.
 * A limit belongs to the lower block.
 */
export interface ResidentialBlocks {
  readonly period: 'month' | 'year';
  readonly method: 'base-plus-increment' | 'per-block-price';
  /** One scale for the year, or several by month (summer limits). */
  readonly scales: readonly BlockScale[];
  /**
   * `uniform-increment`: in the month whose yearly total passes a limit, the energy above it pays the prices of
   * block 1 and one increment for all periods; from the next month on the block's own period prices.
   */
  readonly crossingMonth: 'none' | 'uniform-increment';
  /** Allowance added to block 1 for each person above `fromPersons`, kWh a month, from the month of application. */
  readonly householdExtension?: { readonly abovePersons: number; readonly kwhPerPersonMonth: string };
  /** Free energy of registered low-income households, kWh a month. */
  readonly lowIncomeFreeKwhPerMonth?: string;
}

export interface BlockScale {
  /** Months 1–12 in which the scale holds; all where absent. */
  readonly months?: readonly number[];
  readonly blocks: readonly BlockStep[];
}

export interface BlockStep {
  /** Running total up to which the block reaches, kWh; null on the last block. */
  readonly upToKwh: string | null;
  /** Yuan per kWh over the base price; needed by `base-plus-increment` and by a crossing month. */
  readonly incrementPerKwh?: PrintedPrice;
  /** Own prices; needed by `per-block-price`. */
  readonly prices?: readonly { readonly voltages: readonly Voltage[]; readonly pricePerKwh: Partial<Record<PricePeriod, PrintedPrice>> }[];
}

/** Rarely used price on top of the list price. */
export interface AddOnPrice {
  readonly name: string;
  readonly title: Label;
  readonly pricePerKwh: PrintedPrice;
  /** All billed energy, or billed energy less transformer loss. */
  readonly energyBase: 'billed' | 'billed-without-transformer-loss';
  readonly inPowerFactorBase?: boolean;
}

/** A public levy per kWh. */
export interface TariffSurcharge {
  readonly name: string;
  readonly title: Label;
  readonly pricePerKwh: PrintedPrice;
  /** `on-top`: a line of its own. `inside`: contained in the list price, shown but not added. */
  readonly placement: 'on-top' | 'inside';
  /** Government fund (代征基金) or another surcharge; only the totals tell them apart. */
  readonly kind: 'fund' | 'surcharge';
  /** Plans that bear it; all where absent. */
  readonly planIds?: readonly string[];
  readonly categories?: readonly Category[];
  readonly voltages?: readonly Voltage[];
  /** The energy that it is taken of; `own` where absent: the energy of the plans that bear it. */
  readonly energyBase?: SurchargeEnergyBase;
  readonly inPowerFactorBase?: boolean;
  readonly inferred?: string;
}

/**
 * `own`: the billed energy of each usage point whose plan bears the levy, per period. `categories`: the sum of the
 * account's billed energy in these categories. `byRunningCapacity`: the rule with the largest `fromKva` not above
 * the account's capacity that ran in the month decides which categories' energy bears the levy.
 */
export type SurchargeEnergyBase =
  | { readonly of: 'own' }
  | { readonly of: 'categories'; readonly categories: readonly Category[] }
  | {
      readonly of: 'running-capacity';
      readonly rules: readonly { readonly fromKva: string; readonly categories: readonly Category[] }[];
    };

/** A part that cannot be charged by: which plan, for which voltages or blocks, and why. */
export interface IncompletePart {
  readonly planId: string;
  readonly title?: Label;
  readonly voltages?: readonly Voltage[];
  /** Only these residential blocks (from 1) have no price; the others can be charged. */
  readonly blocks?: readonly number[];
  readonly reason: Label;
}
