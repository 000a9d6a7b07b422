/** A group of bills, this month against the last released one. Amounts in yuan, energy in kWh, as texts. */
export interface TotalsRow {
  readonly key: string;
  readonly accounts: number;
  readonly energyKwh: string;
  readonly amount: string;
  readonly lastAccounts: number;
  readonly lastEnergyKwh: string;
  readonly lastAmount: string;
}

/** One bill that a person should look at. */
export interface SampleBill {
  readonly accountNo: string;
  readonly billNo: string;
  readonly category: string;
  readonly amount: string;
  readonly lastAmount: string | null;
}

export interface CodeCount {
  readonly code: string;
  readonly accounts: number;
}

/** From which change on a bill is a jump: both limits have to be passed. */
export interface JumpLimits {
  readonly percent: number;
  readonly yuan: string;
}

/** What an operator sees before a run is released. */
export interface CheckReport {
  readonly period: string;
  readonly comparedWith: string;
  readonly resultHash: string;
  readonly limits: JumpLimits;
  readonly byCategory: readonly TotalsRow[];
  readonly byRegion: readonly TotalsRow[];
  readonly total: TotalsRow;
  readonly zeroBills: number;
  readonly negativeBills: number;
  readonly jumps: number;
  /** The biggest changes, the biggest amounts, and the negative amounts: 20 each at most. */
  readonly jumpBills: readonly SampleBill[];
  readonly largestBills: readonly SampleBill[];
  readonly negativeBillSamples: readonly SampleBill[];
  readonly exceptions: readonly CodeCount[];
  readonly exclusions: readonly CodeCount[];
  /** Tariff versions by content hash, with the bills that name them. */
  readonly tariffs: readonly { readonly hash: string; readonly bills: number }[];
}
