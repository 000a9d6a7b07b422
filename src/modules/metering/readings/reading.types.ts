import type { Register } from '../../../core/tariff/vocabulary';
import type { Bilingual } from '../../../platform/errors';
import type { ReadingFindingCode, ReadingKind, ReadingSource } from '../metering.codes';

/** One reading as it is offered: by the API, or as a line of a file. */
export interface OfferedReading {
  /** Line of the file, or the place in the request; answers refer to it. */
  readonly line: number;
  readonly meterNo: string;
  readonly register: Register;
  readonly readOn: string;
  readonly reading: string;
  readonly source: ReadingSource;
}

/** Why a line is refused, and what would be right. */
export interface Refusal {
  readonly line: number;
  readonly field: string;
  readonly code: string;
  readonly message: Bilingual;
  readonly allowed?: string;
  readonly value?: string;
}

/** A reading on record, as far as neighbours are concerned. */
export interface Neighbour {
  readonly on: string;
  readonly reading: string;
  readonly estimated?: boolean;
}

/** Where and beside what an offered reading comes to stand. */
export interface ReadingPlace {
  readonly line: number;
  readonly meterId: string | null;
  readonly registers: readonly string[];
  readonly dialDigits: number | null;
  readonly decimals: number | null;
  readonly installationId: string | null;
  readonly installedOn: string | null;
  readonly removedOn: string | null;
  readonly pt: readonly [number, number];
  readonly ct: readonly [number, number];
  /** The live reading of the same register and day. */
  readonly sameDay: { readonly readingId: string; readonly reading: string; readonly estimated: boolean } | null;
  /** Up to six readings before, latest first. */
  readonly before: readonly Neighbour[];
  /** The next one that is no estimate. */
  readonly after: Neighbour | null;
  /** Where the transformer that feeds the point is suspended on that day: since when. */
  readonly suspendedSince: string | null;
  readonly capacityKva: string | null;
}

/** A reading as it is stored. */
export interface NewReading {
  readonly installationId: string;
  readonly register: Register;
  readonly readOn: string;
  readonly reading: string;
  readonly kind: ReadingKind;
  readonly source: ReadingSource;
  /** The estimate of that day that it takes the place of. */
  readonly replaces?: string;
}

/** Something doubtful about a reading, with the figures that it was found by. */
export interface Doubt {
  readonly code: ReadingFindingCode;
  readonly figures: Readonly<Record<string, string>>;
}
