import { isLocalDate } from '../calendar';
import { dec } from '../quantity';
import { policyProblems } from '../policy';
import { checkCalendar } from './calendar-validation';
import { checkPlan, checkPrice } from './plan-validation';
import type { TariffDocument } from './tariff-document';
import { TariffProblem, TariffProblems } from './tariff-problem';

function checkUnique(names: readonly string[], path: string, field: string, problems: TariffProblems): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) problems.add('TARIFF.DUPLICATE', `${path}/${index}/${field}`, 'each name once', { name });
    seen.add(name);
  });
}

function checkSurcharges(tariff: TariffDocument, problems: TariffProblems): void {
  const plans = new Set(tariff.plans.map((plan) => plan.planId));
  tariff.surcharges.forEach((surcharge, index) => {
    const path = `/surcharges/${index}`;
    checkPrice(surcharge.pricePerKwh, `${path}/pricePerKwh`, problems);
    for (const planId of surcharge.planIds ?? []) {
      if (!plans.has(planId)) problems.add('TARIFF.PLAN_UNKNOWN', `${path}/planIds`, [...plans].join(', '), { planId });
    }
  });
}

/** Days that the calendar does not have (30 February) pass the shape, but nothing can be in force on them. */
function checkDates(tariff: TariffDocument, problems: TariffProblems): void {
  const dates: [string, string | null][] = [['/validFrom', tariff.validFrom], ['/validTo', tariff.validTo]];
  tariff.laterTaxRates?.forEach(({ from }, index) => dates.push([`/laterTaxRates/${index}/from`, from]));
  for (const [path, date] of dates) {
    if (date !== null && !isLocalDate(date)) problems.add('TARIFF.DATE', path, 'a day of the calendar, YYYY-MM-DD', { date });
  }
}

/**
 * All that is wrong with a tariff whose shape has been validated: gaps and overlaps of the day and of the year,
 * missing or doubled prices, prices with too many decimals, unknown components, seasons, calendars, plans and
 * policies, block limits that do not rise. Every problem is reported, not only the first; none means publishable.
 */
export function tariffProblems(tariff: TariffDocument): TariffProblem[] {
  const problems = new TariffProblems();
  checkDates(tariff, problems);
  if (tariff.validTo !== null && tariff.validTo <= tariff.validFrom) {
    problems.add('TARIFF.VALIDITY_EMPTY', '/validTo', 'a day after validFrom, or null', { validFrom: tariff.validFrom, validTo: tariff.validTo });
  }
  if (dec(tariff.taxRatePercent).isNegative() || dec(tariff.taxRatePercent).gte(100)) {
    problems.add('TARIFF.TAX_RATE', '/taxRatePercent', '0 to below 100', { taxRatePercent: tariff.taxRatePercent });
  }
  if (tariff.policies !== undefined) {
    for (const problem of policyProblems(tariff.policies)) problems.add(problem.code, problem.path, problem.allowed);
  }
  checkUnique(tariff.calendars.map((one) => one.calendarId), '/calendars', 'calendarId', problems);
  checkUnique(tariff.components.map((one) => one.component), '/components', 'component', problems);
  checkUnique(tariff.plans.map((one) => one.planId), '/plans', 'planId', problems);
  tariff.calendars.forEach((calendar, index) => checkCalendar(calendar, `/calendars/${index}`, problems));
  tariff.plans.forEach((plan, index) => {
    checkPlan(tariff, plan, `/plans/${index}`, problems);
    plan.addOns?.forEach((addOn, number) => checkPrice(addOn.pricePerKwh, `/plans/${index}/addOns/${number}/pricePerKwh`, problems, true));
    plan.basicPrices?.forEach((row, number) => {
      for (const key of ['capacityPricePerKvaMonth', 'demandPricePerKwMonth'] as const) {
        const price = row[key];
        if (price !== undefined) checkPrice(price, `/plans/${index}/basicPrices/${number}/${key}`, problems);
      }
    });
  });
  checkSurcharges(tariff, problems);
  const plans = tariff.plans.map((plan) => plan.planId);
  (tariff.incomplete ?? []).forEach((part, index) => {
    if (!plans.includes(part.planId)) problems.add('TARIFF.PLAN_UNKNOWN', `/incomplete/${index}/planId`, plans.join(', '), { planId: part.planId });
  });
  return problems.found;
}
