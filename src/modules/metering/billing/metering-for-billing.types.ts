import type { LocalDate, LocalMonth, Period } from '../../../core/calendar';
import type { LineLoss } from '../../../core/bill/calculation-document';
import type { Category, MeteringMode, Register, Voltage } from '../../../core/tariff/vocabulary';
import type { ReadingFindingCode } from '../metering.codes';
import type { AccountCycle } from '../routes/cycles.repository';

/** What billing asks for: accounts of one batch, their period, and the revision at which the run froze its inputs. */
export interface MeteringRequest {
  readonly accountIds: readonly string[];
  readonly period: LocalMonth;
  /** Rows recorded up to it and not superseded by then are read; `LIVE_REVISION` for what is in force now. */
  readonly frozenRevision: string;
  /** The regular cycles of all accounts of the scope, by account id, where the caller asked for them before. */
  readonly regularCycles?: ReadonlyMap<string, AccountCycle>;
  /** Other days than those of the regular cycles, by account id (a final bill ends with the closing). */
  readonly cycles?: ReadonlyMap<string, Period>;
  /** What belongs to the accounts, where the caller asked for it before. */
  readonly scope?: MeteringScope;
  /** What the last bill of an account ended with, by account id: the dials begin there. */
  readonly lastBilled?: ReadonlyMap<string, LastBilled>;
}

/** A usage point, whose it is, and which account of the batch needs it. */
export interface ScopeRow {
  readonly askerId: string;
  readonly usagePointId: string;
  readonly usagePointNo: string;
  readonly accountId: string;
  readonly accountNo: string;
}

/** Usage points that a batch needs, and every account that they belong to: the asked ones and those of related points. */
export interface MeteringScope {
  readonly accountIds: readonly string[];
  readonly points: readonly ScopeRow[];
}

/** The readings that the last bill of an account ended with, and the first day that it did not bill. */
export interface LastBilled {
  readonly cycleTo: LocalDate;
  readonly ends: readonly BilledEnd[];
}

/** The last reading of a dial on a bill. */
export interface BilledEnd {
  readonly usagePointNo: string;
  readonly meterNo: string;
  readonly register: Register;
  readonly on: LocalDate;
  readonly reading: string;
  readonly readingId: string;
  readonly kind: ReadingForBilling['kind'];
  readonly estimated: boolean;
}

/**
 * Why a dial does not simply go on from the last bill. `corrected`: the reading that the last bill ended with is no
 * longer the one on record; the dial starts from the billed one, which settles the difference. `not-continued`: a meter
 * that the last bill left in place is gone. `not-billed-before`: a meter stood here before, and the last bill had it not.
 */
export interface ContinuityGap {
  readonly kind: 'corrected' | 'not-continued' | 'not-billed-before';
  readonly assetNo: string;
  readonly register: Register;
  readonly params: Readonly<Record<string, string>>;
}

/** Stands for "now" where no run has frozen anything: a preview. */
export const LIVE_REVISION = '9223372036854775807';

/** Everything that metering knows about one account for one cycle. */
export interface AccountMetering {
  readonly accountId: string;
  readonly cycle: AccountCycle;
  /** The account's own usage points that are in force on some day of the cycle. */
  readonly usagePoints: readonly UsagePointForBilling[];
  /**
   * Usage points of other accounts that the own ones depend on: sub-meters that are deducted here, and main meters
   * (with their other sub-meters) that an own agreed quantity or share is taken of. Each comes with the readings of its
   * own account's cycle, so that its energy is the one that is billed there.
   */
  readonly related: readonly UsagePointForBilling[];
  /** Open findings that stop the bill, of own and related points. */
  readonly blockingFindings: readonly BlockingFinding[];
}

export interface UsagePointForBilling {
  readonly usagePointId: string;
  readonly usagePointNo: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly cycle: Period;
  /** Contents in force, in order, cut to the cycle. */
  readonly versions: readonly UsagePointVersion[];
  readonly parents: readonly ParentLink[];
  /** Meters that stood here in the cycle, in order of time. */
  readonly installations: readonly InstallationForBilling[];
  readonly adjustments: readonly AdjustmentForBilling[];
  /** Where the dials do not simply go on from the last bill. */
  readonly gaps: readonly ContinuityGap[];
  /** Mean energy of a day before the cycle, kWh, by the total dials of the meters that stand here; null where unknown. */
  readonly usualDailyKwh: string | null;
}

export interface UsagePointVersion extends Period {
  readonly kind: 'metered' | 'fixed-quantity' | 'fixed-ratio';
  readonly role: 'billing' | 'check';
  readonly planId?: string;
  readonly category?: Category;
  readonly voltage?: Voltage;
  readonly timeOfUse: boolean;
  readonly meteringMode: MeteringMode;
  readonly lightingConnection?: 'series' | 'parallel';
  readonly transformerNo?: string;
  readonly supplyCircuitNo?: string;
  readonly fixedQuantityKwh?: string;
  readonly fixedRatioPercent?: string;
  readonly lineLoss?: LineLoss;
}

export interface ParentLink {
  readonly usagePointNo: string;
  readonly position: 1 | 2;
  readonly from: LocalDate;
  readonly to: LocalDate | null;
}

export interface InstallationForBilling {
  readonly installationId: string;
  readonly assetNo: string;
  readonly installedOn: LocalDate;
  readonly removedOn: LocalDate | null;
  readonly pt: readonly [number, number];
  readonly ct: readonly [number, number];
  readonly registers: readonly RegisterForBilling[];
}

export interface RegisterForBilling {
  readonly register: Register;
  readonly dialDigits: number;
  readonly decimals: number;
  /** In order of time: the one at the start, those in between, the one at the end. Demand: those after the start. */
  readonly readings: readonly ReadingForBilling[];
  /** Ends of the cycle (or of the stay inside it) at which no reading counts. */
  readonly missing: readonly ('start' | 'end')[];
}

export interface ReadingForBilling {
  readonly readingId: string;
  readonly on: LocalDate;
  readonly reading: string;
  readonly kind: 'initial' | 'periodic' | 'final';
  readonly estimated: boolean;
  /** A person has confirmed that it is right although it lies below the one before: the dial passed zero. */
  readonly fallConfirmed?: boolean;
}

export interface AdjustmentForBilling {
  readonly adjustmentId: string;
  readonly stage: 'before-losses' | 'after-losses';
  readonly standing: boolean;
  readonly reason: string;
  readonly activeKwh: Readonly<Partial<Record<'total' | 'sharp' | 'peak' | 'flat' | 'valley' | 'deep-valley', string>>>;
  readonly reactiveKvarh?: string;
}

export interface BlockingFinding {
  readonly findingId: string;
  readonly code: ReadingFindingCode;
  readonly usagePointNo: string;
  readonly assetNo: string;
  readonly register: Register;
  readonly concernsOn: LocalDate;
  readonly readingId: string | null;
}
