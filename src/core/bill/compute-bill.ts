import { monthOf } from '../calendar';
import { CoreError } from '../errors';
import { Decimal, dec, ONE, round, text, ZERO } from '../quantity';
import type { PricePeriod, Rates } from '../tariff';
import { energyTotal } from '../usage';
import type { Bill, BillLine, CarriedState } from './bill';
import { addBlockLines, addFreeAllowance } from './block-lines';
import { BlockCounter, openBlocks, remainingOf } from './block-state';
import type { CalculationDocument, DecimalText, DocumentUsagePoint } from './calculation-document';
import { shareBasicLines } from './basic-charge-share';
import { addCapacityLines } from './capacity-lines';
import { addChecks } from './checks';
import { addDemandLines } from './demand-lines';
import { checkDocument } from './document-check';
import { addEnergyLines } from './energy-lines';
import { addLine } from './line-writer';
import { addLosses } from './losses';
import { applyAdjustments, findPointEnergies } from './point-energy';
import { ownStretches } from './point-content';
import { addPowerFactorLines } from './power-factor-lines';
import { splitOverSegments } from './segment-split';
import { ratesOf, Segment, segmentsOf, TariffsByHash, tariffsOf } from './segments';
import { surchargeLines } from './surcharge-lines';
import { totalsOf } from './totals';
import type { Energies, Work, WorkLine, WorkPoint } from './work';

/** Version of the calculation; it changes with every change of an amount, and is stored with each bill. */
export const ENGINE_VERSION = '1.2.0';

const NO_TARIFFS: TariffsByHash = new Map();
const ENERGY_LIMIT = new Decimal(10).pow(14);

/**
 * Where the bill is for one circuit, points of the others are looked at and not billed: they have bills of their own.
 * Those in a tree of main meters stay in it, since their energy is taken off there whichever circuit feeds them.
 */
function pointsOf({ billedCircuitNo, usagePoints }: CalculationDocument): readonly DocumentUsagePoint[] {
  if (billedCircuitNo === undefined) return usagePoints;
  const mains = new Set(usagePoints.flatMap(({ parents = [] }) => parents));
  return usagePoints.map((point): DocumentUsagePoint => {
    if (point.role !== 'billing' || point.supplyCircuitNo === undefined || point.supplyCircuitNo === billedCircuitNo) return point;
    return { ...point, role: (point.parents ?? []).length > 0 || mains.has(point.usagePointNo) ? 'deduction' : 'check' };
  });
}

function ratesOn(point: DocumentUsagePoint, segment: Segment | undefined): Rates | undefined {
  return segment === undefined ? undefined : ratesOf(point, segment);
}

/** A bill before anything is computed: its points, each with its rates in every segment. */
export function openWork(document: CalculationDocument, segments: readonly Segment[]): Work {
  const points = pointsOf(document).map((point, index): WorkPoint => ({
    point,
    path: `/usagePoints/${index}`,
    rates: point.role === 'billing' ? ownStretches(point, document, segments).map((days, place) => (days === null ? undefined : ratesOn(point, segments[place]))) : [],
    active: {},
    metered: {},
    reactive: ZERO,
    reactiveKnown: false,
    maximumDemand: null,
    transformerLoss: ZERO,
    billed: [],
  }));
  if (points.length > 1) points.sort((a, b) => (a.point.usagePointNo < b.point.usagePointNo ? -1 : 1));
  return { document, segments, points, lines: [], figures: [], findings: [], insideFunds: [], estimated: [] };
}

function checkRange(work: Work): void {
  for (const item of work.points) {
    const total = energyTotal(item.active);
    if (total.lessThan(ENERGY_LIMIT) && item.reactive.lessThan(ENERGY_LIMIT)) continue;
    throw new CoreError('BILL.ENERGY_OUT_OF_RANGE', item.path, { usagePointNo: item.point.usagePointNo, energyKwh: text(round(total, 0)) });
  }
}

/** Steps 1 to 5: metered energy, adjustments, deductions, losses, adjustments after losses; then the split by segment. */
function findEnergies(work: Work): void {
  const policies = work.segments[0]?.policies;
  if (policies === undefined) return;
  findPointEnergies(work, policies);
  addLosses(work, policies);
  for (const item of work.points) {
    if (item.point.adjustments !== undefined) applyAdjustments(work, item, 'after-losses');
    if (item.point.role === 'billing') item.billed = splitOverSegments(work, item);
  }
  checkRange(work);
  for (const item of work.points) if (item.point.role === 'billing') noteBilled(work, item);
}

/** `25581.28 − 6910.35 − 5780.29` for the period without a dial of its own, which is the total less the others. */
function differenceOf(item: WorkPoint, period: PricePeriod): string | undefined {
  const { meters = [], timeOfUse } = item.point;
  if (!timeOfUse || meters.length === 0 || meters.some((meter) => meter.registers.some(({ register }) => register === period))) return undefined;
  const others = Object.entries(item.metered).flatMap(([other, energy]) => (other === period || energy.isZero() ? [] : [text(energy)]));
  return [text(energyTotal(item.metered)), ...others].join(' − ');
}

/** The billed energy of each period as a working: what was metered, and what later steps made of it. */
function noteBilled(work: Work, item: WorkPoint): void {
  for (const key in item.active) {
    const period = key as PricePeriod;
    const energy = item.active[period];
    if (energy === undefined) continue;
    const metered = text(item.metered[period] ?? ZERO);
    const difference = differenceOf(item, period);
    const inputs: Readonly<Record<string, string>> = difference === undefined ? { metered } : { metered, difference };
    work.figures.push({ id: `point:${item.point.usagePointNo}:billed:${period}`, rule: 'billed-energy', value: text(energy), unit: 'kWh', inputs });
  }
}

function basicChargeLines(work: Work, segment: Segment): void {
  const { terms, tariff } = segment;
  const { parts } = tariff.plan(terms.planId);
  if (parts === 'two-part' && terms.chargeMethod === 'none') {
    work.findings.push({ code: 'BILL.CHARGE_METHOD_MISSING', severity: 'blocking', subject: terms.planId, params: { allowed: 'capacity, contract-demand, actual-demand' } });
  }
  if (terms.chargeMethod === 'none') return;
  if (parts === 'single-part') {
    work.findings.push({ code: 'BILL.BASIC_CHARGE_ON_SINGLE_PART', severity: 'blocking', subject: terms.planId, params: { chargeMethod: terms.chargeMethod } });
  } else if (terms.chargeMethod === 'capacity') addCapacityLines(work, segment);
  else addDemandLines(work, segment);
}

function sharedAmountLines(work: Work): void {
  const last = work.segments[work.segments.length - 1];
  if (last === undefined) return;
  const named = last.policies.powerFactorBase;
  for (const shared of [...(work.document.sharedAmounts ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const exact = dec(shared.amount);
    const rounded = round(exact, last.money.decimals, last.money.rounding);
    const inBase = named === null ? shared.inPowerFactorBase !== false : named.includes('shared-amount') || named.includes(shared.name);
    addLine(work, null, {
      group: 'shared-amount',
      item: shared.name,
      label: shared.title,
      quantity: ONE,
      unit: 'item',
      price: text(exact),
      exactAmount: exact,
      amount: rounded,
      rule: 'shared-amount',
      from: ['document:sharedAmounts'],
      base: inBase ? rounded : null,
    });
  }
}

/** Steps 6 to 10: energy charge and add-on, basic charge, shared amounts, power factor, surcharges, blocks. */
function charge(work: Work): BlockCounter | null {
  const billing = work.points.filter((item) => item.point.role === 'billing');
  const last = work.segments.length - 1;
  const firstAtEnd = billing.find((item) => item.rates[last] !== undefined);
  let counter: BlockCounter | null = null;
  const blockLines: WorkLine[] = [];
  for (const segment of work.segments) {
    for (const item of billing) {
      addEnergyLines(work, item, segment);
      const scale = item.rates[segment.index]?.blocks;
      if (scale === undefined || scale === null) continue;
      counter ??= openBlocks(work.document, scaleOfMonth(work, item, segment) ?? scale);
      const start = work.lines.length;
      addBlockLines(work, item, segment, counter);
      if (segment.index === last && item === firstAtEnd) addFreeAllowance(work, item, segment, counter.months);
      keepEnergyLines(work.lines, start, blockLines);
    }
  }
  for (const segment of work.segments) {
    const start = work.lines.length;
    basicChargeLines(work, segment);
    shareBasicLines(work, segment, start);
  }
  sharedAmountLines(work);
  const levies = work.segments.flatMap((segment) => surchargeLines(work, segment));
  work.lines.push(...levies);
  addPowerFactorLines(work);
  if (levies.length > 0) moveBehindAdjustment(work.lines, levies.length);
  work.lines.push(...blockLines);
  return counter;
}

/** Summer limits go by the billing month, whatever day the season is looked up with. */
function scaleOfMonth(work: Work, item: WorkPoint, segment: Segment): ReturnType<typeof ratesOf>['blocks'] {
  const { billingMonth } = work.document;
  return ratesOf(item.point, segment, monthOf(segment.rateDate) === billingMonth ? segment.rateDate : billingMonth).blocks;
}

/** Increments stand at the end of the bill; energy at a block's own price stays with the energy charge. */
function keepEnergyLines(lines: WorkLine[], start: number, blockLines: WorkLine[]): void {
  const added = lines.splice(start);
  for (const one of added) (one.line.group === 'energy-charge' ? lines : blockLines).push(one);
}

/** The adjustment is printed before the levies, which had to be known for regions that adjust them too. */
function moveBehindAdjustment(lines: WorkLine[], levyCount: number): void {
  const adjustments = lines.filter(({ line }) => line.group === 'power-factor-adjustment').length;
  const end = lines.length - adjustments;
  const moved = lines.splice(end - levyCount, levyCount);
  lines.push(...moved);
}

/** Numbers the lines in the order of the bill. */
function numbered(lines: readonly WorkLine[]): BillLine[] {
  return lines.map(({ line }, index) => {
    line.lineNo = index + 1;
    return line;
  });
}

function texts(energies: Energies): Partial<Record<PricePeriod, DecimalText>> {
  const result: Partial<Record<PricePeriod, DecimalText>> = {};
  for (const key in energies) {
    const period = key as PricePeriod;
    const energy = energies[period];
    if (energy !== undefined) result[period] = text(energy);
  }
  return result;
}

function carriedOf(work: Work, counter: BlockCounter | null): CarriedState {
  const pointEnergy = work.points.map((item) => ({
    usagePointNo: item.point.usagePointNo,
    meteredKwh: texts(item.metered),
    billedKwh: texts(item.active),
    billedReactiveKvarh: text(item.reactive),
  }));
  const estimated = work.estimated.length === 0 ? {} : { estimatedRegisters: work.estimated };
  if (counter === null) return { ...estimated, pointEnergy };
  const remaining = remainingOf(counter).map((each) => (each === null ? null : text(each)));
  const balances = { blockBalances: { remainingKwh: remaining, extendedThrough: work.document.billingMonth } };
  return { blockUsedKwh: text(counter.used), blockYear: work.document.billingMonth.slice(0, 4), ...balances, ...estimated, pointEnergy };
}

/**
 * The bill of a valid calculation document: a pure function of the document, of the tariff versions that it names
 * (inlined, or in `tariffs` by content hash) and of the engine version. Order of calculation (DOMAIN 7): metered energy
 * → adjustments before losses → sub-meters, fixed quantity, fixed ratio → transformer and line loss → adjustments after
 * losses → energy charge and add-on → capacity or demand charge → power factor → surcharges → residential blocks →
 * totals. Every line is rounded once; the total is the sum of the rounded lines. What needs a person is a blocking
 * finding; what cannot be computed throws a CoreError with code and path, never a guess.
 */
export function computeBill(document: CalculationDocument, tariffs: TariffsByHash = NO_TARIFFS): Bill {
  checkDocument(document);
  const segments = segmentsOf(document, tariffsOf(document, tariffs));
  const work = openWork(document, segments);
  findEnergies(work);
  const counter = charge(work);
  addChecks(work);
  return {
    engineVersion: ENGINE_VERSION,
    accountNo: document.accountNo,
    kind: document.kind,
    period: document.period,
    billingMonth: document.billingMonth,
    segments: segments.map(({ index, from, to, tariff, terms, rates }) => ({
      segment: index + 1,
      from,
      to,
      tariffHash: tariff.hash,
      priceBook: tariff.document.priceBook,
      tariffVersion: tariff.document.version,
      planId: terms.planId,
      season: rates.season,
    })),
    lines: numbered(work.lines),
    figures: work.figures,
    findings: work.findings,
    totals: totalsOf(work),
    carried: carriedOf(work, counter),
    billedUpTo: document.period.to,
  };
}
