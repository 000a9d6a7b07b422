import type { LocalDate, LocalMonth, Period } from '../calendar';
import type { PricePeriod, Register } from '../tariff/vocabulary';
import type { BillKind, DecimalText } from './calculation-document';

/** Groups of lines, in the order of the bill. */
export const LINE_GROUPS = [
  'energy-charge',
  'add-on-charge',
  'capacity-charge',
  'demand-charge',
  'shared-amount',
  'power-factor-adjustment',
  'surcharge',
  'fund',
  'block-charge',
] as const;
export type LineGroup = (typeof LINE_GROUPS)[number];

/** One priced item. `amount` = `exactAmount` rounded once to the fen; the total is the sum of the amounts. */
export interface BillLine {
  readonly lineNo: number;
  readonly group: LineGroup;
  /** What is charged inside the group: a component, levy, block (`block-2`), transformer or circuit. */
  readonly item: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly usagePointNo?: string;
  /** Number of the segment, where the cycle was cut. */
  readonly segment?: number;
  readonly pricePeriod?: PricePeriod;
  readonly season?: string;
  readonly quantity: DecimalText;
  readonly unit: LineUnit;
  readonly price: DecimalText;
  readonly exactAmount: DecimalText;
  readonly amount: DecimalText;
  /** Name of the rule, as in docs/rules.md. */
  readonly rule: string;
  readonly tariffHash?: string;
  /** Ids of figures and inputs that quantity and price were made from. */
  readonly from: readonly string[];
}

export type LineUnit = 'kWh' | 'kVA-month' | 'kW-month' | 'yuan' | 'item';

/** A working: one named figure with the arithmetic that made it. */
export interface BillFigure {
  /** Stable inside the bill, for example `point:0001:peak:metered`. */
  readonly id: string;
  readonly rule: string;
  readonly value: DecimalText;
  readonly unit: FigureUnit;
  /** Operands by name, in the order of the arithmetic; texts for the reader. */
  readonly inputs: Readonly<Record<string, string>>;
}

export type FigureUnit = 'kWh' | 'kvarh' | 'kW' | 'kVA' | 'percent' | 'ratio' | 'days' | 'yuan';

/** Something that a person must see. A blocking finding keeps the bill from being issued. */
export interface BillFinding {
  readonly code: string;
  readonly severity: 'blocking' | 'notice';
  /** What it is about: usage point, meter register, transformer, plan … */
  readonly subject: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A stretch of days under one set of rules. */
export interface BillSegment extends Period {
  readonly segment: number;
  readonly tariffHash: string;
  readonly priceBook: string;
  readonly tariffVersion: string;
  readonly planId: string;
  readonly season: string | null;
}

export interface BillTotals {
  readonly totalAmount: DecimalText;
  /** Value-added tax contained in the total. */
  readonly netAmount: DecimalText;
  readonly taxAmount: DecimalText;
  readonly taxRatePercent: DecimalText;
  /** Sum of the lines of each group that has any. */
  readonly byGroup: Partial<Record<LineGroup, DecimalText>>;
  /** Levies on top of the price, and levies contained in it (shown, not added). */
  readonly fundsAmount: DecimalText;
  readonly insideFunds: readonly InsideFund[];
  /** Billed energy with losses, and average price over it. */
  readonly activeBilledEnergyKwh: DecimalText;
  readonly averagePricePerKwh: DecimalText | null;
}

export interface InsideFund {
  readonly name: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly energyKwh: DecimalText;
  readonly pricePerKwh: DecimalText;
  readonly amount: DecimalText;
}

/** What the next bill needs to know of this one. */
export interface CarriedState {
  readonly blockUsedKwh?: DecimalText;
  readonly blockYear?: string;
  /** What is left of each block where extensions count, for the next document's `blocks.balances`. */
  readonly blockBalances?: { readonly remainingKwh: readonly (DecimalText | null)[]; readonly extendedThrough: LocalMonth };
  /** Registers that ended on an estimate, to be settled by the next real reading. */
  readonly estimatedRegisters?: readonly EstimatedRegister[];
  /** Billed energy per usage point, for parents in other accounts and for plausibility. */
  readonly pointEnergy: readonly PointEnergy[];
}

export interface EstimatedRegister {
  readonly usagePointNo: string;
  readonly meterNo: string;
  readonly register: Register;
}

export interface PointEnergy {
  readonly usagePointNo: string;
  /** As metered, adjustments before losses included: what a parent in another account takes off. */
  readonly meteredKwh: Partial<Record<PricePeriod, DecimalText>>;
  /** After deductions, losses and later adjustments: what was priced. */
  readonly billedKwh: Partial<Record<PricePeriod, DecimalText>>;
  readonly billedReactiveKvarh: DecimalText;
}

/** The answer of `computeBill`. Free of ids, numbers and instants: equal documents give equal bills, byte for byte. */
export interface Bill {
  readonly engineVersion: string;
  readonly accountNo: string;
  readonly kind: BillKind;
  readonly period: Period;
  readonly billingMonth: LocalMonth;
  readonly segments: readonly BillSegment[];
  readonly lines: readonly BillLine[];
  readonly figures: readonly BillFigure[];
  readonly findings: readonly BillFinding[];
  readonly totals: BillTotals;
  readonly carried: CarriedState;
  /** First day that the bill does not cover. */
  readonly billedUpTo: LocalDate;
}
