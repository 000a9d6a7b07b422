import type { IncompletePart, TariffDocument } from './tariff-document';
import type { Voltage } from './vocabulary';

/** One thing wrong with a tariff: a stable code, the place (JSON pointer), what would be allowed, and the figures. */
export interface TariffProblem {
  readonly code: TariffProblemCode;
  readonly path: string;
  readonly allowed: string;
  readonly params: Readonly<Record<string, string>>;
}

export const TARIFF_PROBLEM_CODES = [
  'TARIFF.DATE',
  'TARIFF.VALIDITY_EMPTY',
  'TARIFF.DUPLICATE',
  'TARIFF.WINDOW_INVALID',
  'TARIFF.DAY_GAP',
  'TARIFF.DAY_OVERLAP',
  'TARIFF.MONTH_NOT_COVERED',
  'TARIFF.MONTH_OVERLAP',
  'TARIFF.CALENDAR_UNKNOWN',
  'TARIFF.CALENDAR_MISSING',
  'TARIFF.CALENDAR_INCOMPLETE',
  'TARIFF.COMPONENT_UNKNOWN',
  'TARIFF.SEASON_UNKNOWN',
  'TARIFF.PERIOD_UNKNOWN',
  'TARIFF.PRICE_MISSING',
  'TARIFF.PRICE_DUPLICATE',
  'TARIFF.PRICE_DECIMALS',
  'TARIFF.PRICE_NEGATIVE',
  'TARIFF.BASIC_PRICE_MISSING',
  'TARIFF.BLOCK_LIMITS',
  'TARIFF.BLOCK_PRICE_MISSING',
  'TARIFF.PLAN_UNKNOWN',
  'TARIFF.TAX_RATE',
  'POLICY.UNKNOWN',
  'POLICY.INVALID',
] as const;
export type TariffProblemCode = (typeof TARIFF_PROBLEM_CODES)[number];

/** Collects problems; every check reports all that it finds. */
export class TariffProblems {
  readonly found: TariffProblem[] = [];

  add(code: TariffProblemCode, path: string, allowed: string, params: Readonly<Record<string, string>> = {}): void {
    this.found.push({ code, path, allowed, params });
  }
}

/** The declaration by which a plan is incomplete at a voltage: it is published, but nothing can be charged by it. */
export function incompletePart(tariff: TariffDocument, planId: string, voltage: Voltage): IncompletePart | undefined {
  return tariff.incomplete?.find((part) => part.planId === planId && part.blocks === undefined && (part.voltages?.includes(voltage) ?? true));
}

/** Tells whether a plan is declared incomplete for a voltage. */
export function isIncomplete(tariff: TariffDocument, planId: string, voltage: Voltage): boolean {
  return incompletePart(tariff, planId, voltage) !== undefined;
}

/** Numbers (from 1) of the blocks that have no published price in a plan; bills below them can be made. */
export function incompleteBlocks(tariff: TariffDocument, planId: string): readonly number[] {
  return (tariff.incomplete ?? []).filter((part) => part.planId === planId).flatMap((part) => part.blocks ?? []);
}
