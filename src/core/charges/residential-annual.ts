import { CoreError } from '../errors';
import { count, Decimal, text, ZERO } from '../quantity';

/** What a household may still use in each block of the year, kWh; null = open. */
export interface BlockBalances {
  readonly year: string;
  readonly remaining: readonly (Decimal | null)[];
  /** Allowance added to block 1 for a larger household, kWh a month. Granted once, it stays in the years that follow. */
  readonly extensionPerMonth: Decimal;
}

const MONTHS = 12;

/** Balances at the start of a year: the widths of the blocks, block 1 with twelve months of the extension. */
export function openBlockYear(year: string, widths: readonly (Decimal | null)[], extensionPerMonth: Decimal = ZERO): BlockBalances {
  return { year, remaining: addToFirst(widths, extensionPerMonth.times(MONTHS)), extensionPerMonth };
}

function addToFirst(remaining: readonly (Decimal | null)[], energy: Decimal): (Decimal | null)[] {
  return remaining.map((each, index) => (index === 0 && each !== null ? each.plus(energy) : each));
}

/**
 * Grants a further allowance of so many kWh a month from a month on (1–12, that month included): block 1 grows by the
 * months left in the year. Nothing already charged is returned.
 */
export function extendBlocks(balances: BlockBalances, kwhPerMonth: Decimal, fromMonth: number): BlockBalances {
  if (!Number.isSafeInteger(fromMonth) || fromMonth < 1 || fromMonth > MONTHS) {
    throw new CoreError('CHARGES.MONTH_OUT_OF_RANGE', '', { month: String(fromMonth) });
  }
  return {
    year: balances.year,
    remaining: addToFirst(balances.remaining, kwhPerMonth.times(count(MONTHS + 1 - fromMonth))),
    extensionPerMonth: balances.extensionPerMonth.plus(kwhPerMonth),
  };
}

/** Uses energy up, from block 1 upwards; gives the energy of each block and the balances after it. */
export function drawFromBlocks(balances: BlockBalances, energy: Decimal): { readonly energies: Decimal[]; readonly after: BlockBalances } {
  let open = energy;
  const energies: Decimal[] = [];
  const remaining = balances.remaining.map((left) => {
    const part = left === null || open.lessThan(left) ? open : left;
    energies.push(part);
    open = open.minus(part);
    return left === null ? null : left.minus(part);
  });
  if (open.greaterThan(0)) throw new CoreError('CHARGES.BLOCKS_CLOSED', '', { energyKwh: text(open) });
  return { energies, after: { ...balances, remaining } };
}
