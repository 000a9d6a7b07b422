import { dec, Decimal, text } from '../quantity';
import type { ResidentialBlocks, TariffPlan } from './tariff-document';
import type { PricePeriod, Voltage } from './vocabulary';

/** Blocks of one month, ready to count with. */
export interface PreparedScale {
  readonly rules: ResidentialBlocks;
  readonly steps: readonly PreparedStep[];
  readonly limits: readonly (Decimal | null)[];
  /** The limits as they are printed: `2760 / 4800 / ∞`. */
  readonly limitsText: string;
}

/** Limits of blocks as they are printed. */
export function limitsText(limits: readonly (Decimal | null)[]): string {
  return limits.map((limit) => (limit === null ? '∞' : text(limit))).join(' / ');
}

export interface PreparedStep {
  readonly upToKwh: Decimal | null;
  readonly increment: { readonly value: Decimal; readonly text: string } | null;
  readonly prices: Partial<Record<PricePeriod, { readonly value: Decimal; readonly text: string }>>;
}

function prepared(printed: string): { readonly value: Decimal; readonly text: string } {
  const value = dec(printed);
  return { value, text: text(value) };
}

/** The block scale of a plan in a month (1–12) at a voltage, or null where the plan has no blocks. */
export function prepareScale(plan: TariffPlan, voltage: Voltage, month: number): PreparedScale | null {
  const scale = plan.blocks?.scales.find((one) => one.months?.includes(month) ?? true);
  if (plan.blocks === undefined || scale === undefined) return null;
  const steps = scale.blocks.map((block) => {
    const row = block.prices?.find((one) => one.voltages.includes(voltage));
    const prices: PreparedStep['prices'] = {};
    for (const [period, price] of Object.entries(row?.pricePerKwh ?? {})) prices[period as PricePeriod] = prepared(price);
    return {
      upToKwh: block.upToKwh === null ? null : dec(block.upToKwh),
      increment: block.incrementPerKwh === undefined ? null : prepared(block.incrementPerKwh),
      prices,
    };
  });
  const limits = steps.map((step) => step.upToKwh);
  return { rules: plan.blocks, steps, limits, limitsText: limitsText(limits) };
}
