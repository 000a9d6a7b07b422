import type { RequestListQuery } from './request.dto';

/** The columns of `RequestView`, of a table with the alias `q`. */
export const REQUEST_COLUMNS = `
  q.requested_on as "requestedOn", q.requested_by as "requestedBy", q.approved_by as "approvedBy", q.turned_down_by as "turnedDownBy",
  q.turned_down_on as "turnedDownOn", q.turned_down_because as "turnedDownBecause"`;

/** The conditions of `RequestListQuery` and a state, over `q` and the account `a`: $1 to $6 as `requestFilter` gives them. */
export const requestConditions = (id: string): string => `
  ($1::text is null or q.state = $1) and ($2::text is null or a.account_no = $2) and ($3::date is null or q.requested_on >= $3)
  and ($4::date is null or q.requested_on <= $4) and ($5::bigint is null or ${id} < $5) order by ${id} desc limit $6`;

export function requestFilter({ state, accountNo, from, until, limit }: RequestListQuery & { readonly state?: string }, before: string | undefined): unknown[] {
  return [state ?? null, accountNo ?? null, from ?? null, until ?? null, before ?? null, limit + 1];
}
