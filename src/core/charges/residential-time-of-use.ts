import { CoreError } from '../errors';
import { Decimal, text, ZERO } from '../quantity';
import type { TimeOfUsePeriod } from '../tariff/vocabulary';
import { FEN, MoneyPlaces, PricedLine, priceLine, totalAmount } from './priced-line';
import { blockEnergies, BlockLimits } from './residential-blocks';

export type PeriodPrices = Readonly<Partial<Record<TimeOfUsePeriod, Decimal>>>;

export interface TimeOfUseBlocks {
  /** Running totals of the year up to which the blocks reach, kWh; the last block is open (null). */
  readonly limits: BlockLimits;
  /** Own prices of each block, yuan per kWh. */
  readonly prices: readonly PeriodPrices[];
  /** Increment of each block in a month that crosses a limit, the same for all periods (block 1: 0). */
  readonly crossingIncrements: readonly Decimal[];
}

/** Running totals of the year before and after a bill, kWh. */
export interface RunningTotals {
  readonly before: Decimal;
  readonly after: Decimal;
}

export interface TimeOfUseBlockCharge {
  /** The running total passes a limit in this bill. */
  readonly crossingMonth: boolean;
  readonly blockEnergies: readonly Decimal[];
  readonly periods: readonly (PricedLine & { readonly period: TimeOfUsePeriod })[];
  /** Block N's energy × its increment; only in a crossing month. */
  readonly increments: readonly PricedLine[];
  readonly amount: Decimal;
  /** Running total of the year after this bill, kWh. */
  readonly usedAfter: Decimal;
}

/** The block that a running total stands in: the first whose limit is not yet used up. */
function blockAt(used: Decimal, limits: BlockLimits): number {
  const index = limits.findIndex((limit) => limit === null || used.lessThan(limit));
  return index < 0 ? limits.length - 1 : index;
}

/** The month passes a limit: the total was not above it before and is above it after. */
function crosses(before: Decimal, after: Decimal, limits: BlockLimits): boolean {
  return limits.some((limit) => limit !== null && before.lessThanOrEqualTo(limit) && after.greaterThan(limit));
}

function periodLines(energies: PeriodPrices, prices: PeriodPrices, money: MoneyPlaces): TimeOfUseBlockCharge['periods'] {
  const lines: (PricedLine & { readonly period: TimeOfUsePeriod })[] = [];
  for (const key in energies) {
    const period = key as TimeOfUsePeriod;
    const energy = energies[period] ?? ZERO;
    const price = prices[period];
    if (price === undefined) throw new CoreError('CHARGES.PRICE_MISSING', '', { component: 'block', period, energyKwh: text(energy) });
    lines.push({ period, ...priceLine(energy, price, money) });
  }
  return lines;
}

/**
 * Yearly blocks with time-of-use prices (Shanghai): in the month whose yearly total crosses a limit all energy is
 * charged at the period prices of block 1, and the energy above the limits at one increment for all periods (0.05 in
 * block 2, 0.30 in block 3); from the next month on each block has period prices of its own. A limit belongs to the
 * lower block; a month that starts exactly on a limit is the month that passes it. Each line is rounded to the fen.
 * Where the energies are only a part of the month's bill (a cycle cut into segments, several points), `whole` says from
 * which to which running total the bill goes: whether it crosses a limit is decided on that.
 */
export function chargeTimeOfUseBlocks(
  energies: PeriodPrices,
  usedBefore: Decimal,
  blocks: TimeOfUseBlocks,
  money: MoneyPlaces = FEN,
  whole?: RunningTotals,
): TimeOfUseBlockCharge {
  let total = ZERO;
  for (const key in energies) total = total.plus(energies[key as TimeOfUsePeriod] ?? ZERO);
  const usedAfter = usedBefore.plus(total);
  const byBlock = blockEnergies(total, blocks.limits, usedBefore);
  const { before, after } = whole ?? { before: usedBefore, after: usedAfter };
  const crossingMonth = crosses(before, after, blocks.limits);
  const prices = blocks.prices[crossingMonth ? 0 : blockAt(before, blocks.limits)] ?? {};
  const periods = periodLines(energies, prices, money);
  const increments = crossingMonth ? byBlock.map((energy, index) => priceLine(energy, blocks.crossingIncrements[index] ?? ZERO, money)) : [];
  return { crossingMonth, blockEnergies: byBlock, periods, increments, amount: totalAmount(periods).plus(totalAmount(increments)), usedAfter };
}
