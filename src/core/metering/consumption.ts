import { Decimal, sum, ZERO } from '../quantity';
import type { Register, TimeOfUsePeriod } from '../tariff/vocabulary';
import { absoluteReactive, demandOf, EnergyPlaces, highestDemand, registerEnergy, RegisterSpan, WHOLE_KWH } from './register-energy';
import { PeriodEnergies, splitTotal } from './period-split';

/** A meter during its stay at a usage point inside the cycle. */
export interface MeterSpan {
  readonly meterNo: string;
  readonly multiplier: Decimal;
  readonly registers: Readonly<Partial<Record<Register, RegisterSpan>>>;
  /** Highest demand readings since each reset of the dial. */
  readonly demandReadings?: readonly Decimal[];
  /** Taken down inside the cycle: its energy is shown apart (换表电量). */
  readonly replaced?: boolean;
  /** Highest energy that a roll-over may come to; null for no limit. */
  readonly rolloverLimit?: Decimal | null;
}

export interface MeterConsumption {
  readonly meterNo: string;
  /** Energy per register as read, rounded by policy. */
  readonly energies: Readonly<Partial<Record<Register, Decimal>>>;
  readonly rolledOver: readonly Register[];
}

/** Energies of a usage point over a cycle. */
export interface Consumption {
  readonly meters: readonly MeterConsumption[];
  /** Active energy, kWh: total, and per period where the meters read periods. */
  readonly total: Decimal;
  readonly periods: PeriodEnergies | null;
  readonly reactiveForward: Decimal;
  readonly reactiveReverse: Decimal;
  /** |forward| + |reverse|, kvarh. */
  readonly reactive: Decimal;
  /** kW; null where no meter measures demand. */
  readonly maximumDemand: Decimal | null;
  /** Energy of meters that were replaced inside the cycle, contained in `total`, kWh. */
  readonly replacedEnergy: Decimal;
}

const READ_PERIODS: readonly TimeOfUsePeriod[] = ['sharp', 'peak', 'flat', 'valley', 'deep-valley'];

/** Energy of every register of one meter, each rounded by itself. Errors: those of `registerEnergy`. */
export function meterConsumption(meter: MeterSpan, places: EnergyPlaces = WHOLE_KWH, path = ''): MeterConsumption {
  const energies: Partial<Record<Register, Decimal>> = {};
  const rolledOver: Register[] = [];
  for (const key in meter.registers) {
    const register = key as Register;
    const span = meter.registers[register];
    if (span === undefined || register === 'maximum-demand') continue;
    const result = registerEnergy(span, meter.multiplier, places, meter.rolloverLimit ?? null, `${path}/registers/${register}`);
    energies[register] = result.energy;
    if (result.rolledOver) rolledOver.push(register);
  }
  return { meterNo: meter.meterNo, energies, rolledOver };
}

/** Periods of one meter with flat as the difference; null for a plain meter. Without a total dial it is the sum of its periods. */
function periodsOf(energies: MeterConsumption['energies'], differenceTo: TimeOfUsePeriod, path: string): PeriodEnergies | null {
  const read: Partial<Record<TimeOfUsePeriod, Decimal>> = {};
  let any = false;
  for (const period of READ_PERIODS) {
    const energy = energies[period];
    if (energy === undefined) continue;
    read[period] = energy;
    any = true;
  }
  if (!any) return null;
  return energies.total === undefined ? read : splitTotal(energies.total, read, differenceTo, path);
}

function activeOf(energies: MeterConsumption['energies'], periods: PeriodEnergies | null): Decimal {
  if (energies.total !== undefined) return energies.total;
  return sum(Object.values(periods ?? {}));
}

function addPeriods(sums: Partial<Record<TimeOfUsePeriod, Decimal>>, energies: PeriodEnergies): void {
  for (const period of READ_PERIODS) {
    const energy = energies[period];
    if (energy !== undefined) sums[period] = (sums[period] ?? ZERO).plus(energy);
  }
}

function sumOfRegister(results: readonly MeterConsumption[], register: Register): Decimal {
  return sum(results.flatMap(({ energies }) => energies[register] ?? []));
}

/**
 * Energies of a usage point: every register of every meter is rounded by itself and then added, each meter with its
 * own multiplier (DOMAIN conventions: several meters of one point are rounded meter by meter). Flat is total less the
 * other periods, per meter. The energy of a plain meter at a point that reads periods goes to `differenceTo`.
 * Errors: those of `registerEnergy` and `splitTotal`.
 */
export function pointConsumption(
  meters: readonly MeterSpan[],
  places: EnergyPlaces = WHOLE_KWH,
  differenceTo: TimeOfUsePeriod = 'flat',
  path = '',
): Consumption {
  const results = meters.map((meter, index) => meterConsumption(meter, places, `${path}/meters/${index}`));
  const ofMeters = results.map((result, index) => periodsOf(result.energies, differenceTo, `${path}/meters/${index}`));
  const timeOfUse = ofMeters.some((own) => own !== null);
  const periods: Partial<Record<TimeOfUsePeriod, Decimal>> = {};
  const actives = results.map((result, index) => activeOf(result.energies, ofMeters[index] ?? null));
  if (timeOfUse) ofMeters.forEach((own, index) => addPeriods(periods, own ?? { [differenceTo]: actives[index] ?? ZERO }));
  const demands = meters.flatMap((meter) => (meter.demandReadings ?? []).map((reading) => demandOf(reading, meter.multiplier)));
  const forward = sumOfRegister(results, 'reactive-forward');
  const reverse = sumOfRegister(results, 'reactive-reverse');
  return {
    meters: results,
    total: sum(actives),
    periods: timeOfUse ? periods : null,
    reactiveForward: forward,
    reactiveReverse: reverse,
    reactive: absoluteReactive(forward, reverse),
    maximumDemand: demands.length === 0 ? null : highestDemand(demands),
    replacedEnergy: sum(actives.filter((_, index) => meters[index]?.replaced === true)),
  };
}
