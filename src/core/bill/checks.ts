import { daysIn } from '../calendar';
import { checkDemand, checkUsage } from '../metering';
import { constant, dec, Decimal, sum, text } from '../quantity';
import { allowedParts } from '../tariff';
import { energyTotal } from '../usage';
import { contractCapacity, ownTransformers } from './capacity-lines';
import { daysOfPoint } from './point-content';
import { runningDays } from './running-days';
import type { Work, WorkPoint } from './work';

const INDUSTRY = ['general-industrial-commercial', 'large-industrial', 'non-residential'];

function constantOrNull(value: string | null): Decimal | null {
  return value === null ? null : constant(value);
}

function checkPoint(work: Work, item: WorkPoint): void {
  const { usagePointNo, transformerNo } = item.point;
  const usual = work.document.history?.dailyEnergyKwh?.[usagePointNo];
  const energy = energyTotal(item.metered);
  const policies = work.segments[0]?.policies;
  if (policies === undefined) return;
  const transformer = work.document.transformers?.find((one) => one.transformerNo === transformerNo);
  const days = transformer === undefined ? null : runningDays(transformer, work.document.period, 0);
  const suspended = days !== null && days.running === 0 && days.suspended > 0;
  const findings = checkUsage({
    energy,
    days: daysIn(daysOfPoint(item.point, work.document)),
    usualPerDay: usual === undefined ? null : dec(usual),
    jumpPercent: constantOrNull(policies.usageJumpPercent),
    dropPercent: constantOrNull(policies.usageDropPercent),
    state: suspended ? 'suspended' : 'running',
  });
  for (const finding of findings) {
    work.findings.push({ ...finding, severity: finding.code === 'METERING.USE_WHILE_SUSPENDED' ? 'blocking' : 'notice', subject: usagePointNo });
  }
}

function checkDemands(work: Work): void {
  const percent = work.segments[0]?.policies.demandOfCapacityPercent ?? null;
  const own = ownTransformers(work);
  const demands = work.points.filter((item) => item.maximumDemand !== null);
  if (percent === null || own.length === 0) return;
  const capacity = sum(own.filter((one) => runningDays(one, work.document.period, 0).running > 0).map((one) => dec(one.capacityKva)));
  for (const item of demands) {
    if (item.maximumDemand === null) continue;
    for (const finding of checkDemand(item.maximumDemand, capacity, dec(percent))) {
      work.findings.push({ ...finding, severity: 'notice', subject: item.point.usagePointNo });
    }
  }
}

/** Which plans a capacity may have; told to a person, the bill follows the account's terms. */
function checkPlans(work: Work): void {
  for (const segment of work.segments) {
    const { terms, policies, tariff } = segment;
    const capacity = INDUSTRY.includes(terms.category) ? contractCapacity(work, segment) : null;
    if (capacity === null) continue;
    const { parts, timeOfUse } = tariff.plan(terms.planId);
    const params = { planId: terms.planId, capacityKva: text(capacity) };
    const allowed = allowedParts(capacity, segment.from, policies.planChoice);
    if (!allowed.includes(parts)) {
      work.findings.push({ code: 'BILL.PLAN_DOES_NOT_FIT_CAPACITY', severity: 'notice', subject: terms.planId, params: { ...params, allowed: allowed.join(', ') } });
    }
    const compulsory = constantOrNull(policies.timeOfUseCompulsoryFromKw);
    if (!timeOfUse && compulsory !== null && capacity.greaterThanOrEqualTo(compulsory)) {
      work.findings.push({ code: 'BILL.TIME_OF_USE_COMPULSORY', severity: 'notice', subject: terms.planId, params });
    }
  }
}

/** Plausibility of the metered energies against the account's own history and equipment. Nothing is changed by it. */
export function addChecks(work: Work): void {
  for (const item of work.points) if (item.point.kind === 'metered' && item.point.role !== 'check') checkPoint(work, item);
  checkDemands(work);
  checkPlans(work);
}
