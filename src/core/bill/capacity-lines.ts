import { daysInMonth, monthOf } from '../calendar';
import { capacityCharge, capacityDayBasis, capacityDayRuleOf, capacityMonth, CapacityMonth, shareWhileSuspendedOf, withRunDays } from '../charges';
import { CoreError } from '../errors';
import { count, dec, Decimal, round, sum, text, ZERO } from '../quantity';
import type { Policies } from '../policy';
import type { DocumentTransformer } from './calculation-document';
import { GROUP_LABELS } from './line-labels';
import { addLine, QUANTITY_DECIMALS } from './line-writer';
import { RunningDays, runningDays, wholeMonths } from './running-days';
import type { Segment } from './segments';
import type { Work } from './work';

/** What capacity is charged of: an own transformer, or the approved capacity where the document has none. */
interface CapacitySource {
  readonly name: string;
  readonly capacity: Decimal;
  readonly transformer: DocumentTransformer | null;
}

/** Own transformers of the account (or of the circuit that the bill is for). */
export function ownTransformers(work: Work): readonly DocumentTransformer[] {
  const { transformers, billedCircuitNo } = work.document;
  return (transformers ?? []).filter((one) => one.ownership === 'own' && (billedCircuitNo === undefined || one.supplyCircuitNo === billedCircuitNo));
}

/**
 * Approved capacity that the bill is for, kVA: the account's, or on a bill for one of several circuits that of the
 * circuit, since the account's would stand on each of them.
 */
export function approvedCapacity(work: Work, segment: Segment): string | undefined {
  const { billedCircuitNo, supplyCircuits = [] } = work.document;
  const { approvedCapacityKva } = segment.terms;
  if (billedCircuitNo === undefined) return approvedCapacityKva;
  const own = supplyCircuits.find((one) => one.supplyCircuitNo === billedCircuitNo)?.approvedCapacityKva;
  return own ?? (supplyCircuits.length === 1 ? approvedCapacityKva : undefined);
}

/** Contract capacity of a segment, kVA: the approved one, else the sum of the own transformers that ran; null where neither is known. */
export function contractCapacity(work: Work, segment: Segment): Decimal | null {
  const approvedCapacityKva = approvedCapacity(work, segment);
  if (approvedCapacityKva !== undefined) return dec(approvedCapacityKva);
  const ran = ownTransformers(work).filter((one) => runningDays(one, work.document.period, 0).running > 0);
  return ran.length === 0 ? null : sum(ran.map((one) => dec(one.capacityKva)));
}

function sources(work: Work, segment: Segment): CapacitySource[] {
  const own = [...ownTransformers(work)].sort((a, b) => (a.transformerNo < b.transformerNo ? -1 : 1));
  if (own.length > 0) return own.map((one) => ({ name: one.transformerNo, capacity: dec(one.capacityKva), transformer: one }));
  const approvedCapacityKva = approvedCapacity(work, segment);
  if (approvedCapacityKva === undefined) {
    throw new CoreError('BILL.CAPACITY_MISSING', '/terms', { allowed: 'own transformers or approvedCapacityKva' });
  }
  return [{ name: 'approved-capacity', capacity: dec(approvedCapacityKva), transformer: null }];
}

/** Days of a cycle as the rule divides them: one month by its own rule, several months and parts of one by days. */
export function monthOfService(work: Work, days: RunningDays, policies: Policies): CapacityMonth {
  const { period, billingMonth } = work.document;
  const months = wholeMonths(period);
  const rule = capacityDayRuleOf(policies.capacityDayRule, billingMonth);
  const running = days.running + days.tooShort;
  if (months === 1) return withRunDays(capacityMonth(rule, days.periodDays, running, days.suspended), policies.capacityRunDays);
  const dayBasis = capacityDayBasis(rule, daysInMonth(monthOf(period.from)));
  if (months !== null && months > 1) {
    if (running === days.periodDays) return { dayBasis, serviceDays: dayBasis * months, suspendedDays: 0 };
    const service = Math.min(running, dayBasis * months);
    const filled = running + days.suspended === days.periodDays;
    return { dayBasis, serviceDays: service, suspendedDays: filled ? dayBasis * months - service : days.suspended };
  }
  return { dayBasis, serviceDays: running, suspendedDays: days.suspended };
}

function daysOf(work: Work, source: CapacitySource, period: { readonly from: string; readonly to: string }, policies: Policies): RunningDays {
  if (source.transformer !== null) return runningDays(source.transformer, period, policies.minimumSuspensionDays, work.document.period.to);
  const days = work.segments.reduce((total, segment) => total + (segment.from >= period.from && segment.to <= period.to ? segment.days : 0), 0);
  return { periodDays: days, running: days, suspended: 0, tooShort: 0 };
}

function weightOf(days: RunningDays, share: Decimal): Decimal {
  return count(days.running + days.tooShort).plus(share.times(days.suspended));
}

/**
 * Capacity charge of a segment: per transformer kVA × price × charged part of the month. Where the cycle is cut, each
 * segment bears the part of the whole that its charged days are.
 */
export function addCapacityLines(work: Work, segment: Segment): void {
  const { policies, terms, tariff } = segment;
  const price = tariff.basicPrices(terms.planId, terms.voltage).capacityPricePerKvaMonth;
  if (price === null) throw tariff.error('TARIFF.PRICE_MISSING', { planId: terms.planId, voltage: terms.voltage, item: 'capacity price' });
  const share = shareWhileSuspendedOf(policies.shareWhileSuspended, work.document.billingMonth);
  const named = policies.powerFactorBase;
  for (const source of sources(work, segment)) {
    const days = daysOf(work, source, work.document.period, policies);
    const month = monthOfService(work, days, policies);
    const whole = capacityCharge({ capacity: source.capacity, price: price.value, month, shareWhileSuspended: share }, segment.money);
    let { quantity, exactAmount, amount } = whole;
    if (work.segments.length > 1) {
      const all = sum(work.segments.map((one) => weightOf(daysOf(work, source, one, policies), share)));
      const part = weightOf(daysOf(work, source, segment, policies), share);
      quantity = all.isZero() ? ZERO : quantity.times(part).div(all);
      exactAmount = quantity.times(price.value);
      amount = round(exactAmount, policies.moneyDecimals, policies.moneyRounding);
    }
    const id = `capacity:${source.name}`;
    if (!work.figures.some((figure) => figure.id === id)) {
      work.figures.push({
        id,
        rule: 'capacity-charge',
        value: text(round(whole.quantity, QUANTITY_DECIMALS)),
        unit: 'kVA',
        inputs: { capacityKva: text(source.capacity), serviceDays: String(month.serviceDays), suspendedDays: String(month.suspendedDays), dayBasis: String(month.dayBasis), shareWhileSuspended: text(share) },
      });
    }
    if (quantity.isZero()) continue;
    addLine(work, segment, {
      group: 'capacity-charge',
      item: source.name,
      label: GROUP_LABELS['capacity-charge'],
      quantity,
      unit: 'kVA-month',
      price: price.text,
      exactAmount,
      amount,
      rule: 'capacity-charge',
      from: [id],
      base: named === null || named.includes('capacity-charge') ? amount : null,
    });
  }
}
