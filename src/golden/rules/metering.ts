import { CaseProblem } from '../problems';
import { isObject, Json, JsonObject } from '../case-policy';
import { absoluteReactive, MeterSpan, multiplierOf, pointConsumption, RegisterSpan, TransformerRatio } from '../../core/metering';
import { dec, Decimal, ZERO } from '../../core/quantity';
import type { Register } from '../../core/tariff/vocabulary';
import { takePlain } from '../../core/usage';
import { meteredPeriods, nameOf, PERIODS, PeriodValues } from '../periods';
import { Scope } from '../scope';

/** `10000/100` as two whole numbers. Ratios with decimals (`35/0.1`) are widened first. */
export function readRatio(value: string): TransformerRatio {
  const [primary, secondary = '1', ...rest] = value.split(/[/:]/).map((part) => part.trim());
  if (primary === undefined || rest.length > 0) throw new CaseProblem(`${value} is not a ratio`);
  const places = Math.max(dec(primary).decimalPlaces(), dec(secondary).decimalPlaces());
  const scale = new Decimal(10).pow(places);
  return [dec(primary).times(scale).toNumber(), dec(secondary).times(scale).toNumber()];
}

/** A ratio or multiplier as a number: `600/5` is 120. */
export function ratioValue(value: string): Decimal {
  return value.includes('/') ? multiplierOf(undefined, readRatio(value)) : dec(value);
}

export function meterMultiplier(scope: Scope): Decimal {
  const stated = scope.find('multiplier');
  if (stated !== undefined) return stated;
  const pt = scope.string('ptRatio');
  const ct = scope.string('ctRatio');
  return multiplierOf(pt === undefined ? undefined : readRatio(pt), ct === undefined ? undefined : readRatio(ct));
}

const REGISTERS: readonly { readonly name: string; readonly register: Register; readonly figure: string }[] = [
  { name: 'total', register: 'total', figure: 'activeEnergyKwh' },
  ...PERIODS.map(({ name, period }) => ({ name, register: period, figure: `${name}EnergyKwh` })),
  { name: 'reactiveForward', register: 'reactive-forward', figure: 'reactiveForwardEnergyKvarh' },
  { name: 'reactiveReverse', register: 'reactive-reverse', figure: 'reactiveReverseEnergyKvarh' },
];

function readSpan(readings: JsonObject, name: string, meter: Scope): RegisterSpan {
  const value: Json | undefined = readings[name];
  if (value === undefined || !isObject(value)) throw new CaseProblem(`reading ${name} is missing`);
  const scope = meter.part(name, value);
  const digits = scope.count('dialDigits');
  const span = { start: scope.need('startReading'), end: scope.need('endReading') };
  return digits === undefined ? span : { ...span, dialDigits: digits };
}

function readMeter(id: string, scope: Scope): MeterSpan {
  const readings = scope.raw('readings');
  if (readings === undefined || !isObject(readings)) throw new CaseProblem(`meter ${id} has no readings`);
  const known = Object.keys(readings);
  const unknown = known.find((name) => !REGISTERS.some((each) => each.name === name));
  if (unknown !== undefined) throw new CaseProblem(`register ${unknown} is unknown`);
  const registers: Partial<Record<Register, RegisterSpan>> = {};
  for (const { name, register } of REGISTERS) if (known.includes(name)) registers[register] = readSpan(readings, name, scope);
  return { meterNo: id, multiplier: meterMultiplier(scope), registers };
}

function putEnergies(scope: Scope, energies: Readonly<Partial<Record<Register, Decimal>>>): void {
  for (const { register, figure } of REGISTERS) {
    const energy = energies[register];
    if (energy !== undefined) scope.energy(figure, energy);
  }
}

/** Readings → energies per register; the sum over the meters, and per meter where there are several. */
export function registerConsumption(scope: Scope): void {
  const parts = scope.parts('meters', 'meter') ?? [];
  const meters = parts.map(({ id, scope: meter }) => readMeter(id, meter));
  if (meters.length === 0) throw new CaseProblem('meters is missing');
  const differenceTo = scope.policy.choice('periodDifferenceTo', PERIODS.map((each) => each.period), 'flat');
  const point = pointConsumption(meters, scope.policy.energy, differenceTo);
  meters.forEach((meter, index) => {
    const part = parts[index]?.scope;
    if (meters.length === 1 || part === undefined) return;
    part.plain('multiplier', meter.multiplier);
    putEnergies(part, point.meters[index]?.energies ?? {});
  });
  const first = meters[0];
  if (first !== undefined && meters.every((meter) => meter.multiplier.equals(first.multiplier))) scope.plain('multiplier', first.multiplier);
  const reads = (register: Register): boolean => meters.some((meter) => meter.registers[register] !== undefined);
  const whole = reads('total') || reads('flat');
  const energies: Partial<Record<Register, Decimal>> = { ...point.periods };
  if (whole && (reads('total') || scope.find('activeEnergyKwh') === undefined)) energies.total = point.total;
  if (reads('reactive-forward')) energies['reactive-forward'] = point.reactiveForward;
  if (reads('reactive-reverse')) energies['reactive-reverse'] = point.reactiveReverse;
  putEnergies(scope, energies);
  if (reads('reactive-forward') || reads('reactive-reverse')) {
    const reverse = scope.find('reactiveReverseEnergyKvarh') ?? ZERO;
    scope.energy('reactiveEnergyKvarh', absoluteReactive(scope.find('reactiveForwardEnergyKvarh') ?? ZERO, reverse));
  }
}

/** A fixed quantity of lighting out of flat, which goes to 0 at least. */
export function fixedQuantityFromFlat(scope: Scope): void {
  const periods: PeriodValues = meteredPeriods(scope) ?? {};
  const left = { flat: periods.flat ?? scope.need('flatEnergyKwh', 'activeEnergyKwh') };
  const wanted = scope.need('lightingFixedQuantityKwh');
  const short = takePlain(left, wanted);
  scope.energy(`${nameOf('flat')}EnergyKwh`, left.flat);
  scope.energy('lightingEnergyKwh', wanted.minus(short));
  scope.energy('shortageKwh', short);
  scope.flagFigure('abnormal', short.greaterThan(0));
}
