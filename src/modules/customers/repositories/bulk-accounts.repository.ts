import { Injectable } from '@nestjs/common';
import { copyRows, type Tx } from '../../../platform/database';
import type { AccountLine } from '../import/account-line';
import { accountNoOf } from '../rules/account-number';
import { storedLoss } from '../rules/terms-rules';
import { SEALED_COLUMNS, type SealedCustomer, sealedValues } from './customers.repository';
import type { SealedPremise } from './premises.repository';
import { circuitColumns, CIRCUITS_TABLE } from './supply.repository';
import { TERMS_TABLE, termsColumns } from './terms.repository';

/** A line whose personal data is sealed; nothing about it depends on what is recorded. */
export interface SealedLine {
  readonly line: AccountLine;
  readonly customer: SealedCustomer;
  readonly premise: SealedPremise;
  /** Kind and hash of the identity document as one text, or null. */
  readonly identityKey: string | null;
}

/** A recorded customer with an identity document. */
export interface KnownIdentity {
  readonly customerId: string;
  readonly kind: string;
  readonly nameHash: Buffer;
}

export interface ReservedIds {
  readonly customers: string[];
  readonly premises: string[];
  readonly accounts: string[];
  readonly accountNos: string[];
  readonly transformers: string[];
}

/** A line with the customer that it belongs to: a recorded one, one of an earlier line, or a new one. */
export interface PlacedLine {
  readonly sealed: SealedLine;
  readonly customerId: string;
  readonly isNewCustomer: boolean;
}

export interface ImportContext {
  readonly importId: string;
  readonly userId: string;
}

const REASON = 'import';

/** The text under which the identity document of a customer is compared within a batch. */
export function identityKeyOf(kind: string, hash: Buffer): string {
  return `${kind}:${hash.toString('base64')}`;
}

/** The SQL of a batch of imported accounts: a constant number of statements, whatever its size. */
@Injectable()
export class BulkAccountsRepository {
  /** External references of the list that are recorded, with the import that recorded them. */
  async knownReferences(tx: Tx, references: readonly string[]): Promise<Map<string, string | null>> {
    if (references.length === 0) return new Map();
    const rows = await tx.query<{ external_reference: string; import_id: string | null }[]>(
      'SELECT external_reference, import_id FROM accounts WHERE external_reference = ANY($1::text[])',
      [references],
    );
    return new Map(rows.map((row) => [row.external_reference, row.import_id]));
  }

  /** Customers recorded under the identity documents of the lines, by identity key. */
  async knownIdentities(tx: Tx, lines: readonly SealedLine[]): Promise<Map<string, KnownIdentity>> {
    const withIdentity = lines.filter(({ identityKey }) => identityKey !== null).map(({ customer }) => customer);
    if (withIdentity.length === 0) return new Map();
    const rows = await tx.query<{ customer_id: string; kind: string; name_hash: Buffer; identity_kind: string; identity_hash: Buffer }[]>(
      `SELECT customer_id, kind, name_hash, identity_kind, identity_hash FROM customers
       WHERE (identity_kind, identity_hash) IN (SELECT * FROM unnest($1::text[], $2::bytea[]))`,
      [withIdentity.map(({ identityKind }) => identityKind), withIdentity.map(({ identityHash }) => identityHash)],
    );
    return new Map(
      rows.map((row) => [
        identityKeyOf(row.identity_kind, row.identity_hash),
        { customerId: row.customer_id, kind: row.kind, nameHash: row.name_hash },
      ]),
    );
  }

  /** Ids and account numbers for a batch, reserved for ever. */
  async reserve(tx: Tx, accounts: number, transformers: number): Promise<ReservedIds> {
    const rows = await tx.query<{ customers: string[]; premises: string[]; accounts: string[]; serials: string[]; transformers: string[] }[]>(
      `SELECT
         ARRAY(SELECT nextval('customers_customer_id_seq')::text FROM generate_series(1, $1::int)) AS customers,
         ARRAY(SELECT nextval('premises_premise_id_seq')::text FROM generate_series(1, $1::int)) AS premises,
         ARRAY(SELECT nextval('accounts_account_id_seq')::text FROM generate_series(1, $1::int)) AS accounts,
         ARRAY(SELECT nextval('account_serial')::text FROM generate_series(1, $1::int)) AS serials,
         ARRAY(SELECT nextval('transformers_transformer_id_seq')::text FROM generate_series(1, $2::int)) AS transformers`,
      [accounts, transformers],
    );
    const ids = rows[0];
    if (!ids) throw new Error('no ids were reserved');
    return { ...ids, accountNos: ids.serials.map(accountNoOf) };
  }

  /** Writes a batch by COPY. */
  async write(tx: Tx, context: ImportContext, placed: readonly PlacedLine[], ids: ReservedIds): Promise<void> {
    const newCustomers = placed.filter(({ isNewCustomer }) => isNewCustomer);
    await copyRows(tx, 'customers', ['customer_id', ...SEALED_COLUMNS], newCustomers.map(({ customerId, sealed }) => [customerId, ...sealedValues(sealed.customer)]));
    await copyRows(tx, 'premises', PREMISE_COLUMNS, placed.map(({ sealed: { premise } }, index) => [ids.premises[index], premise.regionCode, premise.addressEnc, premise.addressMasked]));
    await copyRows(tx, 'accounts', ACCOUNT_COLUMNS, placed.map((each, index) => accountRow(each, index, ids, context)));
    await copyRows(tx, 'account_terms', versionColumns(TERMS_TABLE), termsRows(placed, ids, context));
    await this.writeSupply(tx, context, placed, ids);
  }

  private async writeSupply(tx: Tx, { userId }: ImportContext, placed: readonly PlacedLine[], ids: ReservedIds): Promise<void> {
    const transformers: unknown[][] = [];
    const states: unknown[][] = [];
    const circuits: unknown[][] = [];
    placed.forEach(({ sealed: { line } }, index) => {
      const accountId = ids.accounts[index];
      for (const { transformer, states: periods } of line.transformers) {
        const transformerId = ids.transformers[transformers.length];
        transformers.push([
          transformerId, accountId, transformer.transformerNo, transformer.ownership, transformer.capacityKva, transformer.voltage,
          transformer.model, transformer.supplyCircuitNo, storedLoss(transformer.loss), userId,
        ]);
        for (const { value, from, to } of periods) states.push([transformerId, value, from, to, REASON, userId]);
      }
      for (const { value, from, to } of line.supplyCircuits) {
        circuits.push([accountId, value.supplyCircuitNo, ...circuitColumns(value), from, to, REASON, userId]);
      }
    });
    if (transformers.length > 0) await copyRows(tx, 'transformers', TRANSFORMER_COLUMNS, transformers);
    if (states.length > 0) await copyRows(tx, 'transformer_states', STATE_COLUMNS, states);
    if (circuits.length > 0) await copyRows(tx, 'supply_circuits', versionColumns(CIRCUITS_TABLE), circuits);
  }
}

const PREMISE_COLUMNS = ['premise_id', 'region_code', 'address_enc', 'address_masked'];
const ACCOUNT_COLUMNS = ['account_id', 'account_no', 'customer_id', 'premise_id', 'region_code', 'external_reference', 'import_id', 'opened_on'];
const TRANSFORMER_COLUMNS = [
  'transformer_id', 'account_id', 'transformer_no', 'ownership', 'capacity_kva', 'voltage', 'model', 'supply_circuit_no', 'loss', 'recorded_by',
];
const STATE_COLUMNS = ['transformer_id', 'state', 'valid_from', 'valid_to', 'reason', 'recorded_by'];

function versionColumns(dated: { readonly key: readonly string[]; readonly values: readonly string[] }): string[] {
  return [...dated.key, ...dated.values, 'valid_from', 'valid_to', 'reason', 'recorded_by'];
}

function accountRow({ sealed, customerId }: PlacedLine, index: number, ids: ReservedIds, { importId }: ImportContext): unknown[] {
  const { account } = sealed.line;
  return [
    ids.accounts[index], ids.accountNos[index], customerId, ids.premises[index], account.premise.regionCode,
    account.externalReference ?? null, importId, account.openedOn,
  ];
}

function termsRows(placed: readonly PlacedLine[], ids: ReservedIds, { userId }: ImportContext): unknown[][] {
  return placed.flatMap(({ sealed: { line } }, index) =>
    line.terms.map(({ value, from, to }) => [ids.accounts[index], ...termsColumns(value), from, to, REASON, userId]),
  );
}
