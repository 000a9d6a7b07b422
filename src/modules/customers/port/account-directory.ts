import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';

/** An account in few words. */
export interface AccountEntry {
  readonly accountId: string;
  readonly accountNo: string;
  readonly customerId: string;
  readonly regionCode: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
}

const ENTRY = `SELECT account_id AS "accountId", account_no AS "accountNo", customer_id AS "customerId", region_code AS "regionCode",
    opened_on AS "openedOn", closed_on AS "closedOn" FROM accounts`;

/** Finds accounts for the other modules: by id, by number, by customer. One query each, whatever the number asked for. */
@Injectable()
export class AccountDirectory {
  async byIds(tx: Tx, accountIds: readonly string[]): Promise<Map<string, AccountEntry>> {
    const rows = await tx.query<AccountEntry[]>(`${ENTRY} WHERE account_id = ANY($1::bigint[])`, [accountIds]);
    return new Map(rows.map((row) => [row.accountId, row]));
  }

  async byNumbers(tx: Tx, accountNos: readonly string[]): Promise<Map<string, AccountEntry>> {
    const rows = await tx.query<AccountEntry[]>(`${ENTRY} WHERE account_no = ANY($1::text[])`, [accountNos]);
    return new Map(rows.map((row) => [row.accountNo, row]));
  }

  ofCustomer(tx: Tx, customerId: string): Promise<AccountEntry[]> {
    return tx.query<AccountEntry[]>(`${ENTRY} WHERE customer_id = $1 ORDER BY account_id`, [customerId]);
  }

  /** Transformer ids of an account by transformer number, as far as in force. */
  async transformerIds(tx: Tx, accountId: string): Promise<Map<string, string>> {
    const rows = await tx.query<{ transformer_id: string; transformer_no: string }[]>(
      'SELECT transformer_id, transformer_no FROM transformers WHERE account_id = $1 AND superseded_revision IS NULL',
      [accountId],
    );
    return new Map(rows.map((row) => [row.transformer_no, row.transformer_id]));
  }
}
