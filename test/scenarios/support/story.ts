import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { Role } from '../../../src/platform/auth';
import type { Caller, TestApp } from '../../support/app';
import { eventually } from '../../support/wait';

/** What a refused request is answered with. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors: readonly { field: string; code: string; message: string; allowed?: string }[];
}

export interface RunView {
  readonly runId: string;
  readonly state: string;
  readonly totalAmount: string;
  readonly resultHash: string | null;
  readonly counts: { accounts: number; pending: number; billed: number; excluded: number; exceptions: number };
}

/** An answer whose body the test knows. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Record<string, string>;
  readonly text: string;
}

const answerOf = <Body>({ status, body, headers, text }: Response): Answer<Body> => ({ status, body: body as Body, headers: headers as Record<string, string>, text });

/** A GET as somebody, whatever comes back. */
export async function get<Body = Problem>(app: TestApp, role: Role, path: string, caller: string | Caller = role, headers: Record<string, string> = {}): Promise<Answer<Body>> {
  return answerOf<Body>(await app.http.get(path).set(await app.as(role, caller)).set(headers));
}

/** A POST as somebody with a key of its own, whatever comes back. */
export async function send<Body = Problem>(app: TestApp, role: Role, path: string, body?: unknown, caller: string | Caller = role, headers: Record<string, string> = {}): Promise<Answer<Body>> {
  const request = app.http.post(path).set(await app.as(role, caller)).set('Idempotency-Key', randomUUID()).set(headers);
  return answerOf<Body>(await (body === undefined ? request : request.send(body as object)));
}

/** The run once it has reached a state; fails the test after a while. */
export function runReaches(app: TestApp, runId: string, state: string): Promise<RunView> {
  return eventually(`run ${runId} to be ${state}`, async () => {
    const { body } = await get<RunView>(app, 'operator', `/v1/billing-runs/${runId}`);
    return body.state === state ? body : undefined;
  });
}

/** Only what every request may write whatever becomes of it: who called, with which key, and the workers' own tables. */
const BESIDES = ['access_tokens', 'users', 'idempotency_keys', 'sandbox_clock', 'migrations'];

/** The number of rows of every table; equal before and after where nothing was written. */
export async function rowCounts(app: TestApp): Promise<Record<string, number>> {
  const { rows: tables } = await app.db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND relname <> ALL ($1) ORDER BY 1`,
    [BESIDES],
  );
  const counted = (name: string): string => (name === 'audit_events' ? `audit_events WHERE action <> 'platform.token.issue'` : `"${name}"`);
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${counted(name)}`).join(' UNION ALL ');
  const { rows } = await app.db.query<{ name: string; rows: number }>(counts);
  return Object.fromEntries(rows.map(({ name, rows: n }) => [name, n]));
}

/** The codes of a refusal with their fields, `field CODE`. */
export const flaws = (problem: Pick<Problem, 'errors'>): string[] => problem.errors.map(({ field, code }) => `${field} ${code}`);
