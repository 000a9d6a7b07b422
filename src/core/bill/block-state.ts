import { monthNumber, yearOf } from '../calendar';
import { blockEnergies, drawFromBlocks, RunningTotals } from '../charges';
import { count, dec, Decimal, sum, ZERO } from '../quantity';
import type { PreparedScale } from '../tariff';
import type { CalculationDocument } from './calculation-document';
import { wholeMonths } from './running-days';

/** Blocks of the household while its bill is made: what has been used, and what is left. */
export interface BlockCounter {
  /** Running total before the next draw, kWh. */
  used: Decimal;
  readonly limits: readonly (Decimal | null)[];
  /** Balances, where extensions make them differ from limits less the running total. */
  remaining: readonly (Decimal | null)[] | null;
  readonly months: number;
  /** Running totals and limits of the whole bill, where the month that crosses a limit has its own rule. */
  bill?: RunningTotals & { readonly limits: readonly (Decimal | null)[] };
  /** Whether the running total stands among the workings already. */
  shown?: boolean;
}

/** Extra kWh a month for the household: what the document grants, else by persons under the tariff's own rule. */
function monthlyExtensions(document: CalculationDocument, scale: PreparedScale): { readonly fromMonth: string; readonly kwh: Decimal }[] {
  const month = document.billingMonth;
  const state = document.blocks;
  const granted = state?.extensions?.filter((one) => one.fromMonth <= month && (one.toMonth === undefined || one.toMonth > month)) ?? [];
  if (granted.length > 0) return granted.map((one) => ({ fromMonth: one.fromMonth, kwh: dec(one.kwhPerMonth) }));
  const rule = scale.rules.householdExtension;
  const above = rule === undefined ? 0 : (state?.householdSize ?? 0) - rule.abovePersons;
  return rule === undefined || above <= 0 ? [] : [{ fromMonth: '0000-01', kwh: dec(rule.kwhPerPersonMonth).times(above) }];
}

/** Allowance that an extension gives in the year of a month: the months left from its application on, that month included. */
function yearlyAllowance(extension: { readonly fromMonth: string; readonly kwh: Decimal }, year: string): Decimal {
  const months = yearOf(extension.fromMonth) < year ? 12 : 13 - monthNumber(extension.fromMonth);
  return extension.kwh.times(count(months));
}

function widths(limits: readonly (Decimal | null)[]): (Decimal | null)[] {
  return limits.map((limit, index) => (limit === null ? null : limit.minus(limits[index - 1] ?? ZERO)));
}

function withFirst(remaining: readonly (Decimal | null)[], extra: Decimal): (Decimal | null)[] {
  return remaining.map((each, index) => (index === 0 && each !== null ? each.plus(extra) : each));
}

function yearlyCounter(document: CalculationDocument, scale: PreparedScale, months: number): BlockCounter {
  const year = yearOf(document.billingMonth);
  const state = document.blocks;
  const sameYear = state !== undefined && (state.year ?? year) === year;
  const used = sameYear ? dec(state.usedBeforeKwh) : ZERO;
  const extensions = monthlyExtensions(document, scale);
  if (extensions.length === 0) return { used, limits: scale.limits, remaining: null, months };
  const allowance = sum(extensions.map((one) => yearlyAllowance(one, year)));
  const balances = sameYear ? state.balances : undefined;
  let remaining: readonly (Decimal | null)[];
  if (balances === undefined) {
    const opened = { year, remaining: withFirst(widths(scale.limits), allowance), extensionPerMonth: ZERO };
    remaining = drawFromBlocks(opened, used).after.remaining;
  } else {
    const fresh = extensions.filter((one) => one.fromMonth > balances.extendedThrough);
    const left = balances.remainingKwh.map((each) => (each === null ? null : dec(each)));
    remaining = withFirst(left, sum(fresh.map((one) => yearlyAllowance(one, year))));
  }
  return { used, limits: scale.limits.map((limit) => (limit === null ? null : limit.plus(allowance))), remaining, months };
}

function monthlyCounter(document: CalculationDocument, scale: PreparedScale, months: number): BlockCounter {
  const used = document.blocks === undefined ? ZERO : dec(document.blocks.usedBeforeKwh);
  const extensions = monthlyExtensions(document, scale);
  if (extensions.length === 0 && months === 1) return { used, limits: scale.limits, remaining: null, months };
  const extra = sum(extensions.map((one) => one.kwh));
  const limits = scale.limits.map((limit) => (limit === null ? null : limit.plus(extra).times(months)));
  return { used, limits, remaining: null, months };
}

/** Opens the blocks of a bill: by year (starting again in January) or by month (times the months of the cycle). */
export function openBlocks(document: CalculationDocument, scale: PreparedScale): BlockCounter {
  const months = Math.max(1, wholeMonths(document.period) ?? 1);
  return scale.rules.period === 'year' ? yearlyCounter(document, scale, months) : monthlyCounter(document, scale, months);
}

/** Draws energy from the blocks, from block 1 upwards, and moves the running total on. Errors: CHARGES.BLOCKS_CLOSED. */
export function drawBlocks(counter: BlockCounter, energy: Decimal): readonly Decimal[] {
  let energies: readonly Decimal[];
  if (counter.remaining === null) energies = blockEnergies(energy, counter.limits, counter.used);
  else {
    const drawn = drawFromBlocks({ year: '', remaining: counter.remaining, extensionPerMonth: ZERO }, energy);
    counter.remaining = drawn.after.remaining;
    energies = drawn.energies;
  }
  counter.used = counter.used.plus(energy);
  return energies;
}

/**
 * Running totals up to which the blocks reach from here on. Where extensions count, what is left decides and not the
 * limits: an allowance granted after a limit was passed is all still there. A block with nothing left ended at its limit.
 */
export function limitsAhead({ used, limits, remaining }: BlockCounter): readonly (Decimal | null)[] {
  if (remaining === null) return limits;
  let left = ZERO;
  return remaining.map((each, index) => {
    if (each === null) return null;
    left = left.plus(each);
    return left.isZero() ? (limits[index] ?? ZERO) : used.plus(left);
  });
}

/** Takes energy from the blocks and moves the running total on. Errors: CHARGES.BLOCKS_CLOSED. */
export function moveOn(counter: BlockCounter, energy: Decimal): void {
  if (counter.remaining !== null) counter.remaining = drawFromBlocks({ year: '', remaining: counter.remaining, extensionPerMonth: ZERO }, energy).after.remaining;
  counter.used = counter.used.plus(energy);
}

/** What is left of each block after the bill, kWh; null for the open one. */
export function remainingOf(counter: BlockCounter): readonly (Decimal | null)[] {
  if (counter.remaining !== null) return counter.remaining;
  let lower = ZERO;
  return counter.limits.map((limit) => {
    if (limit === null) return null;
    const from = counter.used.greaterThan(lower) ? counter.used : lower;
    lower = limit;
    return limit.greaterThan(from) ? limit.minus(from) : ZERO;
  });
}
