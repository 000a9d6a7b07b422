import { CoreError } from '../errors';
import type { Policies } from '../policy';
import { completeOrder } from '../policy';
import { daysIn } from '../calendar';
import { count, dec, Decimal, round, text, ZERO } from '../quantity';
import type { PricePeriod } from '../tariff';
import { deductSubMeters, energyTotal, TreePoint } from '../usage';
import type { CalculationDocument, DocumentUsagePoint, EnergyAdjustment } from './calculation-document';
import { meterPoint } from './metered-energy';
import { agreedMean, firstRates } from './point-content';
import { wholeMonths } from './running-days';
import type { Energies, Work, WorkPoint } from './work';

const SHORTEST_MONTH = 28;
const LONGEST_MONTH = 31;
const MONTH_DAYS = 30;

function decimals(energies: Readonly<Partial<Record<PricePeriod, string>>>): Energies {
  const result: Energies = {};
  for (const key in energies) {
    const energy = energies[key as PricePeriod];
    if (energy !== undefined) result[key as PricePeriod] = dec(energy);
  }
  return result;
}

function takeStated(item: WorkPoint, stated: NonNullable<DocumentUsagePoint['statedEnergy']>): void {
  item.active = decimals(stated.activeKwh);
  item.reactive = dec(stated.reactiveForwardKvarh ?? '0').abs().plus(dec(stated.reactiveReverseKvarh ?? '0').abs());
  item.reactiveKnown = stated.reactiveForwardKvarh !== undefined || stated.reactiveReverseKvarh !== undefined;
  item.maximumDemand = stated.maximumDemandKw === undefined ? null : dec(stated.maximumDemandKw);
}

/**
 * Brings energies into the shape of the plan. A time-of-use meter cannot be set to a plain price; a plain meter under
 * a time-of-use plan is refused or priced as flat by policy; fixed quantities have no hours and count as flat.
 */
function shapeLikePlan(item: WorkPoint, policies: Policies): void {
  const plan = firstRates(item)?.plan;
  if (plan === undefined) return;
  const plainOnly = Object.keys(item.active).every((period) => period === 'total');
  if (plan.timeOfUse && plainOnly && item.active.total !== undefined) {
    const isMetered = item.point.kind === 'metered';
    if (isMetered && policies.plainMeterOnTimeOfUsePlan === 'refused') {
      throw new CoreError('BILL.PLAIN_METER_ON_TIME_OF_USE_PLAN', item.path, { usagePointNo: item.point.usagePointNo, planId: plan.planId });
    }
    item.active = { flat: item.active.total };
  } else if (!plan.timeOfUse && !plainOnly) {
    throw new CoreError('BILL.TIME_OF_USE_METER_ON_PLAIN_PLAN', item.path, { usagePointNo: item.point.usagePointNo, planId: plan.planId });
  }
}

/** Adds adjustments of one stage; energy never falls below zero by them. */
export function applyAdjustments(work: Work, item: WorkPoint, stage: EnergyAdjustment['stage']): void {
  for (const [index, adjustment] of (item.point.adjustments ?? []).entries()) {
    if (adjustment.stage !== stage) continue;
    const path = `${item.path}/adjustments/${index}`;
    for (const [key, amount] of Object.entries(adjustment.activeKwh ?? {})) {
      const period = key as PricePeriod;
      if ((period === 'total') !== (item.active.total !== undefined)) {
        throw new CoreError('USAGE.ADJUSTMENT_PERIOD', path, { usagePointNo: item.point.usagePointNo, period });
      }
      const adjusted = (item.active[period] ?? ZERO).plus(dec(amount));
      if (adjusted.isNegative() && !adjusted.isZero()) {
        throw new CoreError('USAGE.ADJUSTMENT_EXCEEDS_ENERGY', path, { usagePointNo: item.point.usagePointNo, period, adjustment: amount });
      }
      item.active[period] = adjusted;
      work.figures.push({ id: `point:${item.point.usagePointNo}:adjustment:${adjustment.adjustmentId}:${period}`, rule: `adjustment-${stage}`, value: amount, unit: 'kWh', inputs: { reason: adjustment.reason } });
    }
    if (adjustment.reactiveKvarh !== undefined) {
      item.reactive = item.reactive.plus(dec(adjustment.reactiveKvarh));
      if (item.reactive.isNegative()) item.reactive = ZERO;
      item.reactiveKnown = true;
    }
  }
}

function treePoint(item: WorkPoint, { period }: CalculationDocument): TreePoint {
  const { point } = item;
  const parents = point.parents ?? [];
  const base = { pointId: point.usagePointNo, parents };
  if (parents.length > 0 && point.kind === 'fixed-quantity') return { ...base, relation: 'fixed-quantity', fixedQuantity: item.active.total ?? ZERO };
  if (parents.length > 0 && point.kind === 'fixed-ratio') return { ...base, relation: 'fixed-ratio', ratioPercent: agreedMean(point, 'fixedRatioPercent', period) };
  return { ...base, relation: 'sub-meter', metered: item.active };
}

/** Sub-meters, fixed quantities and fixed ratios are taken off their parents; check meters stay outside. */
function deduct(work: Work, policies: Policies): void {
  const inTree = work.points.filter((item) => item.point.role !== 'check');
  const results = deductSubMeters(inTree.map((item) => treePoint(item, work.document)), {
    order: completeOrder(policies.deductionOrder, ['sub-meter', 'fixed-quantity', 'fixed-ratio']),
    plainChild: { method: policies.plainChildDeduction, order: completeOrder(policies.plainChildDeductionOrder, ['flat', 'peak', 'valley', 'sharp', 'deep-valley']) },
    ratioDecimals: policies.energyDecimals,
    ratioRounding: policies.energyRounding,
  });
  results.forEach((result, index) => {
    const item = inTree[index];
    if (item === undefined) return;
    const no = item.point.usagePointNo;
    item.active = { ...result.billed };
    const gross = energyTotal(result.gross);
    if (!gross.equals(result.billedTotal) || item.point.kind !== 'metered') {
      work.figures.push({ id: `point:${no}:after-deduction`, rule: 'sub-meter-deduction', value: text(result.billedTotal), unit: 'kWh', inputs: { gross: text(gross) } });
    }
    if (result.shortage.greaterThan(0)) {
      work.findings.push({ code: 'USAGE.NOT_ENOUGH_TO_DEDUCT', severity: 'blocking', subject: no, params: { shortageKwh: text(result.shortage) } });
    }
  });
}

/** A monthly quantity for the cycle: whole for a month (28 to 31 days), × months for several, else × days ÷ 30. */
function fixedQuantity(work: Work, { point }: WorkPoint, policies: Policies): Decimal {
  const { period } = work.document;
  const agreed = agreedMean(point, 'fixedQuantityKwh', period);
  const monthly = point.changes === undefined ? agreed : round(agreed, policies.energyDecimals, policies.energyRounding);
  const days = daysIn(period);
  const months = wholeMonths(period) ?? (days >= SHORTEST_MONTH && days <= LONGEST_MONTH ? 1 : null);
  if (months === 1) return monthly;
  if (months !== null) return monthly.times(count(months));
  return round(monthly.times(count(days)).div(count(MONTH_DAYS)), policies.energyDecimals, policies.energyRounding);
}

function takeSource(work: Work, item: WorkPoint, policies: Policies): void {
  const { point }: { point: DocumentUsagePoint } = item;
  if (point.kind === 'metered') {
    if (point.statedEnergy === undefined) meterPoint(work, item, policies);
    else takeStated(item, point.statedEnergy);
  } else if (point.kind === 'fixed-quantity') {
    item.active = { total: fixedQuantity(work, item, policies) };
  } else if (point.kind === 'frozen' && point.frozen !== undefined) {
    item.active = decimals(point.frozen.activeKwh);
  }
}

/** Steps 1 and 2: metered (or stated, fixed, frozen) energy of every point, with its adjustments before losses. */
export function findMeteredEnergies(work: Work, policies: Policies): void {
  for (const item of work.points) {
    takeSource(work, item, policies);
    if (item.point.adjustments !== undefined) applyAdjustments(work, item, 'before-losses');
    item.metered = { ...item.active };
  }
}

/**
 * Steps 1 to 3 of the order of calculation: metered (or stated, fixed, frozen) energy of every point, adjustments
 * before losses, deduction of sub-meters, fixed quantities and fixed ratios.
 */
export function findPointEnergies(work: Work, policies: Policies): void {
  findMeteredEnergies(work, policies);
  if (work.points.some((item) => (item.point.parents?.length ?? 0) > 0)) deduct(work, policies);
  for (const item of work.points) shapeLikePlan(item, policies);
}
