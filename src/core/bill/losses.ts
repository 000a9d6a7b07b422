import { count, dec, Decimal, sum, text, ZERO } from '../quantity';
import { daysIn, daysInMonth, monthOf, type Period } from '../calendar';
import type { Policies } from '../policy';
import {
  copperLossPercentAt,
  energyTotal,
  ironLossOf,
  lineLossByFormula,
  loadRateOf,
  Loss,
  lossByDays,
  lossByPercent,
  lossFromTable,
  LossPlaces,
  reactivePower,
  shareLossOverPeriods,
  shareLossOverPoints,
  simplifiedLoss,
  transformerLossByFormula,
} from '../usage';
import { PRICE_PERIODS } from '../tariff';
import type { DocumentTransformer, LineLoss, TransformerLoss } from './calculation-document';
import { daysOfPoint, firstRates } from './point-content';
import { runningDays, wholeMonths } from './running-days';
import type { Energies, Work, WorkPoint } from './work';

/** Hours of a full month in the simplified loss. */
const MONTH_HOURS = new Decimal(720);
const DAY_HOURS = 24;
const LONGEST_MONTH = 31;
/** Copper loss where nothing else is agreed: 2 % of the energy, 3 % above a load rate of 40 %. */
const COPPER_STEPS = [{ upToLoadRate: new Decimal('0.4'), percent: new Decimal(2) }, { upToLoadRate: null, percent: new Decimal(3) }];
/** Places of a loss that the policy leaves unrounded: those that an energy keeps where it is stored. */
const STORED_DECIMALS = 4;

interface Stretch {
  readonly days: number;
  /** Ran through a cycle of whole months: monthly figures count in full. */
  readonly whole: boolean;
  readonly months: number;
  readonly basis: number;
}

/** Days that a monthly figure is taken for: no more than a month's worth in a month, longer cycles day by day. */
function countedDays(stretch: Stretch): number {
  return stretch.days <= LONGEST_MONTH ? Math.min(stretch.days, stretch.basis) : stretch.days;
}

function monthlyPart(monthly: Decimal, stretch: Stretch, places: LossPlaces): Decimal {
  if (stretch.whole) return lossByDays(monthly.times(count(stretch.months)), stretch.basis, stretch.basis, places);
  const days = countedDays(stretch);
  return lossByDays(monthly.times(count(days)).div(count(stretch.basis)), stretch.basis, stretch.basis, places);
}

function byFormula(loss: TransformerLoss & { method: 'formula' }, capacity: Decimal, active: Decimal, reactive: Decimal, stretch: Stretch, places: LossPlaces, path: string): Loss {
  const supplyHours = loss.supplyHours === undefined ? count(DAY_HOURS * stretch.days) : dec(loss.supplyHours);
  return transformerLossByFormula(
    {
      capacity,
      noLoadLoss: dec(loss.noLoadLossKw),
      loadLoss: dec(loss.loadLossKw),
      noLoadReactive: reactivePower(capacity, dec(loss.noLoadCurrentPercent ?? '0')),
      loadReactive: reactivePower(capacity, dec(loss.impedanceVoltagePercent ?? '0')),
      active,
      reactive,
      supplyHours,
      serviceHours: loss.serviceHours === undefined ? supplyHours : dec(loss.serviceHours),
      shiftCorrection: dec(loss.shiftCorrection ?? '1'),
    },
    places,
    path,
  );
}

function bySimplified(loss: TransformerLoss & { method: 'simplified' }, capacity: Decimal, active: Decimal, stretch: Stretch, places: LossPlaces, path: string): Loss {
  const month = stretch.whole ? MONTH_HOURS.times(stretch.months) : count(DAY_HOURS * countedDays(stretch));
  const hours = loss.supplyHours === undefined ? month : dec(loss.supplyHours);
  const ironLoss = loss.ironLossKwh === undefined ? ironLossOf(dec(loss.noLoadLossKw ?? '0'), hours) : monthlyPart(dec(loss.ironLossKwh), stretch, { decimals: null, rounding: 'half-up' });
  const stated = loss.copperLossSteps?.map((step) => ({ upToLoadRate: step.upToLoadRate === undefined ? null : dec(step.upToLoadRate), percent: dec(step.copperLossPercent) }));
  const steps = stated ?? (loss.copperLossPercent === undefined ? COPPER_STEPS : undefined);
  const loadRate = loadRateOf(active, hours, capacity, dec(loss.assumedPowerFactor ?? '1'));
  const copperLossPercent = steps === undefined ? dec(loss.copperLossPercent ?? '0') : copperLossPercentAt(loadRate, steps, path);
  const result = simplifiedLoss({ active, ironLoss, copperLossPercent, cableLoss: dec(loss.cableLossKwh ?? '0'), loadRate }, places);
  return { active: result.active, reactive: ZERO };
}

/** Loss of one transformer over the cycle, by its agreed method. */
function transformerLoss(loss: TransformerLoss, capacity: Decimal, active: Decimal, reactive: Decimal, stretch: Stretch, places: LossPlaces, path: string): Loss {
  switch (loss.method) {
    case 'formula':
      return byFormula(loss, capacity, active, reactive, stretch, places, path);
    case 'simplified':
      return bySimplified(loss, capacity, active, stretch, places, path);
    case 'table': {
      const rows = loss.rows.map((row) => ({ capacity: dec(row.capacityKva), upToEnergy: row.upToKwh === undefined ? null : dec(row.upToKwh), active: dec(row.monthlyActiveLossKwh), reactive: dec(row.monthlyReactiveLossKvarh ?? '0') }));
      const monthly = lossFromTable(rows, capacity, active, path);
      return { active: monthlyPart(monthly.active, stretch, places), reactive: monthlyPart(monthly.reactive, stretch, places) };
    }
    case 'fixed':
      return { active: monthlyPart(dec(loss.monthlyActiveLossKwh), stretch, places), reactive: monthlyPart(dec(loss.monthlyReactiveLossKvarh ?? '0'), stretch, places) };
    case 'percentage':
      return lossByPercent({ active, reactive }, { active: dec(loss.activePercent), reactive: dec(loss.reactivePercent ?? '0') }, places);
    case 'given':
      return { active: dec(loss.activeLossKwh), reactive: dec(loss.reactiveLossKvarh ?? '0') };
  }
}

/** The days on which the loss of a transformer (or line) is borne by some of its points: all, unless these were moved or metered in another way. */
function bearingDays(work: Work, bearers: readonly WorkPoint[]): Period {
  const days = bearers.map(({ point }) => daysOfPoint(point, work.document));
  return days.reduce((all, each) => ({ from: each.from < all.from ? each.from : all.from, to: each.to > all.to ? each.to : all.to }), days[0] ?? work.document.period);
}

function stretchOf(work: Work, transformer: DocumentTransformer | undefined, policies: Policies, bearers: readonly WorkPoint[]): Stretch {
  const period = bearingDays(work, bearers);
  const days = transformer === undefined ? null : runningDays(transformer, period, policies.minimumSuspensionDays);
  const months = wholeMonths(period);
  const ran = days === null ? Number.MAX_SAFE_INTEGER : days.running;
  const periodDays = daysIn(period);
  const running = Math.min(ran, periodDays);
  const basis = policies.lossDayBasis === 30 ? 30 : daysInMonth(monthOf(period.from));
  return { days: running, whole: months !== null && running === periodDays, months: months ?? 1, basis };
}

/** Adds an active loss to the periods of a point by energy, remainder to flat; gives back nothing. */
function addToPoint(work: Work, item: WorkPoint, kind: 'transformer' | 'line', active: Decimal, reactive: Decimal, policies: Policies): void {
  const no = item.point.usagePointNo;
  const { total } = item.active;
  const priced = firstRates(item)?.periods ?? [];
  const periods: Energies = {};
  for (const period of PRICE_PERIODS) {
    const energy = item.active[period];
    // A dial of a period that the plan does not price bears no loss while it stands still.
    if (energy !== undefined && (!energy.isZero() || priced.includes(period))) periods[period] = energy;
  }
  if (total !== undefined) item.active = { total: total.plus(active) };
  else {
    const shares = shareLossOverPeriods(active, periods, { decimals: Math.max(policies.energyDecimals, active.decimalPlaces()), rounding: policies.lossShareRounding });
    for (const [period, share] of Object.entries(shares)) {
      const key = period as keyof typeof shares;
      item.active[key] = (item.active[key] ?? ZERO).plus(share);
      work.figures.push({ id: `point:${no}:${kind}-loss:${period}`, rule: 'period-loss-share', value: text(share), unit: 'kWh', inputs: { loss: text(active) } });
    }
  }
  item.reactive = item.reactive.plus(reactive);
  if (kind === 'transformer') item.transformerLoss = item.transformerLoss.plus(active);
}

function loadTransformer(work: Work, transformer: DocumentTransformer, index: number, policies: Policies, places: LossPlaces): void {
  const { loss } = transformer;
  const bearers = work.points.filter((item) => item.point.role === 'billing' && item.point.transformerNo === transformer.transformerNo && item.point.meteringMode === 'high-low');
  if (loss === undefined || bearers.length === 0) return;
  const active = sum(bearers.map((item) => energyTotal(item.active)));
  const reactive = sum(bearers.map((item) => item.reactive));
  const stretch = stretchOf(work, transformer, policies, bearers);
  const total = transformerLoss(loss, dec(transformer.capacityKva), active, reactive, stretch, places, `/transformers/${index}/loss`);
  const no = transformer.transformerNo;
  const inputs = { method: loss.method, activeKwh: text(active), reactiveKvarh: text(reactive), runningDays: String(stretch.days) };
  work.figures.push({ id: `transformer:${no}:active-loss`, rule: `transformer-loss-${loss.method}`, value: text(total.active), unit: 'kWh', inputs });
  work.figures.push({ id: `transformer:${no}:reactive-loss`, rule: `transformer-loss-${loss.method}`, value: text(total.reactive), unit: 'kvarh', inputs });
  const weights = bearers.map((item) => ({ energy: energyTotal(item.active), capacity: dec(item.point.lossShare ?? '0'), fixed: dec(item.point.lossShare ?? '0') }));
  const activeShares = shareLossOverPoints(total.active, weights, policies.lossShareOverPoints, policies.energyDecimals);
  const reactiveShares = shareLossOverPoints(total.reactive, weights, policies.lossShareOverPoints, policies.energyDecimals);
  bearers.forEach((item, place) => addToPoint(work, item, 'transformer', activeShares[place] ?? ZERO, reactiveShares[place] ?? ZERO, policies));
}

function lineLoss(loss: LineLoss, active: Decimal, reactive: Decimal, stretch: Stretch, places: LossPlaces, path: string): Loss {
  switch (loss.method) {
    case 'formula': {
      const hours = loss.supplyHours === undefined ? count(DAY_HOURS * stretch.days) : dec(loss.supplyHours);
      const input = { resistance: dec(loss.lineResistanceOhmPerKm), length: dec(loss.lineLengthKm), voltage: dec(loss.lineVoltageKv), active, reactive, hours };
      return { active: lineLossByFormula(input, places, path), reactive: ZERO };
    }
    case 'percentage':
      return lossByPercent({ active, reactive }, { active: dec(loss.activePercent), reactive: dec(loss.reactivePercent ?? '0') }, places);
    case 'fixed':
      return { active: monthlyPart(dec(loss.monthlyActiveLossKwh), stretch, places), reactive: monthlyPart(dec(loss.monthlyReactiveLossKvarh ?? '0'), stretch, places) };
  }
}

/**
 * Step 4 of the order of calculation: transformer losses (one figure per transformer and cycle, shared over its
 * points metered on the low side, then over periods with the remainder to flat), then line losses point by point on
 * the energy that passes the line, transformer loss included.
 */
export function addLosses(work: Work, policies: Policies): void {
  const places: LossPlaces = { decimals: policies.lossDecimals ?? STORED_DECIMALS, rounding: policies.lossRounding };
  const transformers = (work.document.transformers ?? []).map((transformer, index) => ({ transformer, index }));
  transformers.sort((a, b) => (a.transformer.transformerNo < b.transformer.transformerNo ? -1 : 1));
  for (const { transformer, index } of transformers) loadTransformer(work, transformer, index, policies, places);
  for (const item of work.points) {
    const { lineLoss: loss, usagePointNo, transformerNo } = item.point;
    if (loss === undefined || item.point.role !== 'billing') continue;
    const transformer = work.document.transformers?.find((one) => one.transformerNo === transformerNo);
    const active = energyTotal(item.active);
    const found = lineLoss(loss, active, item.reactive, stretchOf(work, transformer, policies, [item]), places, `${item.path}/lineLoss`);
    work.figures.push({ id: `point:${usagePointNo}:line-loss`, rule: `line-loss-${loss.method}`, value: text(found.active), unit: 'kWh', inputs: { method: loss.method, activeKwh: text(active), reactiveKvarh: text(item.reactive) } });
    addToPoint(work, item, 'line', found.active, found.reactive, policies);
  }
}
