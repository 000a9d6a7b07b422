import type { Pool } from 'pg';
import type { FinalAnswer } from './persistent-client';

/** What became of payments, counted in the database and held against what the clients were told. */
export interface PaymentTally {
  readonly keys: number;
  readonly payments: number;
  readonly journals: number;
  /** Keys under which there is more than one payment. */
  readonly doubled: number;
  /** Keys that were acknowledged with a payment that is not there as acknowledged. */
  readonly lost: number;
  /** Keys without any payment. */
  readonly missing: number;
  /** Payments that nobody asked for. */
  readonly strangers: number;
  /** Keys whose answers are not all the same. */
  readonly differing: number;
  /** Final answers other than 201. */
  readonly refused: number;
  /** Attempts that another one took over. */
  readonly takenOver: number;
  /** Keys that are still in flight. */
  readonly stuck: number;
}

interface PaidRow {
  readonly key: string;
  readonly paymentId: string;
  readonly amount: string;
  readonly journals: number;
}

/** Each payment names its key as the reference of its tender. */
const PAID = `
  select t.reference as key, p.payment_id as "paymentId", p.amount::text,
         (select count(*)::int from journals j where j.kind = 'payment' and j.source_id = p.payment_id) as journals
    from payments p join payment_tenders t using (payment_id) where starts_with(t.reference, $1)`;

/** Counts the payments whose keys begin like this. */
export async function tallyPayments(db: Pool, prefix: string, answers: readonly FinalAnswer[]): Promise<PaymentTally> {
  const { rows } = await db.query<PaidRow>(PAID, [prefix]);
  const paid = new Map<string, PaidRow[]>();
  for (const row of rows) paid.set(row.key, [...(paid.get(row.key) ?? []), row]);
  const told = new Map<string, Set<string>>();
  for (const { key, status, text } of answers) told.set(key, (told.get(key) ?? new Set()).add(`${String(status)} ${text}`));
  const acknowledged = answers.filter(({ status }) => status === 201);
  const keys = [...told.keys()];
  const { rows: [claims] } = await db.query<{ takenOver: number; stuck: number }>(
    `select count(*) filter (where fence > 1)::int as "takenOver", count(*) filter (where answered_at is null)::int as stuck
       from idempotency_keys where starts_with(key, $1)`,
    [prefix],
  );
  return {
    keys: keys.length,
    payments: rows.length,
    journals: rows.reduce((sum, row) => sum + row.journals, 0),
    doubled: [...paid.values()].filter((each) => each.length > 1).length,
    lost: new Set(acknowledged.filter((answer) => !isThere(paid.get(answer.key), answer)).map(({ key }) => key)).size,
    missing: keys.filter((key) => !paid.has(key)).length,
    strangers: [...paid.keys()].filter((key) => !told.has(key)).length,
    differing: [...told.values()].filter((each) => each.size > 1).length,
    refused: answers.length - acknowledged.length,
    takenOver: claims?.takenOver ?? 0,
    stuck: claims?.stuck ?? 0,
  };
}

function isThere(rows: readonly PaidRow[] | undefined, { text }: FinalAnswer): boolean {
  const { paymentId, amount } = JSON.parse(text) as { paymentId: string; amount: string };
  return rows?.some((row) => row.paymentId === paymentId && row.amount === amount) ?? false;
}
