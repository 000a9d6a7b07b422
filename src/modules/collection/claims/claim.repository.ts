import { Injectable } from '@nestjs/common';
import { dec, type Decimal, text } from '../../../core/quantity';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { ClaimListQuery, ClaimView } from './claim.dto';

/** A claim of which something is open, yuan; held locked. */
export interface OpenClaim {
  readonly claimId: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly open: Decimal;
}

/** A part of a payment that stands against a claim, yuan. */
export interface ClaimPart {
  readonly claimId: string;
  readonly accountId: string;
  readonly accountNo: string;
  readonly amount: Decimal;
}

const VIEW = `
  select c.claim_id as "claimId", a.account_no as "accountNo", r.payment_id as "paymentId", c.amount::text, c.opened_on as "openedOn",
         (c.amount - c.paid)::text as outstanding, c.settled_on as "settledOn"
    from claims c join accounts a using (account_id) join tender_returns r using (tender_return_id)`;

/** Claims for tenders that came back after their money had been paid out, and what was paid of them. */
@Injectable()
export class ClaimRepository {
  constructor(private readonly database: Database) {}

  async open(tx: Tx, tenderReturnId: string, claims: readonly { readonly accountId: string; readonly amount: Decimal }[]): Promise<void> {
    const owed = claims.filter(({ amount }) => amount.greaterThan(0));
    if (owed.length === 0) return;
    await tx.query('insert into claims (tender_return_id, account_id, amount) select $1, * from unnest($2::bigint[], $3::numeric[])', [
      tenderReturnId,
      owed.map(({ accountId }) => accountId),
      owed.map(({ amount }) => text(amount, 2)),
    ]);
  }

  /** Locks claims, the oldest first; every one must be open. */
  async lockOpen(tx: Tx, claimIds: readonly string[]): Promise<OpenClaim[]> {
    if (claimIds.length === 0) return [];
    const rows = await tx.query<(Omit<OpenClaim, 'open'> & { readonly open: string })[]>(
      `select c.claim_id as "claimId", c.account_id as "accountId", a.account_no as "accountNo", (c.amount - c.paid)::text as open
         from claims c join accounts a using (account_id) where c.claim_id = any($1::bigint[]) and c.settled_on is null order by c.claim_id for update of c`,
      [claimIds],
    );
    if (rows.length !== new Set(claimIds).size) throw new AppError('COLLECTION.CLAIM_NOT_OPEN');
    return rows.map((row) => ({ ...row, open: dec(row.open) }));
  }

  /** What stands of a payment against claims, the youngest claim first; locks these claims. */
  async standingOfPayment(tx: Tx, paymentId: string): Promise<ClaimPart[]> {
    await tx.query('select from claims where claim_id in (select claim_id from claim_settlements where payment_id = $1) order by claim_id for update', [paymentId]);
    const rows = await tx.query<(Omit<ClaimPart, 'amount'> & { readonly amount: string })[]>(
      `select c.claim_id as "claimId", c.account_id as "accountId", a.account_no as "accountNo", sum(s.amount)::text as amount
         from claim_settlements s join claims c using (claim_id) join accounts a using (account_id) where s.payment_id = $1
        group by c.claim_id, a.account_no having sum(s.amount) > 0 order by c.claim_id desc`,
      [paymentId],
    );
    return rows.map((row) => ({ ...row, amount: dec(row.amount) }));
  }

  /** Sets parts of a payment against claims, or takes them back where they are negative; the caller holds the claims locked. */
  async settle(tx: Tx, cause: 'payment' | 'payment-reversal' | 'tender-return', causeId: string, paymentId: string, parts: readonly ClaimPart[]): Promise<void> {
    if (parts.length === 0) return;
    await tx.query(
      `with part as (select * from unnest($4::bigint[], $5::numeric[]) as p (claim_id, amount)),
       written as (insert into claim_settlements (claim_id, cause, cause_id, payment_id, amount) select claim_id, $1, $2, $3, amount from part)
       update claims c set paid = c.paid + part.amount, settled_on = case when c.paid + part.amount = c.amount then app_today() end
         from part where c.claim_id = part.claim_id`,
      [cause, causeId, paymentId, parts.map(({ claimId }) => claimId), parts.map(({ amount }) => text(amount, 2))],
    );
  }

  /** From the newest on, one more than the limit. */
  list({ accountNo, state, limit }: ClaimListQuery, before: string | undefined): Promise<ClaimView[]> {
    return this.database.query(
      `${VIEW} where ($1::text is null or a.account_no = $1) and ($2::text is null or (c.settled_on is null) = ($2 = 'open'))
         and ($3::bigint is null or c.claim_id < $3) order by c.claim_id desc limit $4`,
      [accountNo ?? null, state ?? null, before ?? null, limit + 1],
    );
  }
}
