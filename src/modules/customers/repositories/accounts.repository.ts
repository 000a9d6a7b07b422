import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import { accountNoOf } from '../rules/account-number';

export interface AccountRow {
  readonly account_id: string;
  readonly account_no: string;
  readonly customer_id: string;
  readonly premise_id: string;
  readonly region_code: string;
  readonly external_reference: string | null;
  readonly opened_on: string;
  readonly closed_on: string | null;
}

export interface ShownAccountRow extends AccountRow {
  readonly name_masked: string;
  readonly address_masked: string;
}

export interface NewAccount {
  readonly accountNo: string;
  readonly customerId: string;
  readonly premiseId: string;
  readonly regionCode: string;
  readonly externalReference: string | null;
  readonly openedOn: string;
}

export interface AccountFilter {
  readonly accountNo: string | null;
  readonly customerId: string | null;
  readonly onlyCustomerId: string | null;
  readonly regionCode: string | null;
  readonly externalReference: string | null;
  readonly category: string | null;
  readonly open: boolean | null;
}

const SHOWN = `SELECT a.account_id, a.account_no, a.customer_id, a.premise_id, a.region_code, a.external_reference,
    a.opened_on, a.closed_on, c.name_masked, p.address_masked
  FROM accounts a JOIN customers c USING (customer_id) JOIN premises p USING (premise_id)`;

/** SQL of accounts. */
@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  /** So many new account numbers, reserved for ever: a number that is not used leaves a gap. */
  async reserveNumbers(tx: Tx, count: number): Promise<string[]> {
    const rows = await tx.query<{ serial: string }[]>(
      `SELECT nextval('account_serial') AS serial FROM generate_series(1, $1::int)`,
      [count],
    );
    return rows.map((row) => accountNoOf(row.serial));
  }

  async insert(tx: Tx, account: NewAccount): Promise<string> {
    const rows = await tx.query<{ account_id: string }[]>(
      `INSERT INTO accounts (account_no, customer_id, premise_id, region_code, external_reference, opened_on)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING account_id`,
      [account.accountNo, account.customerId, account.premiseId, account.regionCode, account.externalReference, account.openedOn],
    );
    return rows[0]?.account_id ?? '';
  }

  /** The account, locked until the transaction ends, so that changes of its versions come one after the other. */
  async lock(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
    const rows = await tx.query<AccountRow[]>('SELECT * FROM accounts WHERE account_id = $1 FOR UPDATE', [accountId]);
    return rows[0];
  }

  async close(tx: Tx, accountId: string, closedOn: string, reason: string): Promise<void> {
    await tx.query(
      `UPDATE accounts SET closed_on = $2, closing_reason = $3, closed_revision = next_input_revision() WHERE account_id = $1`,
      [accountId, closedOn, reason],
    );
  }

  async find(accountId: string): Promise<ShownAccountRow | undefined> {
    const rows = await this.database.query<ShownAccountRow>(`${SHOWN} WHERE a.account_id = $1`, [accountId]);
    return rows[0];
  }

  /** Accounts after a cursor in the order of their ids. */
  list(filter: AccountFilter, after: string, limit: number): Promise<ShownAccountRow[]> {
    return this.database.query<ShownAccountRow>(
      `${SHOWN}
       WHERE a.account_id > $1
         AND ($2::text IS NULL OR a.account_no = $2)
         AND ($3::bigint IS NULL OR a.customer_id = $3)
         AND ($4::bigint IS NULL OR a.customer_id = $4)
         AND ($5::text IS NULL OR a.region_code = $5)
         AND ($6::text IS NULL OR a.external_reference = $6)
         AND ($7::text IS NULL OR EXISTS (
           SELECT 1 FROM account_terms t
           WHERE t.account_id = a.account_id AND t.superseded_revision IS NULL AND t.category = $7
             AND t.valid_from <= app_today() AND (t.valid_to IS NULL OR t.valid_to > app_today())))
         AND ($8::boolean IS NULL OR (a.closed_on IS NULL) = $8)
       ORDER BY a.account_id LIMIT $9`,
      [
        after, filter.accountNo, filter.customerId, filter.onlyCustomerId, filter.regionCode,
        filter.externalReference, filter.category, filter.open, limit,
      ],
    );
  }
}
