import { Decimal, round } from '../quantity';
import { FEN, MoneyPlaces } from '../charges/priced-line';
import { PowerFactorPlaces, PowerFactorResult, powerFactorOf, PowerFactorScheme, TWO_DECIMALS } from '../usage/power-factor';
import type { TablePowerFactorStandard } from '../usage/power-factor-table';

export interface PowerFactorCorrection {
  readonly before: PowerFactorResult;
  readonly after: PowerFactorResult;
  /** What the adjusted charge should have been, yuan to the fen. */
  readonly correctedCharge: Decimal;
  /** Corrected less charged; negative = to return. */
  readonly backBilled: Decimal;
}

export interface MissedReactive {
  readonly active: Decimal;
  readonly reactive: Decimal;
  /** Reactive energy that had not been read, kvarh. */
  readonly missed: Decimal;
  /** Charge as billed, adjustment included, surcharges not, yuan. */
  readonly chargeWithAdjustment: Decimal;
  readonly standard: TablePowerFactorStandard;
}

/**
 * Power-factor adjustment after missed reactive energy: the adjustment is taken out of the charge, 1 + old rate, and
 * put in again at the new rate: corrected = charge ÷ (1 + r₁) × (1 + r₂), rounded once.
 */
export function correctPowerFactor(
  input: MissedReactive,
  places: PowerFactorPlaces = TWO_DECIMALS,
  scheme: PowerFactorScheme = 'official-table',
  money: MoneyPlaces = FEN,
): PowerFactorCorrection {
  const before = powerFactorOf(input.active, input.reactive, input.standard, places, scheme);
  const after = powerFactorOf(input.active, input.reactive.plus(input.missed), input.standard, places, scheme);
  const exact = input.chargeWithAdjustment.times(after.ratePercent.plus(100)).div(before.ratePercent.plus(100));
  const correctedCharge = round(exact, money.decimals, money.rounding);
  return { before, after, correctedCharge, backBilled: correctedCharge.minus(input.chargeWithAdjustment) };
}
