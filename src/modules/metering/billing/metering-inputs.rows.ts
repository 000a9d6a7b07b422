import type { Register } from '../../../core/tariff/vocabulary';
import type { BlockingFinding, ReadingForBilling, UsagePointVersion } from './metering-for-billing.types';

/** A version as columns: null where a field is absent. */
export type VersionRow = {
  readonly [Field in Exclude<keyof UsagePointVersion, 'from' | 'to'>]: UsagePointVersion[Field] | null;
} & {
  readonly usagePointId: string;
  readonly validFrom: string;
  readonly validTo: string | null;
};
export interface LinkRow {
  readonly childId: string;
  readonly usagePointNo: string;
  readonly position: 1 | 2;
  readonly from: string;
  readonly to: string | null;
}
export interface InstallationRow {
  readonly usagePointId: string;
  readonly installationId: string;
  readonly meterId: string;
  readonly assetNo: string;
  readonly installedOn: string;
  readonly removedOn: string | null;
  readonly ptPrimary: number;
  readonly ptSecondary: number;
  readonly ctPrimary: number;
  readonly ctSecondary: number;
}
export interface DialRow {
  readonly meterId: string;
  readonly register: Register;
  readonly dialDigits: number;
  readonly decimals: number;
}
export type ReadingRow = ReadingForBilling & { readonly installationId: string; readonly register: Register };
export interface AdjustmentRow {
  readonly usagePointId: string;
  readonly adjustmentId: string;
  readonly stage: 'before-losses' | 'after-losses';
  readonly standing: boolean;
  readonly reason: string;
  readonly energies: Readonly<Record<string, string>>;
}
/** An open finding that blocks, or one by which a person has confirmed that a reading fell. */
export type FindingRow = Omit<BlockingFinding, 'usagePointNo' | 'assetNo'> & { readonly installationId: string; readonly fallConfirmed: boolean };

/** A dial with its readings around the cycle, in order of time. */
export interface InstalledDial extends Omit<DialRow, 'meterId'> {
  readonly readings: readonly ReadingForBilling[];
}

/** A meter at a usage point around its cycle. */
export interface InstalledMeter extends InstallationRow {
  readonly dials: readonly InstalledDial[];
}
