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

/** How a code compares with the month before. */
export type CodeTrend = 'new' | 'more' | 'same' | 'fewer';

/** Exceptions of one code. */
export interface ExceptionCount extends CodeCount {
  /** All accounts that it was found for, also those dealt with since; `accounts` are the open ones. */
  readonly found: number;
  readonly lastFound: number;
  readonly trend: CodeTrend;
}

/** From which change on a bill is a jump: both limits have to be passed. */
export interface JumpLimits {
  readonly percent: number;
  readonly yuan: string;
}

/** Bills whose amount changed against the month before by `from` (included) up to `to` (not included) percent; null is open. */
export interface ChangeBand {
  readonly from: number | null;
  readonly to: number | null;
  readonly bills: number;
}

/** How a version's days lie to the billed month. */
export type TariffStanding = 'in-force' | 'ends-in-period' | 'expired' | 'not-published';

/** A tariff version that bills name. A bill with two versions counts under both, and is one of the `sharedBills` of each. */
export interface TariffUse {
  readonly hash: string;
  readonly priceBook: string | null;
  readonly version: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly standing: TariffStanding;
  readonly bills: number;
  readonly sharedBills: number;
  readonly energyKwh: string;
  readonly amount: string;
}

/** Where the accounts of the run are. */
export interface PopulationCounts {
  readonly accounts: number;
  readonly pending: number;
  readonly billed: number;
  readonly excluded: number;
  readonly exceptions: number;
}

/** What an operator sees before a run is released. The figures of the month before are those of the accounts that the run stands for. */
export interface CheckReport {
  readonly period: string;
  readonly comparedWith: string;
  readonly resultHash: string;
  readonly limits: JumpLimits;
  /** Counted by the intervals, and found again in bills, exceptions and members, or there is no report. */
  readonly population: PopulationCounts;
  readonly byCategory: readonly TotalsRow[];
  readonly byRegion: readonly TotalsRow[];
  readonly total: TotalsRow;
  readonly zeroBills: number;
  readonly lastZeroBills: number;
  readonly negativeBills: number;
  readonly lastNegativeBills: number;
  /** Bills of accounts that had none in the month before, and bills of that month that the run's accounts have not now. */
  readonly newBills: number;
  readonly goneBills: number;
  readonly changes: readonly ChangeBand[];
  readonly jumps: number;
  /** The biggest changes, the biggest amounts, the negative amounts, and the zeros: 20 each at most. */
  readonly jumpBills: readonly SampleBill[];
  readonly largestBills: readonly SampleBill[];
  readonly negativeBillSamples: readonly SampleBill[];
  readonly zeroBillSamples: readonly SampleBill[];
  readonly exceptions: readonly ExceptionCount[];
  readonly exclusions: readonly CodeCount[];
  readonly tariffs: readonly TariffUse[];
  /** Open exceptions because no tariff version, plan or price was in force. */
  readonly withoutTariff: number;
}
