import { CoreError } from '../errors';
import { Decimal, text, ZERO } from '../quantity';
import { FEN, MoneyPlaces, PricedLine, priceLine, totalAmount } from './priced-line';

/** Running totals up to which the blocks reach, kWh; a limit belongs to the lower block; the last one is null (open). */
export type BlockLimits = readonly (Decimal | null)[];

/** What a block takes of the energy that is still open: as much as lies between the running total and its limit. */
function blockPart(open: Decimal, from: Decimal, limit: Decimal | null): Decimal {
  if (!open.greaterThan(ZERO)) return ZERO;
  if (limit === null) return open;
  const room = limit.minus(from);
  if (!room.greaterThan(ZERO)) return ZERO;
  return room.lessThan(open) ? room : open;
}

/**
 * Energy of a bill by block: from the running total before it to the running total after it. Both limits may be
 * crossed at once. Throws CHARGES.BLOCKS_NOT_RISING for limits out of order and CHARGES.BLOCKS_CLOSED where energy is
 * left above the last limit.
 */
export function blockEnergies(energy: Decimal, limits: BlockLimits, usedBefore: Decimal = ZERO): Decimal[] {
  let lower = ZERO;
  let open = energy;
  const energies = limits.map((limit) => {
    if (limit !== null && limit.lessThan(lower)) throw new CoreError('CHARGES.BLOCKS_NOT_RISING', '', { limit: text(limit) });
    const from = usedBefore.greaterThan(lower) ? usedBefore : lower;
    if (limit !== null) lower = limit;
    const part = blockPart(open, from, limit);
    if (!part.isZero()) open = open.minus(part);
    return part;
  });
  if (open.greaterThan(ZERO)) throw new CoreError('CHARGES.BLOCKS_CLOSED', '', { energyKwh: text(open) });
  return energies;
}

export interface IncrementCharge {
  /** All energy × base price. */
  readonly base: PricedLine;
  /** Block N's energy × its increment over the base price (block 1: 0). */
  readonly increments: readonly PricedLine[];
  readonly amount: Decimal;
}

/** `base-plus-increment`: all energy at the base price, and each higher block's energy at its increment besides; a line each. */
export function chargeBaseAndIncrements(
  energies: readonly Decimal[],
  basePrice: Decimal,
  increments: readonly Decimal[],
  money: MoneyPlaces = FEN,
): IncrementCharge {
  const all = energies.reduce((total, energy) => total.plus(energy), ZERO);
  const base = priceLine(all, basePrice, money);
  const lines = energies.map((energy, index) => priceLine(energy, increments[index] ?? ZERO, money));
  return { base, increments: lines, amount: base.amount.plus(totalAmount(lines)) };
}

/**
 * Free energy of a registered low-income household (15 kWh a month in most regions): min(energy, allowance) at the
 * price of block 1, taken off as a line of its own (negative). It still counts in the running totals of the blocks.
 */
export function freeAllowance(energy: Decimal, allowance: Decimal, price: Decimal, money: MoneyPlaces = FEN): PricedLine {
  const free = energy.lessThan(allowance) ? energy : allowance;
  return priceLine(free.isNegative() ? ZERO : free, price.negated(), money);
}
