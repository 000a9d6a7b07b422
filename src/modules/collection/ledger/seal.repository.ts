import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import { hashOf, journalLine, sealLine, WRITTEN } from './seal-lines';

/** One sealer at a time; the second number tells its lock from others of the same area. */
const SEALER_LOCK = [7004, 1] as const;

/** The end of the chain. */
export interface LedgerHead {
  readonly sealNo: string;
  readonly hash: string;
  readonly journalCount: number;
  readonly sealedAt: string;
  readonly unsealedJournals: number;
  readonly oldestUnsealedAt: string | null;
}

export interface SealRow {
  readonly sealNo: string;
  readonly hash: string;
  readonly previousHash: string | null;
  readonly journalCount: number;
  readonly entryCount: number;
  readonly sealedAt: string;
}

const SEAL_COLUMNS = `seal_no as "sealNo", encode(hash, 'hex') as hash, journal_count as "journalCount", sealed_at as "sealedAt"`;
const SEAL_DETAILS = `encode(previous_hash, 'hex') as "previousHash", entry_count as "entryCount"`;

/** What is not sealed yet. */
export const UNSEALED = `
  select j.created_at, j.transaction_id, j.journal_id from (select last_transaction_id, last_journal_id from ledger_seals order by seal_no desc limit 1) s
    join journals j on (j.transaction_id, j.journal_id) > (s.last_transaction_id, s.last_journal_id)`;

/** The chain of seals over the books. */
@Injectable()
export class SealRepository {
  constructor(private readonly database: Database) {}

  /** True for the one transaction that seals now; the others have nothing to do. */
  async becomeSealer(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ mine: boolean }[]>('select pg_try_advisory_xact_lock($1, $2) as mine', [...SEALER_LOCK]);
    return row?.mine === true;
  }

  /**
   * Seals the next journals, at most so many, and answers their number. Only transactions older than every one that is
   * still running are taken: what such a transaction booked is all there is of it, whatever numbers were drawn meanwhile.
   */
  async sealNext(tx: Tx, most: number): Promise<number> {
    const [last] = await tx.query<{ seal_no: string; hash: Buffer; last_transaction_id: string; last_journal_id: string }[]>(
      'select seal_no, hash, last_transaction_id::text, last_journal_id from ledger_seals order by seal_no desc limit 1',
    );
    if (!last) throw new Error('the chain of seals has no beginning');
    const [sealed] = await tx.query<{ journals: number }[]>(
      `with journal as materialized (
         select j.journal_id, j.transaction_id, ${journalLine('j')} as line from journals j
          where (j.transaction_id, j.journal_id) > ($3::xid8, $4::bigint) and j.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          order by j.transaction_id, j.journal_id limit $5),
       ${WRITTEN},
       sealed as (
         select $1::bigint + 1 as seal_no, $1::bigint as previous_no, $2::bytea as previous_hash, $3::xid8 as after_transaction_id, $4::bigint as after_journal_id,
                (array_agg(transaction_id order by transaction_id desc))[1] as last_transaction_id, (array_agg(journal_id order by transaction_id desc, journal_id desc))[1] as last_journal_id,
                count(*)::int as journal_count, sum(entries)::int as entry_count, array_agg(journal_id order by transaction_id, journal_id) as journal_ids,
                array_agg(mark order by transaction_id, journal_id) as marks, string_agg(text, '' order by transaction_id, journal_id) as text, app_now() as sealed_at
           from written having count(*) > 0)
       insert into ledger_seals (seal_no, previous_no, previous_hash, after_transaction_id, after_journal_id, last_transaction_id, last_journal_id,
                                 journal_count, entry_count, journal_ids, marks, sealed_at, hash)
       select seal_no, previous_no, previous_hash, after_transaction_id, after_journal_id, last_transaction_id, last_journal_id,
              journal_count, entry_count, journal_ids, marks, sealed_at, ${hashOf(`${sealLine('sealed')} || E'\\n' || text`)} from sealed
       returning journal_count as journals`,
      [last.seal_no, last.hash, last.last_transaction_id, last.last_journal_id, most],
    );
    return sealed?.journals ?? 0;
  }

  async head(): Promise<LedgerHead> {
    const [head] = await this.database.query<Omit<LedgerHead, 'sealedAt' | 'oldestUnsealedAt'> & { sealedAt: Date; oldestUnsealedAt: Date | null }>(
      `select ${SEAL_COLUMNS}, unsealed as "unsealedJournals", oldest as "oldestUnsealedAt"
         from ledger_seals cross join (select count(*)::int as unsealed, min(created_at) as oldest from (${UNSEALED}) u) waiting
        order by seal_no desc limit 1`,
    );
    if (!head) throw new Error('the chain of seals has no beginning');
    return { ...head, sealedAt: head.sealedAt.toISOString(), oldestUnsealedAt: head.oldestUnsealedAt?.toISOString() ?? null };
  }

  async seal(sealNo: string): Promise<SealRow | undefined> {
    const [seal] = await this.database.query<Omit<SealRow, 'sealedAt'> & { sealedAt: Date }>(`select ${SEAL_COLUMNS}, ${SEAL_DETAILS} from ledger_seals where seal_no = $1`, [sealNo]);
    return seal && { ...seal, sealedAt: seal.sealedAt.toISOString() };
  }
}
