import { Decimal, dec, isPlainDecimal, Rounding } from '../core/quantity';
import { EnergyPlaces } from '../core/metering';
import { MoneyPlaces } from '../core/charges';
import { completeOrder } from '../core/policy';
import { CaseProblem, Unsupported } from './problems';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Keys of the case format, besides those that end in `Decimals`. */
const KNOWN = new Set([
  'moneyRounding', 'energyRounding', 'lossRounding', 'powerFactorRounding', 'lossShareRounding', 'priceRounding',
  'periodDifferenceTo', 'deductionOrder', 'plainChildDeduction', 'plainChildDeductionOrder', 'lossDayBasis', 'lossShareRemainderTo',
  'capacityDayRule', 'minimumSuspensionDays', 'contractFloorPercent', 'contractCapPercent', 'tolerancePercent', 'excessMultiple',
  'contractDemandRule', 'loadRateThresholdKwhPerKva', 'loadRatePricePercent', 'powerFactorBase', 'powerFactorScheme', 'lightingConnection',
  'surchargeEnergy', 'blockMethod', 'lateChargeMethod', 'minimumLateCharge', 'residentialPermillePerDay', 'currentYearPermillePerDay',
  'crossYearPermillePerDay', 'allocationOrder', 'penaltyMultiple', 'penaltyPerKw', 'compensationMultiple', 'shareOfTime', 'tolerance',
]);

const ROUNDINGS: readonly Rounding[] = ['half-up', 'up', 'down'];

/** Keys whose value is a sentence (of several words, or in Chinese) only explain. */
function isSentence(value: Json): boolean {
  return typeof value === 'string' && /\s|\p{Script=Han}/u.test(value.trim());
}

/** The choices of a case: which of several lawful practices it follows. Absent keys mean the default. */
export class CasePolicy {
  constructor(private readonly values: JsonObject) {}

  /** Keys that this runner does not know and that are not mere explanation. */
  unknownKeys(): string[] {
    return Object.entries(this.values)
      .filter(([key, value]) => !KNOWN.has(key) && !key.endsWith('Decimals') && !isSentence(value))
      .map(([key]) => `policy:${key}`);
  }

  /** Choices of a part of a case stand above those of the case. */
  with(values: Json | undefined): CasePolicy {
    return values !== undefined && isObject(values) ? new CasePolicy({ ...this.values, ...values }) : this;
  }

  private stated(key: string): Json | undefined {
    const value = this.values[key];
    return value === undefined || isSentence(value) ? undefined : value;
  }

  has(key: string): boolean {
    return this.stated(key) !== undefined;
  }

  choice<const T extends string>(key: string, allowed: readonly T[], fallback: NoInfer<T>): T {
    const value = this.stated(key);
    if (value === undefined) return fallback;
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new Unsupported(`policy:${key}`);
    return found;
  }

  /** Own names first, those that are not named behind them, as the product has it. */
  order<T extends string>(key: string, allowed: readonly T[]): readonly T[] {
    const value = this.stated(key);
    if (value === undefined) return allowed;
    if (!Array.isArray(value)) throw new Unsupported(`policy:${key}`);
    const own = value.map((each) => {
      const found = allowed.find((known) => known === each);
      if (found === undefined) throw new Unsupported(`policy:${key}`);
      return found;
    });
    return completeOrder(own, allowed);
  }

  /** One name or several. */
  names(key: string): readonly string[] | null {
    const value = this.stated(key);
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : null;
  }

  object(key: string): JsonObject | null {
    const value = this.stated(key);
    return value !== undefined && isObject(value) ? value : null;
  }

  /** A decimal that the case may switch off with `null`. */
  decimalOrNone(key: string, fallback: string): Decimal | null {
    return this.stated(key) === null ? null : this.decimal(key, fallback);
  }

  decimal(key: string, fallback: string): Decimal {
    return this.optionalDecimal(key) ?? dec(fallback);
  }

  optionalDecimal(key: string): Decimal | null {
    const value = this.stated(key);
    if (value === undefined || value === null) return null;
    return readDecimal(value, `policy ${key}`);
  }

  count(key: string, fallback: number): number {
    return this.optionalDecimal(key)?.toNumber() ?? fallback;
  }

  /** Places of a figure; `null` in the case means that it is not rounded. */
  decimals(key: string, fallback: number | null): number | null {
    const value = this.values[key];
    if (value === undefined || isSentence(value)) return fallback;
    return value === null ? null : readDecimal(value, `policy ${key}`).toNumber();
  }

  rounding(key: string): Rounding {
    return this.choice(key, ROUNDINGS, 'half-up');
  }

  get money(): MoneyPlaces {
    return { decimals: this.decimals('moneyDecimals', 2) ?? 2, rounding: this.rounding('moneyRounding') };
  }

  get energy(): EnergyPlaces {
    return { decimals: this.decimals('energyDecimals', 0), rounding: this.rounding('energyRounding') };
  }

  get loss(): EnergyPlaces {
    return { decimals: this.decimals('lossDecimals', 0), rounding: this.rounding('lossRounding') };
  }

  get powerFactor(): { decimals: number; rounding: Rounding } {
    return { decimals: this.decimals('powerFactorDecimals', 2) ?? 2, rounding: this.rounding('powerFactorRounding') };
  }
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A quantity is a decimal text; a count may be a JSON whole number. */
export function readDecimal(value: Json, what: string): Decimal {
  if (typeof value === 'string' && isPlainDecimal(value)) return dec(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return new Decimal(value);
  throw new CaseProblem(`${what} is not a decimal text`);
}
