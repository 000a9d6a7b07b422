import type { ChangeBand, TotalsRow } from '../checks/check-report';

/** Two runs whose bills are set against each other. */
export interface ComparedRuns {
  readonly runId: string;
  readonly period: string;
  readonly withRunId: string;
  readonly withPeriod: string;
}

/** One side of a difference: its bills, and the sum of what they differ by, yuan, without sign. */
export interface Differing {
  readonly bills: number;
  readonly amount: string;
}

/** What another tariff does to a population. `now` are the figures of the run, `last` those of the run that it is compared with. */
export interface Comparison extends ComparedRuns {
  readonly total: TotalsRow;
  readonly byCategory: readonly TotalsRow[];
  readonly byRegion: readonly TotalsRow[];
  /** Bills that both runs have; `more` cost more in the run than in the other. */
  readonly both: number;
  readonly more: Differing;
  readonly less: Differing;
  readonly equal: number;
  readonly onlyInRun: number;
  readonly onlyInOther: number;
  readonly changes: readonly ChangeBand[];
}

/** One bill in both runs; null where one of them has none. Amounts in yuan, energy in kWh. */
export interface ComparedBill {
  readonly accountNo: string;
  readonly supplyCircuit: string;
  readonly regionCode: string;
  readonly category: string;
  readonly billNo: string | null;
  readonly amount: string | null;
  readonly energyKwh: string | null;
  readonly withBillNo: string | null;
  readonly withAmount: string | null;
  readonly withEnergyKwh: string | null;
  /** The run's amount less the other one's; a bill that one run lacks counts as zero there. */
  readonly difference: string;
  /** Where the list goes on: without a sign, and an order for equal differences. */
  readonly size: string;
  readonly place: string;
}

export interface ComparedFilter {
  readonly category?: string | undefined;
  readonly regionCode?: string | undefined;
  readonly direction?: 'more' | 'less' | undefined;
  readonly accountNo?: string | undefined;
}
