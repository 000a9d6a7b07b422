import { EnumField, FlagField, IdField, InstantField, IntField, ObjectField, TextField } from '../../../../platform/http';

/** Seals are counted from 1; 0 is the beginning of the chain. */
export const SEAL_NO = /^(0|[1-9][0-9]{0,17})$/;
/** A seal as it is written down: its number and its hash. */
const ANCHOR = /^(0|[1-9][0-9]{0,17}):[0-9a-f]{64}$/;
const HASH = { example: 'b42fd7ed0b1a3f9e5c8a2d4460b8f7713c1f0e6f8f5f4a3c9a1be2f4ad6f1c55', maxLength: 64, pattern: /^[0-9a-f]{64}$/ } as const;

const ROWS = ['seal', 'journal', 'entry'] as const;
const FAULTS = ['changed', 'removed', 'inserted', 'out-of-order'] as const;

/** A seal over a stretch of the books. */
export class SealView {
  @TextField({ description: 'Number of the seal.', example: '118', maxLength: 18, pattern: SEAL_NO })
  sealNo!: string;

  @TextField({ description: 'SHA-256 of what it covers, of its predecessor’s hash, and of what it says of itself.', ...HASH })
  hash!: string;

  @IntField({ description: 'Journals that it covers.', example: 10_000 })
  journalCount!: number;

  @InstantField({ description: 'When it was made.', example: '2026-06-02T01:20:00.000Z' })
  sealedAt!: string;
}

/** One seal with what it covers. */
export class SealDetailView extends SealView {
  @TextField({ description: 'Hash of the seal before it; null at the beginning of the chain.', ...HASH, nullable: true })
  previousHash!: string | null;

  @IntField({ description: 'Entries of these journals.', example: 40_000 })
  entryCount!: number;
}

/** The end of the chain: what to write down elsewhere, and what is not sealed yet. */
export class LedgerHeadView extends SealView {
  @IntField({ description: 'Journals that no seal covers yet.', example: 12 })
  unsealedJournals!: number;

  @InstantField({ description: 'When the oldest of them was booked.', example: '2026-06-02T01:20:03.000Z', nullable: true })
  oldestUnsealedAt!: string | null;
}

export class VerificationQuery {
  @TextField({ description: 'Seal after which to begin; the beginning of the chain unless told.', example: '117', maxLength: 18, pattern: SEAL_NO, optional: true })
  afterSealNo?: string;

  @TextField({
    description: 'A seal that was written down, as number:hash; compared once everything before it holds.',
    example: `118:${HASH.example}`,
    maxLength: 83,
    pattern: ANCHOR,
    optional: true,
  })
  anchor?: string;
}

/** The first row of the books that is not as it was sealed. */
export class BrokenRowView {
  @EnumField({ values: ROWS, description: 'What kind of row.', example: 'entry' })
  row!: (typeof ROWS)[number];

  @EnumField({ values: FAULTS, description: 'What became of it since it was sealed.', example: 'changed' })
  fault!: (typeof FAULTS)[number];

  @TextField({ description: 'Seal that it is, or that covers it; null where none does.', example: '118', maxLength: 18, pattern: SEAL_NO, nullable: true })
  sealNo!: string | null;

  @IdField({ description: 'Journal; null for a seal.', example: '9001', nullable: true })
  journalId!: string | null;

  @IntField({ description: 'Number of the entry in its journal; null for seals and journals.', example: 2, min: -32_768, nullable: true })
  entryNo!: number | null;
}

/** What was recomputed, and the first row that is broken. */
export class LedgerVerificationView {
  @TextField({ description: 'Last seal that was recomputed.', example: '118', maxLength: 18, pattern: SEAL_NO })
  lastSealNo!: string;

  @IntField({ description: 'Seals that were recomputed.', example: 11 })
  seals!: number;

  @IntField({ description: 'Journals that they cover.', example: 100_000 })
  journals!: number;

  @IntField({ description: 'Entries of these journals.', example: 400_000 })
  entries!: number;

  @FlagField({ description: 'False where seals are left: ask again after lastSealNo.', example: true })
  complete!: boolean;

  @ObjectField(() => BrokenRowView, { description: 'The first row that is broken; null where everything holds.', nullable: true })
  broken!: BrokenRowView | null;
}
