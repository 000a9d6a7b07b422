import { dec, isPlainDecimal } from '../quantity';
import { seasonsOf } from './calendar-validation';
import type { BlockScale, ResidentialBlocks, TariffCalendar, TariffDocument, TariffPlan } from './tariff-document';
import { incompleteBlocks, isIncomplete, TariffProblems } from './tariff-problem';
import type { PricePeriod, Voltage } from './vocabulary';

const DECIMALS = /^-?\d{1,6}(\.\d{1,8})?$/;

/** Checks one printed price: plain notation, up to 8 decimals, and not negative where it may not be. */
export function checkPrice(price: string, path: string, problems: TariffProblems, mayBeNegative = false): void {
  if (!DECIMALS.test(price)) problems.add('TARIFF.PRICE_DECIMALS', path, 'yuan as printed, up to 8 decimals', { price });
  else if (!mayBeNegative && price.startsWith('-')) problems.add('TARIFF.PRICE_NEGATIVE', path, 'zero or more', { price });
}

/** The voltages that a plan has a price for. */
export function pricedVoltages(plan: TariffPlan): Voltage[] {
  const voltages = new Set<Voltage>(plan.prices.flatMap((row) => row.voltages));
  for (const scale of plan.blocks?.scales ?? []) {
    for (const block of scale.blocks) for (const row of block.prices ?? []) for (const voltage of row.voltages) voltages.add(voltage);
  }
  return [...voltages];
}

/** The periods that a plan must price at a voltage in each season: `total` where plain, else those of the windows. */
function periodsBySeason(plan: TariffPlan, calendar: TariffCalendar | undefined, voltage: Voltage): Map<string | null, PricePeriod[]> {
  const result = new Map<string | null, PricePeriod[]>();
  if (calendar === undefined) {
    result.set(null, plan.timeOfUse ? [] : ['total']);
    return result;
  }
  for (let month = 1; month <= 12; month += 1) {
    const season = seasonsOf(calendar, voltage, month)[0];
    if (season === undefined) continue;
    result.set(season.season, plan.timeOfUse ? [...new Set(season.windows.map((window) => window.period))] : ['total']);
  }
  return result;
}

function checkRows(tariff: TariffDocument, plan: TariffPlan, path: string, problems: TariffProblems): void {
  const components = new Set(tariff.components.map((component) => component.component));
  const calendar = tariff.calendars.find((one) => one.calendarId === plan.calendarId);
  const seasons = new Set(calendar?.seasons.map((season) => season.season) ?? []);
  plan.prices.forEach((row, index) => {
    const at = `${path}/prices/${index}`;
    if (row.season !== undefined && !seasons.has(row.season)) {
      problems.add('TARIFF.SEASON_UNKNOWN', `${at}/season`, [...seasons].join(', ') || 'no season: the plan has no calendar', { season: row.season });
    }
    for (const [component, prices] of Object.entries(row.prices)) {
      if (!components.has(component)) {
        problems.add('TARIFF.COMPONENT_UNKNOWN', `${at}/prices/${component}`, [...components].join(', '), { component });
      }
      for (const [period, price] of Object.entries(prices)) {
        checkPrice(price, `${at}/prices/${component}/${period}`, problems, true);
        if ((period === 'total') === (plan.timeOfUse && plan.factors?.byPeriod === undefined)) {
          problems.add('TARIFF.PERIOD_UNKNOWN', `${at}/prices/${component}/${period}`, plan.timeOfUse ? 'sharp, peak, flat, valley, deep-valley' : 'total', { period });
        }
      }
    }
  });
}

/** Every component that a plan prices anywhere must have one price for each voltage, season and period. */
function checkCoverage(tariff: TariffDocument, plan: TariffPlan, path: string, problems: TariffProblems): void {
  const calendar = tariff.calendars.find((one) => one.calendarId === plan.calendarId);
  const used = [...new Set(plan.prices.flatMap((row) => Object.keys(row.prices)))];
  for (const voltage of pricedVoltages(plan)) {
    if (isIncomplete(tariff, plan.planId, voltage)) continue;
    for (const [season, periods] of periodsBySeason(plan, calendar, voltage)) {
      for (const period of plan.factors?.byPeriod === undefined ? periods : (['total'] as const)) {
        for (const component of used) {
          const rows = plan.prices.filter(
            (row) => row.voltages.includes(voltage) && (row.season === undefined || row.season === season) && row.prices[component]?.[period] !== undefined,
          );
          if (rows.length === 1) continue;
          problems.add(rows.length === 0 ? 'TARIFF.PRICE_MISSING' : 'TARIFF.PRICE_DUPLICATE', `${path}/prices`, 'one price for each component, voltage, season and period', {
            planId: plan.planId,
            component,
            voltage,
            season: season ?? '',
            period,
          });
        }
      }
    }
  }
}

/** Where prices come from factors, every season and period of the calendar needs its factor. */
function checkFactors(tariff: TariffDocument, plan: TariffPlan, path: string, problems: TariffProblems): void {
  const { factors } = plan;
  if (factors === undefined) return;
  const calendar = tariff.calendars.find((one) => one.calendarId === plan.calendarId);
  for (const voltage of pricedVoltages(plan)) {
    for (const [season, periods] of periodsBySeason(plan, calendar, voltage)) {
      if (season !== null && factors.bySeason !== undefined && factors.bySeason[season] === undefined) {
        problems.add('TARIFF.PRICE_MISSING', `${path}/factors/bySeason`, 'a factor for each season', { planId: plan.planId, season, voltage });
      }
      for (const period of factors.byPeriod === undefined ? [] : periods) {
        if (period !== 'total' && factors.byPeriod?.[period] === undefined) {
          problems.add('TARIFF.PRICE_MISSING', `${path}/factors/byPeriod`, 'a factor for each period', { planId: plan.planId, period, voltage });
        }
      }
    }
  }
}

function checkScale(plan: TariffPlan, blocks: ResidentialBlocks, scale: BlockScale, path: string, problems: TariffProblems): void {
  let previous = dec('0');
  scale.blocks.forEach((block, index) => {
    const isLast = index === scale.blocks.length - 1;
    const limit = block.upToKwh;
    const sound = isLast ? limit === null : limit !== null && isPlainDecimal(limit) && dec(limit).gt(previous);
    if (!sound) problems.add('TARIFF.BLOCK_LIMITS', `${path}/blocks/${index}/upToKwh`, 'rising limits, null on the last block only', { limit: limit ?? 'null' });
    else if (limit !== null) previous = dec(limit);
    const needsIncrement = blocks.method === 'base-plus-increment' || blocks.crossingMonth === 'uniform-increment';
    if (block.incrementPerKwh !== undefined) checkPrice(block.incrementPerKwh, `${path}/blocks/${index}/incrementPerKwh`, problems);
    else if (needsIncrement) problems.add('TARIFF.BLOCK_PRICE_MISSING', `${path}/blocks/${index}/incrementPerKwh`, 'yuan per kWh over the base price', { planId: plan.planId });
    for (const row of block.prices ?? []) {
      for (const [period, price] of Object.entries(row.pricePerKwh)) checkPrice(price, `${path}/blocks/${index}/prices/${period}`, problems);
    }
  });
}

function checkBlocks(tariff: TariffDocument, plan: TariffPlan, blocks: ResidentialBlocks, path: string, problems: TariffProblems): void {
  for (let month = 1; month <= 12; month += 1) {
    const count = blocks.scales.filter((scale) => scale.months?.includes(month) ?? true).length;
    if (count !== 1) {
      problems.add(count === 0 ? 'TARIFF.MONTH_NOT_COVERED' : 'TARIFF.MONTH_OVERLAP', `${path}/scales`, 'each month in exactly one scale', { month: String(month) });
      break;
    }
  }
  const calendar = tariff.calendars.find((one) => one.calendarId === plan.calendarId);
  blocks.scales.forEach((scale, index) => {
    checkScale(plan, blocks, scale, `${path}/scales/${index}`, problems);
    if (blocks.method !== 'per-block-price') return;
    for (const voltage of pricedVoltages(plan)) {
      if (isIncomplete(tariff, plan.planId, voltage)) continue;
      const openBlocks = incompleteBlocks(tariff, plan.planId);
      const needed = new Set([...periodsBySeason(plan, calendar, voltage).values()].flat());
      scale.blocks.forEach((block, number) => {
        const row = block.prices?.find((one) => one.voltages.includes(voltage));
        for (const period of needed) {
          if (row?.pricePerKwh[period] === undefined && !openBlocks.includes(number + 1)) {
            problems.add('TARIFF.BLOCK_PRICE_MISSING', `${path}/scales/${index}/blocks/${number}/prices`, 'a price for each voltage and period of the plan', { planId: plan.planId, voltage, period });
          }
        }
      });
    }
  });
}

/** Checks one plan: calendar, complete prices, basic prices, blocks. */
export function checkPlan(tariff: TariffDocument, plan: TariffPlan, path: string, problems: TariffProblems): void {
  const calendar = tariff.calendars.find((one) => one.calendarId === plan.calendarId);
  if (plan.calendarId === undefined) {
    if (plan.timeOfUse) problems.add('TARIFF.CALENDAR_MISSING', `${path}/calendarId`, tariff.calendars.map((one) => one.calendarId).join(', '), { planId: plan.planId });
  } else if (calendar === undefined) {
    problems.add('TARIFF.CALENDAR_UNKNOWN', `${path}/calendarId`, tariff.calendars.map((one) => one.calendarId).join(', '), { calendarId: plan.calendarId });
  } else if (!calendar.complete && plan.timeOfUse && pricedVoltages(plan).some((voltage) => !isIncomplete(tariff, plan.planId, voltage))) {
    problems.add('TARIFF.CALENDAR_INCOMPLETE', `${path}/calendarId`, 'a complete calendar, or the plan declared under incomplete', { calendarId: calendar.calendarId });
  }
  checkRows(tariff, plan, path, problems);
  checkCoverage(tariff, plan, path, problems);
  checkFactors(tariff, plan, path, problems);
  if (plan.blocks !== undefined) checkBlocks(tariff, plan, plan.blocks, `${path}/blocks`, problems);
  if (plan.parts !== 'two-part') return;
  for (const voltage of pricedVoltages(plan)) {
    const rows = (plan.basicPrices ?? []).filter((row) => row.voltages.includes(voltage));
    if (rows.length !== 1 && !isIncomplete(tariff, plan.planId, voltage)) {
      problems.add(rows.length === 0 ? 'TARIFF.BASIC_PRICE_MISSING' : 'TARIFF.PRICE_DUPLICATE', `${path}/basicPrices`, 'one row of basic prices for each voltage', { planId: plan.planId, voltage });
    }
  }
}
