import { daysIn } from '../calendar';
import { CoreError } from '../errors';
import { dialCapacity, MeterSpan, multiplierOf, pointConsumption, RegisterSpan } from '../metering';
import type { Policies } from '../policy';
import { dec, Decimal, round, text, ZERO } from '../quantity';
import { Register, REGISTERS, TimeOfUsePeriod } from '../tariff';
import type { BillFigure } from './bill';
import type { CalculationDocument, DocumentMeter, DocumentUsagePoint } from './calculation-document';
import { daysOfPoint, firstRates } from './point-content';
import type { Work, WorkPoint } from './work';

const REACTIVE: readonly Register[] = ['reactive-forward', 'reactive-reverse'];

/** Registers that a point uses: the period dials of a plain point are left alone. */
function usedRegister(register: Register, timeOfUse: boolean): boolean {
  return timeOfUse || register === 'total' || register === 'maximum-demand' || REACTIVE.includes(register);
}

/** Highest energy that a roll-over may come to by itself, from the account's own history; null without one. */
function historyLimit(document: CalculationDocument, point: DocumentUsagePoint, policies: Policies): Decimal | null {
  const daily = document.history?.dailyEnergyKwh?.[point.usagePointNo];
  if (daily === undefined) return null;
  return dec(daily).times(daysIn(daysOfPoint(point, document))).times(dec(policies.rolloverEnergyLimitPercent)).div(100);
}

function timesFallen(readings: readonly { readonly reading: string }[]): number {
  let falls = 0;
  for (let index = 1; index < readings.length; index += 1) {
    if (dec(readings[index]?.reading ?? '0').lessThan(dec(readings[index - 1]?.reading ?? '0'))) falls += 1;
  }
  return falls;
}

interface Span {
  readonly meter: MeterSpan;
  readonly source: DocumentMeter;
}

function meterSpan(source: DocumentMeter, point: DocumentUsagePoint, policies: Policies, replaced: boolean, path: string): Span {
  const registers: Partial<Record<Register, RegisterSpan>> = {};
  let demandReadings: Decimal[] | undefined;
  source.registers.forEach((register, index) => {
    if (!usedRegister(register.register, point.timeOfUse)) return;
    const { readings } = register;
    if (register.register === 'maximum-demand') {
      demandReadings = readings.map((reading) => dec(reading.reading));
      return;
    }
    const first = readings[0];
    const last = readings[readings.length - 1];
    if (first === undefined || last === undefined) return;
    if (readings.length > 2 && timesFallen(readings) > policies.rolloverMaximumPerCycle) {
      throw new CoreError('METERING.ROLLOVER_TOO_OFTEN', `${path}/registers/${index}`, { register: register.register, meterNo: source.meterNo });
    }
    const span = { start: dec(first.reading), end: dec(last.reading) };
    registers[register.register] = register.dialDigits === undefined ? span : { ...span, dialDigits: register.dialDigits };
  });
  const meter: MeterSpan = { meterNo: source.meterNo, multiplier: multiplierOf(source.pt, source.ct, path), registers, replaced };
  return { meter: demandReadings === undefined ? meter : { ...meter, demandReadings }, source };
}

/** A meter taken down inside the cycle: it has a final reading, or another meter follows it. */
function isReplaced(source: DocumentMeter, index: number, meters: readonly DocumentMeter[]): boolean {
  return index < meters.length - 1 || source.registers.some((register) => register.readings.some((reading) => reading.kind === 'final'));
}

function isConfirmed(span: Span, register: Register): boolean {
  return span.source.registers.some((one) => one.register === register && one.rolloverConfirmed === true);
}

/**
 * A roll-over is believed where a person has confirmed it, and by itself only when plausible: energy within the limit of the account's history; without a
 * history, less than half a turn of the dial (a mistaken reading shows as nearly a whole turn).
 */
function checkRollover(span: Span, register: Register, energy: Decimal, limit: Decimal | null, policies: Policies, { point, path }: WorkPoint, place: number): void {
  if (isConfirmed(span, register)) return;
  const digits = span.meter.registers[register]?.dialDigits ?? 0;
  const halfTurn = dialCapacity(digits).div(2).times(span.meter.multiplier);
  const bound = limit === null || REACTIVE.includes(register) ? halfTurn : limit;
  if (policies.rolloverMaximumPerCycle > 0 && energy.lessThanOrEqualTo(bound)) return;
  const { meterNo } = span.meter;
  throw new CoreError('METERING.ROLLOVER_IMPLAUSIBLE', `${path}/meters/${place}`, { usagePointNo: point.usagePointNo, meterNo, register, energy: text(energy), limit: text(bound) });
}

function registerFigures(span: Span, pointNo: string, energies: Readonly<Partial<Record<Register, Decimal>>>, rolledOver: readonly Register[], figures: BillFigure[]): void {
  const multiplier = text(span.meter.multiplier);
  for (const kind of REGISTERS) {
    if (energies[kind] === undefined) continue;
    const register = span.source.registers.find((one) => one.register === kind);
    if (register === undefined) continue;
    const energy = energies[register.register];
    const first = register.readings[0];
    const last = register.readings[register.readings.length - 1];
    if (energy === undefined || first === undefined || last === undefined) continue;
    const inputs: Record<string, string> = { start: first.reading, end: last.reading, multiplier };
    if (rolledOver.includes(register.register)) inputs.rollover = text(dialCapacity(register.dialDigits ?? 0));
    figures.push({
      id: `point:${pointNo}:meter:${span.source.meterNo}:${register.register}`,
      rule: 'register-consumption',
      value: text(energy),
      unit: REACTIVE.includes(register.register) ? 'kvarh' : 'kWh',
      inputs,
    });
  }
}

/** The period that is found as total less the others: flat where the plan prices it, else the one without a dial. */
function differencePeriod(work: WorkPoint): TimeOfUsePeriod {
  const periods = firstRates(work)?.periods ?? [];
  if (periods.length === 0 || periods.includes('flat') || periods.includes('total')) return 'flat';
  const read = new Set(work.point.meters?.flatMap((meter) => meter.registers.map((register) => register.register)));
  return (periods.find((period) => period !== 'total' && !read.has(period)) ?? periods[0] ?? 'flat') as TimeOfUsePeriod;
}

function noteEstimates(work: Work, point: DocumentUsagePoint): void {
  for (const meter of point.meters ?? []) {
    for (const register of meter.registers) {
      const last = register.readings[register.readings.length - 1];
      if (last?.estimated !== true) continue;
      work.estimated.push({ usagePointNo: point.usagePointNo, meterNo: meter.meterNo, register: register.register });
      work.findings.push({ code: 'METERING.READING_ESTIMATED', severity: 'notice', subject: point.usagePointNo, params: { meterNo: meter.meterNo, register: register.register, reading: last.reading } });
    }
  }
}

/** Meters in the order of their first reading, whatever their order in the document. */
function inOrderOfTime(meters: readonly DocumentMeter[]): readonly DocumentMeter[] {
  if (meters.length < 2) return meters;
  const firstDay = (meter: DocumentMeter): string => meter.registers[0]?.readings[0]?.on ?? '';
  return [...meters].sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : firstDay(a) > firstDay(b) ? 1 : a.meterNo < b.meterNo ? -1 : 1));
}

/**
 * Energies of a metered point from its readings (step 1 of the order of calculation): per register of each meter
 * (last − first) × multiplier, rounded; flat = total less the others; highest demand over the meters.
 */
export function meterPoint(work: Work, item: WorkPoint, policies: Policies): void {
  const { point } = item;
  const spans = inOrderOfTime(point.meters ?? []).map((meter, index, all) => meterSpan(meter, point, policies, isReplaced(meter, index, all), `${item.path}/meters/${index}`));
  const places = { decimals: policies.energyDecimals, rounding: policies.energyRounding };
  const result = pointConsumption(spans.map((span) => span.meter), places, differencePeriod(item), item.path);
  const turned = result.meters.some((meter) => meter.rolledOver.length > 0);
  const limit = turned ? historyLimit(work.document, point, policies) : null;
  result.meters.forEach((meter, index) => {
    const span = spans[index];
    if (span === undefined) return;
    for (const register of meter.rolledOver) checkRollover(span, register, meter.energies[register] ?? ZERO, limit, policies, item, index);
    registerFigures(span, point.usagePointNo, meter.energies, meter.rolledOver, work.figures);
    if (meter.energies['reactive-forward'] !== undefined || meter.energies['reactive-reverse'] !== undefined) item.reactiveKnown = true;
  });
  item.active = result.periods === null ? { total: result.total } : { ...result.periods };
  item.reactive = result.reactive;
  item.maximumDemand = result.maximumDemand === null ? null : round(result.maximumDemand, 4);
  if (!result.replacedEnergy.isZero()) {
    work.figures.push({ id: `point:${point.usagePointNo}:replaced`, rule: 'meter-replacement', value: text(result.replacedEnergy), unit: 'kWh', inputs: {} });
  }
  if (result.maximumDemand !== null) {
    work.figures.push({ id: `point:${point.usagePointNo}:maximum-demand`, rule: 'register-consumption', value: text(result.maximumDemand), unit: 'kW', inputs: {} });
  }
  noteEstimates(work, point);
}
