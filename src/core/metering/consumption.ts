import { Decimal, ZERO } from '../quantity';
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
  let total = ZERO;
  for (const period of READ_PERIODS) total = total.plus(periods?.[period] ?? ZERO);
  return total;
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
  const results: MeterConsumption[] = [];
  const periods: Partial<Record<TimeOfUsePeriod, Decimal>> = {};
  const demands: Decimal[] = [];
  let timeOfUse = false;
  let total = ZERO;
  let plain = ZERO;
  let forward = ZERO;
  let reverse = ZERO;
  let replaced = ZERO;
  meters.forEach((meter, index) => {
    const at = `${path}/meters/${index}`;
    const result = meterConsumption(meter, places, at);
    const own = periodsOf(result.energies, differenceTo, at);
    const active = activeOf(result.energies, own);
    total = total.plus(active);
    if (own === null) plain = plain.plus(active);
    else {
      timeOfUse = true;
      for (const period of READ_PERIODS) {
        const energy = own[period];
        if (energy !== undefined) periods[period] = (periods[period] ?? ZERO).plus(energy);
      }
    }
    forward = forward.plus(result.energies['reactive-forward'] ?? ZERO);
    reverse = reverse.plus(result.energies['reactive-reverse'] ?? ZERO);
    if (meter.replaced === true) replaced = replaced.plus(active);
    for (const reading of meter.demandReadings ?? []) demands.push(demandOf(reading, meter.multiplier));
    results.push(result);
  });
  if (timeOfUse && !plain.isZero()) periods[differenceTo] = (periods[differenceTo] ?? ZERO).plus(plain);
  return {
    meters: results,
    total,
    periods: timeOfUse ? periods : null,
    reactiveForward: forward,
    reactiveReverse: reverse,
    reactive: absoluteReactive(forward, reverse),
    maximumDemand: demands.length === 0 ? null : highestDemand(demands),
    replacedEnergy: replaced,
  };
}
