import { CoreError } from '../errors';
import { count, Decimal, round, text } from '../quantity';
import { Loss, LossPlaces, WHOLE_LOSS } from './transformer-loss';

/** A loss agreed per month (or found in a table), before days are counted: kWh and kvarh. */
export interface MonthlyLoss {
  readonly active: Decimal;
  readonly reactive: Decimal;
}

/** A row of a loss table: capacity, energy band (null = open), monthly losses. */
export interface LossRow extends MonthlyLoss {
  readonly capacity: Decimal;
  readonly upToEnergy: Decimal | null;
}

/**
 * Loss by table: the rows of the capacity itself or of the next above, and of these the lowest energy band that is
 * not passed (its bound belongs to it). Throws USAGE.LOSS_TABLE_TOO_SHORT where no row fits.
 */
export function lossFromTable(rows: readonly LossRow[], capacity: Decimal, energy: Decimal, path = ''): MonthlyLoss {
  let best: LossRow | null = null;
  for (const row of rows) {
    if (row.capacity.lessThan(capacity)) continue;
    if (row.upToEnergy !== null && row.upToEnergy.lessThan(energy)) continue;
    if (best === null || row.capacity.lessThan(best.capacity) || (row.capacity.equals(best.capacity) && tighter(row, best))) best = row;
  }
  if (best === null) {
    throw new CoreError('USAGE.LOSS_TABLE_TOO_SHORT', path, { capacity: text(capacity), energy: text(energy) });
  }
  return { active: best.active, reactive: best.reactive };
}

function tighter(row: LossRow, other: LossRow): boolean {
  if (row.upToEnergy === null) return false;
  return other.upToEnergy === null || row.upToEnergy.lessThan(other.upToEnergy);
}

/** Part of a monthly loss = loss × days ÷ day basis (30 by default), rounded; a full month (`days` ≥ basis) is the loss itself. */
export function lossByDays(monthly: Decimal, days: number, dayBasis = 30, places: LossPlaces = WHOLE_LOSS): Decimal {
  if (days >= dayBasis) return round(monthly, places.decimals, places.rounding);
  return round(monthly.times(count(days)).div(count(dayBasis)), places.decimals, places.rounding);
}

/** Loss as a percentage of the energies, each part rounded. */
export function lossByPercent(
  energy: { readonly active: Decimal; readonly reactive: Decimal },
  percent: { readonly active: Decimal; readonly reactive: Decimal },
  places: LossPlaces = WHOLE_LOSS,
): Loss {
  return {
    active: round(energy.active.times(percent.active).div(100), places.decimals, places.rounding),
    reactive: round(energy.reactive.times(percent.reactive).div(100), places.decimals, places.rounding),
  };
}
