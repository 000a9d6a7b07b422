import type { LocalDate, LocalMonth, Period } from '../calendar';
import type { Policies } from '../policy/policies';
import type { TariffDocument } from '../tariff/tariff-document';
import type {
  Category,
  ChargeMethod,
  Label,
  MeteringMode,
  PowerFactorStandard,
  PricePeriod,
  Register,
  TimeOfUsePeriod,
  Voltage,
} from '../tariff/vocabulary';

/** Marks the format of a calculation document. */
export const CALCULATION_FORMAT = 'wattledger.calculation/1';

/** A decimal in plain notation, as a text: money and energy never travel as numbers. */
export type DecimalText = string;

/**
 * Everything that one bill is made from. `computeBill` is a pure function of this document, of the tariff versions
 * that it names by content hash, and of the engine version. Order of the lists of usage points, transformers,
 * circuits, terms and tariffs does not matter; meters and readings are put in order of time.
 */
export interface CalculationDocument {
  readonly format: typeof CALCULATION_FORMAT;
  readonly accountNo: string;
  readonly kind: BillKind;
  /** Days billed, half-open. */
  readonly period: Period;
  /** Month that the bill is counted in; basic charges and block steps go by it. */
  readonly billingMonth: LocalMonth;
  readonly tariffs: readonly TariffReference[];
  /** Rules of the account over the period: no gap, no overlap. Equal neighbours are taken as one. */
  readonly terms: readonly AccountTerms[];
  readonly transformers?: readonly DocumentTransformer[];
  readonly supplyCircuits?: readonly DocumentSupplyCircuit[];
  /** Set where this bill is for one circuit of an account whose circuits are billed apart. */
  readonly billedCircuitNo?: string;
  readonly usagePoints: readonly DocumentUsagePoint[];
  /** Stated in place of the computed one, for audits of bills that print only the factor. */
  readonly statedPowerFactor?: DecimalText;
  /** Stated in place of the computed one, kvarh, billed. */
  readonly statedReactiveEnergyKvarh?: DecimalText;
  readonly sharedAmounts?: readonly SharedAmount[];
  readonly blocks?: BlockState;
  readonly history?: UsageHistory;
  /** Choices of this account or case; they stand above those of the tariff. */
  readonly policies?: Partial<Policies>;
}

export const BILL_KINDS = ['periodic', 'final', 'supplementary'] as const;
export type BillKind = (typeof BILL_KINDS)[number];

/** A tariff version by its content hash; exports carry the document itself. */
export interface TariffReference {
  readonly hash: string;
  readonly document?: TariffDocument;
}

/** The rules of the account from a day to a day (both inside or at the edges of the billed period). */
export interface AccountTerms {
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Family of tariff versions; the version of each day is found among `tariffs`. */
  readonly priceBook: string;
  readonly planId: string;
  readonly category: Category;
  readonly voltage: Voltage;
  readonly chargeMethod: ChargeMethod;
  /** Where no circuit states its own. */
  readonly contractDemandKw?: DecimalText;
  /** Approved (connected) capacity; charged by capacity where the document has no transformer of the account. */
  readonly approvedCapacityKva?: DecimalText;
  readonly powerFactorStandard: PowerFactorStandard;
  readonly powerFactorExemption?: string;
  readonly policies?: Partial<Policies>;
}

export interface DocumentTransformer {
  readonly transformerNo: string;
  readonly ownership: 'own' | 'public';
  readonly capacityKva: DecimalText;
  readonly supplyCircuitNo?: string;
  readonly loss?: TransformerLoss;
  /** Days in the period (and before it, as far as known) by state; days in no state are not connected. */
  readonly states: readonly TransformerState[];
}

export interface TransformerState extends Period {
  readonly state: 'running' | 'suspended';
  /** First day of an open or longer suspension, where it lies before `from`; short suspensions are charged. */
  readonly suspendedSince?: LocalDate;
  /** Planned or actual end of the suspension, where it is known and reaches `to`; without it a suspension at the end of the period is open. */
  readonly suspendedUntil?: LocalDate;
}

/** How the losses of a transformer (and the line before it) are found; one figure per transformer and cycle. */
export type TransformerLoss =
  | {
      readonly method: 'formula';
      readonly noLoadLossKw: DecimalText;
      readonly loadLossKw: DecimalText;
      readonly noLoadCurrentPercent?: DecimalText;
      readonly impedanceVoltagePercent?: DecimalText;
      /** K, correction for production shifts; 1 where absent. */
      readonly shiftCorrection?: DecimalText;
      /** T; 24 h × running days where absent. */
      readonly supplyHours?: DecimalText;
      /** t; equal to T where absent. */
      readonly serviceHours?: DecimalText;
    }
  | {
      readonly method: 'simplified';
      readonly noLoadLossKw?: DecimalText;
      readonly ironLossKwh?: DecimalText;
      readonly supplyHours?: DecimalText;
      readonly copperLossPercent?: DecimalText;
      readonly copperLossSteps?: readonly { readonly upToLoadRate?: DecimalText; readonly copperLossPercent: DecimalText }[];
      readonly assumedPowerFactor?: DecimalText;
      readonly cableLossKwh?: DecimalText;
    }
  | {
      readonly method: 'table';
      /** Rows of the loss table of the transformer's model and voltage. */
      readonly rows: readonly LossTableRow[];
    }
  | { readonly method: 'fixed'; readonly monthlyActiveLossKwh: DecimalText; readonly monthlyReactiveLossKvarh?: DecimalText }
  | { readonly method: 'percentage'; readonly activePercent: DecimalText; readonly reactivePercent?: DecimalText }
  | { readonly method: 'given'; readonly activeLossKwh: DecimalText; readonly reactiveLossKvarh?: DecimalText };

export interface LossTableRow {
  readonly capacityKva: DecimalText;
  /** Highest monthly energy of the band; the last band has none. */
  readonly upToKwh?: DecimalText;
  readonly monthlyActiveLossKwh: DecimalText;
  readonly monthlyReactiveLossKvarh?: DecimalText;
}

/** Losses of a line that the customer bears. */
export type LineLoss =
  | {
      readonly method: 'formula';
      readonly lineResistanceOhmPerKm: DecimalText;
      readonly lineLengthKm: DecimalText;
      readonly lineVoltageKv: DecimalText;
      readonly supplyHours?: DecimalText;
    }
  | { readonly method: 'percentage'; readonly activePercent: DecimalText; readonly reactivePercent?: DecimalText }
  | { readonly method: 'fixed'; readonly monthlyActiveLossKwh: DecimalText; readonly monthlyReactiveLossKvarh?: DecimalText };

export interface DocumentSupplyCircuit {
  readonly supplyCircuitNo: string;
  readonly contractDemandKw?: DecimalText;
  readonly approvedCapacityKva?: DecimalText;
}

/** Where energy is measured, agreed without a meter, or taken over from another account. */
export interface DocumentUsagePoint {
  readonly usagePointNo: string;
  readonly kind: 'metered' | 'fixed-quantity' | 'fixed-ratio' | 'frozen';
  /** `check` points verify and are never billed; `deduction` points only reduce their parent (sub-meter of another account). */
  readonly role: 'billing' | 'check' | 'deduction';
  /** At most two; the first is used up before the second. */
  readonly parents?: readonly string[];
  /** Price of its own; the account's plan, category and voltage where absent. */
  readonly planId?: string;
  readonly category?: Category;
  readonly voltage?: Voltage;
  /** Whether energies are per period; a time-of-use meter cannot be set to a plain price. */
  readonly timeOfUse: boolean;
  readonly meteringMode: MeteringMode;
  readonly transformerNo?: string;
  readonly supplyCircuitNo?: string;
  readonly lineLoss?: LineLoss;
  /** Weight in its transformer's loss where that is shared by capacity (kVA behind the point) or in agreed parts. */
  readonly lossShare?: DecimalText;
  /** Set on lighting points: whether their energy counts in factor and base of the power-factor adjustment. */
  readonly lightingConnection?: 'series' | 'parallel';
  /** What of this point counts in the power-factor adjustment, where the contract differs from the rule; `both` where absent. */
  readonly powerFactor?: 'both' | 'factor-only' | 'base-only' | 'none';
  readonly meters?: readonly DocumentMeter[];
  /** In place of meters, for bills that state energies only. */
  readonly statedEnergy?: StatedEnergy;
  /** kind `fixed-quantity`: kWh of a whole month. */
  readonly fixedQuantityKwh?: DecimalText;
  /** kind `fixed-ratio`: percent of what is left of the parent. */
  readonly fixedRatioPercent?: DecimalText;
  /** kind `frozen`: energy of another account's usage point, as billed there. */
  readonly frozen?: FrozenEnergy;
  readonly adjustments?: readonly EnergyAdjustment[];
  /** What holds from a day inside the period on, in place of price and agreed quantity above. */
  readonly changes?: readonly UsagePointChange[];
  /** Set where the point was metered in two ways in the period: its readings are those of these days only. */
  readonly partOf?: PartOfPoint;
}

/** Price and agreed quantity of a point from a day on; the account's own where absent. */
export interface UsagePointChange extends Pick<DocumentUsagePoint, 'planId' | 'category' | 'voltage' | 'fixedQuantityKwh' | 'fixedRatioPercent'> {
  readonly from: LocalDate;
}

/** Which usage point this is a part of, and its days, half-open; the parts of one point share no day. */
export interface PartOfPoint extends Period {
  readonly usagePointNo: string;
}

/** One meter during its stay at the usage point inside the period. */
export interface DocumentMeter {
  readonly meterNo: string;
  /** Voltage and current transformer as whole numbers, primary then secondary; 1:1 where absent. */
  readonly pt?: readonly [number, number];
  readonly ct?: readonly [number, number];
  readonly registers: readonly DocumentRegister[];
}

export interface DocumentRegister {
  readonly register: Register;
  /** Whole digits of the dial (5, 6, 8); without them a reading must not fall. */
  readonly dialDigits?: number;
  /** A person has seen that the dial passed zero once in the cycle: the turn is believed, however much energy it means. */
  readonly rolloverConfirmed?: boolean;
  /**
   * In order of time: at least the first and the last of the cycle; readings in between cut the energy exactly where
   * the rules change. `maximum-demand` has one or more, each a highest demand since the last reset.
   */
  readonly readings: readonly DocumentReading[];
}

export interface DocumentReading {
  readonly on: LocalDate;
  readonly reading: DecimalText;
  /** Identity of the stored reading, for references only. */
  readonly readingId?: string;
  readonly kind?: 'initial' | 'periodic' | 'final';
  readonly estimated?: boolean;
}

/** Energies of the cycle in kWh and kvarh: `total` alone on a plain point, periods on a time-of-use point. */
export interface StatedEnergy {
  readonly activeKwh: Partial<Record<PricePeriod, DecimalText>>;
  readonly reactiveForwardKvarh?: DecimalText;
  readonly reactiveReverseKvarh?: DecimalText;
  readonly maximumDemandKw?: DecimalText;
}

export interface FrozenEnergy {
  readonly accountNo: string;
  readonly usagePointNo: string;
  readonly activeKwh: Partial<Record<PricePeriod, DecimalText>>;
  readonly reactiveKvarh?: DecimalText;
}

/** Energy added (positive) or removed (negative) by hand. */
export interface EnergyAdjustment {
  readonly adjustmentId: string;
  readonly stage: 'before-losses' | 'after-losses';
  readonly standing: boolean;
  readonly reason: string;
  /** Per period on a time-of-use point, `total` alone on a plain one. */
  readonly activeKwh?: Partial<Record<TimeOfUsePeriod | 'total', DecimalText>>;
  readonly reactiveKvarh?: DecimalText;
}

/** A monthly amount shared out to customers (market allocation, deviation); a line of its own. */
export interface SharedAmount {
  readonly name: string;
  readonly title: Label;
  readonly amount: DecimalText;
  /** True where absent. */
  readonly inPowerFactorBase?: boolean;
}

/** What the household has used and may use, for residential blocks. */
export interface BlockState {
  /** Energy already billed in the running block period (year or month) before this bill, kWh. */
  readonly usedBeforeKwh: DecimalText;
  /** Year that `usedBeforeKwh` belongs to; a bill of another year starts at zero. */
  readonly year?: string;
  readonly householdSize?: number;
  /** Extra allowances of block 1, from the month of application, never back in time. */
  readonly extensions?: readonly { readonly fromMonth: LocalMonth; readonly toMonth?: LocalMonth; readonly kwhPerMonth: DecimalText }[];
  /** What was left of each block after the last bill of the same year, where extensions make it differ from the limits. */
  readonly balances?: BlockBalanceState;
  readonly lowIncome?: boolean;
}

/** Balances carried from the last bill; extensions that began by `extendedThrough` are already in them. */
export interface BlockBalanceState {
  readonly remainingKwh: readonly (DecimalText | null)[];
  readonly extendedThrough: LocalMonth;
}

/** What the account used before, for plausibility. */
export interface UsageHistory {
  /** Mean energy of a day over earlier bills, kWh, per usage point. */
  readonly dailyEnergyKwh?: Readonly<Record<string, DecimalText>>;
  readonly sameMonthLastYearKwh?: DecimalText;
}
