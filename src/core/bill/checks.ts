import { daysIn } from '../calendar';
import { checkDemand, checkUsage } from '../metering';
import { dec, Decimal, sum } from '../quantity';
import { energyTotal } from '../usage';
import { ownTransformers } from './capacity-lines';
import { runningDays } from './running-days';
import type { Work, WorkPoint } from './work';

const INDUSTRY = ['general-industrial-commercial', 'large-industrial', 'non-residential'];
const KVA_315 = new Decimal(315);
const KVA_100 = new Decimal(100);

function decOrNull(value: string | null): Decimal | null {
  return value === null ? null : dec(value);
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
    days: daysIn(work.document.period),
    usualPerDay: usual === undefined ? null : dec(usual),
    jumpPercent: decOrNull(policies.usageJumpPercent),
    dropPercent: decOrNull(policies.usageDropPercent),
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
  for (const { terms, policies, tariff } of work.segments) {
    if (terms.approvedCapacityKva === undefined || !INDUSTRY.includes(terms.category)) continue;
    const capacity = dec(terms.approvedCapacityKva);
    const { parts, timeOfUse } = tariff.plan(terms.planId);
    const params = { planId: terms.planId, approvedCapacityKva: terms.approvedCapacityKva };
    const mustBeTwoPart = policies.planChoice !== 'free' && capacity.greaterThanOrEqualTo(KVA_315);
    const mustBeSinglePart = policies.planChoice === '315-kva' ? capacity.lessThan(KVA_315) : policies.planChoice === '2023-06-01' && capacity.lessThanOrEqualTo(KVA_100);
    if ((mustBeTwoPart && parts === 'single-part') || (mustBeSinglePart && parts === 'two-part')) {
      work.findings.push({ code: 'BILL.PLAN_DOES_NOT_FIT_CAPACITY', severity: 'notice', subject: terms.planId, params });
    }
    const compulsory = decOrNull(policies.timeOfUseCompulsoryFromKw);
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
