import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { CancelledBill } from '../runs/receivables.port';
import type { CancellationCause, CancellationState } from './cancellation.codes';
import type { CancelledTogether } from './dependent-bills';

export interface LockedRequest {
  readonly requestId: string;
  readonly state: CancellationState;
  readonly reason: string;
  readonly requestedBy: string;
}

/** A bill of a request, with the bill that took its place. */
export interface RequestedBillRow extends CancelledBill {
  readonly billNo: string;
  readonly accountNo: string;
  readonly supplyCircuit: string;
  readonly totalAmount: string;
  readonly runId: string;
  readonly cause: CancellationCause;
  readonly successors: readonly string[];
}

export interface RequestRow {
  readonly requestId: string;
  readonly state: CancellationState;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

export interface RequestFilter {
  readonly state?: string | undefined;
  readonly accountNo?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

const REQUEST = `
  select request_id as "requestId", state, reason, requested_by as "requestedBy", requested_at as "requestedAt", decided_by as "decidedBy",
         decided_at as "decidedAt", decision_reason as "decisionReason" from cancellation_requests r`;

/** Requests to cancel bills, and the bills that they are about. */
@Injectable()
export class CancellationRepository {
  async insert(tx: Tx, reason: string, requestedBy: string, bills: readonly CancelledTogether[]): Promise<string> {
    const [row] = await tx.query<{ requestId: string }[]>(
      'insert into cancellation_requests (reason, requested_by) values ($1, $2) returning request_id as "requestId"',
      [reason, requestedBy],
    );
    if (!row) throw new Error('a statement without a row');
    await tx.query(
      `insert into bill_cancellations (request_id, period, bill_id, account_id, cause)
       select $1, period, bill_id, account_id, cause from unnest($2::text[], $3::bigint[], $4::bigint[], $5::text[]) with ordinality
         as b (period, bill_id, account_id, cause, place) order by place`,
      [row.requestId, bills.map(({ period }) => period), bills.map(({ billId }) => billId), bills.map(({ accountId }) => accountId), bills.map(({ cause }) => cause)],
    );
    return row.requestId;
  }

  async lock(tx: Tx, requestId: string): Promise<LockedRequest | undefined> {
    const [row] = await tx.query<LockedRequest[]>(
      `select request_id as "requestId", state, reason, requested_by as "requestedBy" from cancellation_requests where request_id = $1 for update`,
      [requestId],
    );
    return row;
  }

  async decide(tx: Tx, requestId: string, state: 'approved' | 'declined', by: string, reason: string): Promise<void> {
    await tx.query(
      'update cancellation_requests set state = $2, decided_by = $3, decided_at = app_now(), decision_reason = $4 where request_id = $1',
      [requestId, state, by, reason],
    );
  }

  /** Takes the bills of an approved request out of force; answers how many were live. */
  async setCancelled(tx: Tx, requestId: string): Promise<number> {
    const rows = await tx.query<unknown[]>(
      `update bills b set live = false from bill_cancellations c
        where c.request_id = $1 and b.period = c.period and b.bill_id = c.bill_id and b.live returning b.bill_id`,
      [requestId],
    );
    return rows.length;
  }

  /** The bills of requests, the oldest month first. */
  async billsOf(tx: Tx, requestIds: readonly string[]): Promise<(RequestedBillRow & { readonly requestId: string })[]> {
    return tx.query<(RequestedBillRow & { readonly requestId: string })[]>(
      `select c.request_id as "requestId", c.cancellation_id as "cancellationId", c.period, c.bill_id as "billId", c.account_id as "accountId", b.bill_no as "billNo",
              b.account_no as "accountNo", b.supply_circuit as "supplyCircuit", b.total_amount::text as "totalAmount", b.run_id as "runId", c.cause,
              coalesce((select array_agg(n.bill_no order by n.bill_no) from bill_successions s join bills n on n.period = s.period and n.bill_id = s.successor_id
                         where s.period = c.period and s.predecessor_id = c.bill_id), '{}') as successors
         from bill_cancellations c join bills b on b.period = c.period and b.bill_id = c.bill_id
        where c.request_id = any($1::bigint[]) order by c.period, c.bill_id`,
      [[...requestIds]],
    );
  }

  async request(tx: Tx, requestId: string): Promise<RequestRow | undefined> {
    const [row] = await tx.query<RequestRow[]>(`${REQUEST} where request_id = $1`, [requestId]);
    return row;
  }

  /** Requests from the newest on. */
  async list(tx: Tx, { state, accountNo, before, limit }: RequestFilter): Promise<RequestRow[]> {
    return tx.query<RequestRow[]>(
      `${REQUEST} where ($1::text is null or state = $1) and ($2::bigint is null or request_id < $2)
          and ($3::text is null or exists (select from bill_cancellations c join accounts a using (account_id) where c.request_id = r.request_id and a.account_no = $3))
        order by request_id desc limit $4`,
      [state ?? null, before ?? null, accountNo ?? null, limit],
    );
  }
}
