import { Decimal, sum } from '../core/quantity';
import { splitTotal } from '../core/metering';
import type { PricePeriod, TimeOfUsePeriod } from '../core/tariff/vocabulary';
import { Scope } from './scope';

/** Periods as cases write them, and as the core names them. */
export const PERIODS = [
  { name: 'sharp', period: 'sharp' },
  { name: 'peak', period: 'peak' },
  { name: 'flat', period: 'flat' },
  { name: 'valley', period: 'valley' },
  { name: 'deepValley', period: 'deep-valley' },
] as const satisfies readonly { name: string; period: TimeOfUsePeriod }[];

export type PeriodValues = Partial<Record<TimeOfUsePeriod, Decimal>>;

export function nameOf(period: PricePeriod): string {
  return PERIODS.find((each) => each.period === period)?.name ?? period;
}

/** `peakEnergyKwh`, `valleyEnergyKwh` … of a scope. */
export function periodValues(scope: Scope, suffix: string): PeriodValues {
  const values: PeriodValues = {};
  for (const { name, period } of PERIODS) {
    const value = scope.find(`${name}${suffix}`);
    if (value !== undefined) values[period] = value;
  }
  return values;
}

/** An input that is an object by period. */
export function periodObject(scope: Scope, input: string): PeriodValues | null {
  const value = scope.raw(input);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const inner = scope.part(input, value as Record<string, string>);
  const values: PeriodValues = {};
  for (const { name, period } of PERIODS) {
    if ((value as Record<string, unknown>)[name] === undefined && (value as Record<string, unknown>)[period] === undefined) continue;
    const found = inner.first(name, period);
    if (found !== undefined) values[period] = found;
  }
  return values;
}

/** Energies by period before losses; flat is what is left of the total where it is not stated. Null on a plain point. */
export function meteredPeriods(scope: Scope): PeriodValues | null {
  const periods = periodValues(scope, 'EnergyKwh');
  if (Object.keys(periods).length === 0) return null;
  const total = scope.first('activeEnergyKwh', 'recordedEnergyKwh', 'energyKwh');
  const open = scope.policy.choice('periodDifferenceTo', PERIODS.map((each) => each.period), 'flat');
  if (periods[open] !== undefined || total === undefined) return periods;
  return splitTotal(total, periods, open);
}

/** Energies by period as billed: with their losses where these were shared. */
export function billedPeriods(scope: Scope): PeriodValues | null {
  const billed = periodValues(scope, 'BilledEnergyKwh');
  return Object.keys(billed).length > 0 ? billed : meteredPeriods(scope);
}

export function totalOfPeriods(periods: PeriodValues): Decimal {
  return sum(Object.values(periods));
}

/** Active energy of the power factor and of averages: billed where losses were added, else metered. */
export function activeEnergy(scope: Scope): Decimal | undefined {
  const stated = scope.first('activeBilledEnergyKwh', 'activeEnergyKwh');
  if (stated !== undefined) return stated;
  const periods = billedPeriods(scope);
  return periods === null ? scope.first('energyKwh') : totalOfPeriods(periods);
}

/** |forward| + |reverse|, kvarh, or the reactive energy as stated. */
export function reactiveMetered(scope: Scope): Decimal | undefined {
  const adjusted = scope.first('reactiveForwardAdjustedKvarh', 'reactiveEnergyKvarh');
  if (adjusted !== undefined) return adjusted;
  const forward = scope.find('reactiveForwardEnergyKvarh');
  const reverse = scope.find('reactiveReverseEnergyKvarh');
  if (forward === undefined && reverse === undefined) return undefined;
  return sum([forward, reverse].flatMap((each) => (each === undefined ? [] : [each.abs()])));
}

export function reactiveEnergy(scope: Scope): Decimal | undefined {
  return scope.find('reactiveBilledEnergyKvarh') ?? reactiveMetered(scope);
}
