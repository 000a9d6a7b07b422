import { Decimal } from '../quantity';
import type { PricePeriod, Rates } from '../tariff';
import type { BillFigure, BillFinding, BillLine, EstimatedRegister, InsideFund } from './bill';
import type { CalculationDocument, DocumentUsagePoint } from './calculation-document';
import type { Segment } from './segments';

export type Energies = Partial<Record<PricePeriod, Decimal>>;

/** A usage point while its bill is made. */
export interface WorkPoint {
  readonly point: DocumentUsagePoint;
  /** Place in the document, for paths of errors. */
  readonly path: string;
  /** Rates per segment, undefined in those that the point does not stand in; empty for points that are not billed. */
  readonly rates: readonly (Rates | undefined)[];
  /** Active energy by price period, kWh: metered, and after every step of the order of calculation. */
  active: Energies;
  /** Copy of `active` before anything is deducted. */
  metered: Energies;
  /** |forward| + |reverse|, kvarh, with losses once they are added. */
  reactive: Decimal;
  /** False where nothing tells of reactive energy. */
  reactiveKnown: boolean;
  maximumDemand: Decimal | null;
  /** Active transformer loss contained in `active`. */
  transformerLoss: Decimal;
  /** Billed energy by segment and period, after the split. */
  billed: readonly Energies[];
}

/** The bill while it is made. Steps read the document and the segments and add to the rest. */
export interface Work {
  readonly document: CalculationDocument;
  readonly segments: readonly Segment[];
  readonly points: WorkPoint[];
  readonly lines: WorkLine[];
  readonly figures: BillFigure[];
  readonly findings: BillFinding[];
  readonly insideFunds: InsideFund[];
  readonly estimated: EstimatedRegister[];
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A line of the bill with the decimals that later steps add up. Its number is given at the end. */
export interface WorkLine {
  readonly line: Mutable<BillLine>;
  readonly rounded: Decimal;
  readonly base: Decimal | null;
}
