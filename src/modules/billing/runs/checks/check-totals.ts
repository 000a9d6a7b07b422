import { dec, type Decimal, text, ZERO } from '../../../../core/quantity';
import type { CodeTrend, TotalsRow } from './check-report';

/** Bills of one category and region. */
export interface BillGroup {
  readonly category: string;
  readonly regionCode: string;
  /** Accounts with one bill for the whole account. */
  readonly accounts: number;
  readonly bills: number;
  readonly energyKwh: string;
  readonly amount: string;
  readonly zero: number;
  readonly negative: number;
}

/** Accounts with a bill for each supply circuit, by category, by region (the other one null) or altogether (both null). */
export interface CircuitAccounts {
  readonly category: string | null;
  readonly regionCode: string | null;
  readonly accounts: number;
}

/** All bills of a month in groups. */
export interface MonthFigures {
  readonly groups: readonly BillGroup[];
  readonly circuits: readonly CircuitAccounts[];
}

interface Sums {
  readonly accounts: number;
  readonly energy: Decimal;
  readonly amount: Decimal;
}

const NOTHING: Sums = { accounts: 0, energy: ZERO, amount: ZERO };

export type Dimension = 'category' | 'regionCode' | 'total';

function keyOf(part: { readonly category: string | null; readonly regionCode: string | null }, dimension: Dimension): string | null {
  return dimension === 'total' ? 'total' : part[dimension];
}

function sumsOf({ groups, circuits }: MonthFigures, dimension: Dimension): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  const add = (key: string, accounts: number, energy: Decimal, amount: Decimal): void => {
    const known = sums.get(key) ?? NOTHING;
    sums.set(key, { accounts: known.accounts + accounts, energy: known.energy.plus(energy), amount: known.amount.plus(amount) });
  };
  for (const group of groups) add(keyOf(group, dimension) ?? '', group.accounts, dec(group.energyKwh), dec(group.amount));
  const named = circuits.filter(({ category, regionCode }) =>
    dimension === 'total' ? category === null && regionCode === null : (dimension === 'category' ? category : regionCode) !== null,
  );
  for (const part of named) add(keyOf(part, dimension) ?? '', part.accounts, ZERO, ZERO);
  return sums;
}

/**
 * Totals of a month against the month before: accounts, energy in kWh and amount in yuan, exact sums without rounding.
 * An account that is billed by circuit is one account in each group that it has a bill in, and one in the total.
 */
export function totalsBy(dimension: Dimension, now: MonthFigures, last: MonthFigures): TotalsRow[] {
  const [current, before] = [sumsOf(now, dimension), sumsOf(last, dimension)];
  return [...new Set([...current.keys(), ...before.keys()])].sort().map((key) => {
    const [a, b] = [current.get(key) ?? NOTHING, before.get(key) ?? NOTHING];
    return {
      key,
      accounts: a.accounts,
      energyKwh: text(a.energy),
      amount: text(a.amount, 2),
      lastAccounts: b.accounts,
      lastEnergyKwh: text(b.energy),
      lastAmount: text(b.amount, 2),
    };
  });
}

/** How many bills of a month a figure of the groups counts. */
export function countOf({ groups }: MonthFigures, figure: 'bills' | 'zero' | 'negative'): number {
  return groups.reduce((all, group) => all + group[figure], 0);
}

/** A code that last month did not have is new, whatever its number. */
export function trendOf(found: number, lastFound: number): CodeTrend {
  if (lastFound === 0) return 'new';
  if (found === lastFound) return 'same';
  return found > lastFound ? 'more' : 'fewer';
}
