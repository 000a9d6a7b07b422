import { Injectable } from '@nestjs/common';
import { Database, prepared, Tx } from '../database';
import { AppError } from '../errors';

/** One undertaking: who, which method and path, and the key that the caller chose for it. */
export interface Undertaking {
  readonly userId: string;
  readonly operation: string;
  readonly key: string;
  readonly inputHash: Buffer;
}

/** What a repetition is answered with. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Where an undertaking stands: ours to run, answered, or run by somebody else right now. */
export type Standing =
  | { readonly kind: 'ours'; readonly fence: string }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'running' };

interface KeyRow {
  readonly fresh: boolean;
  readonly input_hash: Buffer;
  readonly fence: string;
  readonly expired: boolean;
  readonly done: boolean;
  readonly answer_status: number | null;
  readonly answer_headers: Record<string, string> | null;
  readonly answer_body: unknown;
}

/** An attempt that has shown no sign for so long is taken for dead; longer than any request may run. */
export const LEASE_SECONDS = 60;
const WHERE = 'user_id = $1 AND operation = $2 AND key = $3';

/**
 * The claim itself need not be on disk before work begins: the commit of its effect, which comes later in the log,
 * takes it along, and a claim without effect is nothing that a crash of the server could lose.
 */
const CLAIM = `
  WITH fresh AS (
    INSERT INTO idempotency_keys (user_id, operation, key, input_hash, lease_until)
    SELECT $1::bigint, $2, $3, $4::bytea, app_now() + make_interval(secs => $5) WHERE set_config('synchronous_commit', 'off', true) = 'off'
    ON CONFLICT DO NOTHING RETURNING fence)
  SELECT true AS fresh, NULL::bytea AS input_hash, fence, false AS expired, false AS done,
         NULL::integer AS answer_status, NULL::jsonb AS answer_headers, NULL::json AS answer_body FROM fresh
  UNION ALL
  SELECT false, input_hash, fence, lease_until < app_now(), effect_at IS NOT NULL, answer_status, answer_headers, answer_body
    FROM idempotency_keys WHERE ${WHERE} AND NOT EXISTS (SELECT FROM fresh)`;

const confirming = (answer: string): string => `
  WITH state AS MATERIALIZED (SELECT pg_current_xact_id_if_assigned() IS NOT NULL AS wrote),
  confirmed AS (
    UPDATE idempotency_keys SET effect_at = app_now()${answer} FROM state
     WHERE state.wrote AND ${WHERE} AND fence = $4 AND answered_at IS NULL RETURNING fence)
  SELECT wrote, EXISTS (SELECT FROM confirmed) AS confirmed FROM state`;
const CONFIRM = confirming('');
const CONFIRM_WITH_ANSWER = confirming(', answered_at = app_now(), answer_status = $5, answer_headers = $6, answer_body = $7');

function identity({ userId, operation, key }: Undertaking): unknown[] {
  return [userId, operation, key];
}

function answerValues({ status, headers, body }: StoredAnswer): unknown[] {
  return [status, JSON.stringify(headers), body === undefined ? null : JSON.stringify(body)];
}

/** The rows behind `Idempotency-Key`. */
@Injectable()
export class KeyStore {
  constructor(private readonly database: Database) {}

  /**
   * Claims an undertaking or tells where it stands. A dead attempt without effect is taken over under the next
   * fencing number; a dead one with effect is IDEMPOTENCY.ANSWER_LOST. Other input: IDEMPOTENCY.KEY_REUSED.
   */
  async claim(undertaking: Undertaking): Promise<Standing> {
    const [row] = await this.database.prepared<KeyRow>(CLAIM, [...identity(undertaking), undertaking.inputHash, LEASE_SECONDS]);
    if (!row) return { kind: 'running' };
    if (row.fresh) return { kind: 'ours', fence: row.fence };
    if (!row.input_hash.equals(undertaking.inputHash)) throw new AppError('IDEMPOTENCY.KEY_REUSED');
    if (row.answer_status !== null) {
      const answer = { status: row.answer_status, headers: row.answer_headers ?? {}, body: row.answer_body ?? undefined };
      return { kind: 'answered', answer };
    }
    if (!row.expired) return { kind: 'running' };
    if (row.done) throw new AppError('IDEMPOTENCY.ANSWER_LOST');
    return this.takeOver(undertaking, row.fence);
  }

  private async takeOver(undertaking: Undertaking, fence: string): Promise<Standing> {
    const [taken] = await this.database.query<{ fence: string }>(
      `UPDATE idempotency_keys SET fence = fence + 1, lease_until = app_now() + make_interval(secs => $5)
       WHERE ${WHERE} AND fence = $4 AND answered_at IS NULL AND effect_at IS NULL RETURNING fence`,
      [...identity(undertaking), fence, LEASE_SECONDS],
    );
    return taken ? { kind: 'ours', fence: taken.fence } : { kind: 'running' };
  }

  /**
   * Called inside each transaction of the attempt just before it commits: notes that work took effect, together with
   * the answer where that is known by then, or undoes the transaction where another attempt has taken over.
   * A transaction that only read is no effect.
   */
  async confirm(tx: Tx, undertaking: Undertaking, fence: string, answer?: StoredAnswer): Promise<void> {
    const [state] = await prepared<{ wrote: boolean; confirmed: boolean }>(tx, answer ? CONFIRM_WITH_ANSWER : CONFIRM, [
      ...identity(undertaking),
      fence,
      ...(answer ? answerValues(answer) : []),
    ]);
    if (state?.wrote === true && !state.confirmed) throw new AppError('IDEMPOTENCY.IN_PROGRESS');
  }

  /** Keeps the answer for repetitions. */
  async answer(undertaking: Undertaking, fence: string, answer: StoredAnswer): Promise<void> {
    await this.database.query(
      `UPDATE idempotency_keys SET answered_at = app_now(), answer_status = $5, answer_headers = $6, answer_body = $7
       WHERE ${WHERE} AND fence = $4`,
      [...identity(undertaking), fence, ...answerValues(answer)],
    );
  }

  /** Forgets an attempt that was refused before anything took effect, so that a corrected repetition can run. */
  async release(undertaking: Undertaking, fence: string): Promise<void> {
    await this.database.query(`DELETE FROM idempotency_keys WHERE ${WHERE} AND fence = $4 AND effect_at IS NULL`, [
      ...identity(undertaking),
      fence,
    ]);
  }

  /** Deletes keys that are older than the days that repetitions are answered for, and answers how many. */
  async forgetOlderThan(days: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM idempotency_keys WHERE created_at < app_now() - make_interval(days => $1) RETURNING key`,
      [days],
    );
    return rows.length;
  }
}
