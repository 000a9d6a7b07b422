import {
  BlockBalances, chargeBaseAndIncrements, chargeTimeOfUseBlocks, drawFromBlocks, extendBlocks, openBlockYear,
} from '../../core/charges';
import { monthNumber, yearOf } from '../../core/calendar';
import { dec, Decimal, ZERO } from '../../core/quantity';
import { isObject, Json, JsonObject, readDecimal } from '../case-policy';
import { CaseProblem } from '../problems';
import { activeEnergy, nameOf, PERIODS, PeriodValues, periodObject, periodValues } from '../periods';
import { partName, Scope } from '../scope';

function listOf(scope: Scope, name: string): readonly (Decimal | null)[] {
  const value = scope.raw(name);
  if (!Array.isArray(value)) throw new CaseProblem(`${name} is missing`);
  return value.map((each: Json) => (each === null ? null : readDecimal(each, name)));
}

/** Increments block by block; block 1 has none and may be left out. */
function increments(scope: Scope, name: string, blocks: number): readonly Decimal[] {
  const stated = listOf(scope, name).map((each) => each ?? ZERO);
  return stated.length === blocks - 1 ? [ZERO, ...stated] : stated;
}

interface AnnualTerms {
  readonly widths: readonly (Decimal | null)[];
  readonly increments: readonly Decimal[];
  readonly basePrice: Decimal;
}

function chargeAnnualBill(bill: Scope, balances: BlockBalances, terms: AnnualTerms): BlockBalances {
  const { energies, after } = drawFromBlocks(balances, activeEnergy(bill) ?? bill.need('activeEnergyKwh'));
  const charge = chargeBaseAndIncrements(energies, terms.basePrice, terms.increments, bill.policy.money);
  bill.money('baseCharge', charge.base.amount);
  energies.forEach((energy, index) => {
    const block = `block${index + 1}`;
    bill.energy(`${block}EnergyKwh`, energy);
    bill.money(`${block}IncrementCharge`, charge.increments[index]?.amount ?? ZERO);
    const left = after.remaining[index] ?? null;
    if (left !== null) bill.energy(`${block}RemainingKwh`, left);
  });
  bill.money('totalCharge', charge.amount);
  return after;
}

function dateOf(event: JsonObject): string {
  const date = event['date'];
  if (typeof date !== 'string') throw new CaseProblem('an event has no date');
  return date;
}

/** Yearly blocks as running balances; extensions of a larger household; balances start anew in a new year. */
export function residentialBlockAnnual(scope: Scope): void {
  const terms: AnnualTerms = {
    widths: listOf(scope, 'annualAllowancesKwh'),
    increments: increments(scope, 'blockIncrementsPerKwh', listOf(scope, 'annualAllowancesKwh').length),
    basePrice: scope.need('basePricePerKwh'),
  };
  let balances: BlockBalances | null = null;
  const events = scope.list('events') ?? [];
  events.forEach((event, index) => {
    const year = yearOf(dateOf(event));
    if (balances === null) {
      const first = openBlockYear(year, terms.widths, scope.find('extensionKwhPerMonthAtStart') ?? ZERO);
      balances = drawFromBlocks(first, scope.find('cumulativeBeforeKwh') ?? ZERO).after;
    } else if (balances.year !== year) {
      balances = openBlockYear(year, terms.widths, balances.extensionPerMonth);
    }
    const part = scope.part(partName(event, `bill${index + 1}`), event);
    if (event['type'] === 'household-extension') balances = extendBlocks(balances, part.need('kwhPerMonth'), monthNumber(dateOf(event)));
    else if (event['type'] === 'bill') balances = chargeAnnualBill(part, balances, terms);
    else throw new CaseProblem(`event ${JSON.stringify(event['type'])} is unknown`);
  });
}

function blockPrices(scope: Scope): PeriodValues[] {
  const list = scope.raw('blockPrices');
  if (!Array.isArray(list)) throw new CaseProblem('blockPrices is missing');
  return list.map((each: Json, index) => {
    if (!isObject(each)) throw new CaseProblem('blockPrices holds no prices');
    return periodObject(scope.part(`price${index + 1}`, { prices: each }), 'prices') ?? {};
  });
}

function periodEnergies(bill: Scope): PeriodValues {
  const energies: PeriodValues = {};
  for (const { name, period } of PERIODS) {
    if (bill.inputs[`${name}EnergyKwh`] !== undefined) energies[period] = bill.need(`${name}EnergyKwh`);
  }
  return Object.keys(energies).length > 0 ? energies : periodValues(bill, 'EnergyKwh');
}

/** Yearly blocks with time-of-use prices, with the month that crosses a limit. */
export function timeOfUseBlock(scope: Scope): void {
  const stated = listOf(scope, 'blockLimitsKwh');
  const limits = stated.some((limit) => limit === null) ? stated : [...stated, null];
  const blocks = { limits, prices: blockPrices(scope), crossingIncrements: increments(scope, 'crossingIncrementsPerKwh', limits.length) };
  let used = scope.find('cumulativeBeforeKwh') ?? dec('0');
  let year: string | null = null;
  const bills = scope.parts('bills', 'bill') ?? [{ id: '', scope }];
  for (const { scope: bill } of bills) {
    const date = bill.inputs['date'] ?? bill.inputs['billingMonth'];
    if (typeof date === 'string') {
      if (year !== null && yearOf(date) !== year) used = ZERO;
      year = yearOf(date);
    }
    const charge = chargeTimeOfUseBlocks(periodEnergies(bill), used, blocks, scope.policy.money);
    used = charge.usedAfter;
    bill.flagFigure('crossingMonth', charge.crossingMonth);
    for (const line of charge.periods) bill.money(`${nameOf(line.period)}EnergyCharge`, line.amount);
    charge.blockEnergies.forEach((energy, index) => bill.energy(`block${index + 1}EnergyKwh`, energy));
    charge.increments.forEach((line, index) => bill.money(`block${index + 1}IncrementCharge`, line.amount));
    bill.money('totalCharge', charge.amount);
    bill.energy('cumulativeKwh', charge.usedAfter);
  }
}
