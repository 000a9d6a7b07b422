import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';
import type { SupplyCircuitValues } from '../dto/supply-circuit.dto';
import type { TransformerValues } from '../dto/transformer.dto';
import { storedLoss } from '../rules/terms-rules';
import type { DatedTable } from './dated-rows';

export interface SupplyCircuitRow {
  readonly supply_circuit_id: string;
  readonly supply_circuit_no: string;
  readonly kind: string;
  readonly voltage: string;
  readonly contract_demand_kw: string | null;
  readonly approved_capacity_kva: string | null;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

export interface TransformerRow {
  readonly transformer_id: string;
  readonly transformer_no: string;
  readonly ownership: string;
  readonly capacity_kva: string;
  readonly voltage: string | null;
  readonly model: string | null;
  readonly supply_circuit_no: string | null;
  readonly loss: Readonly<Record<string, unknown>> | null;
  readonly states: readonly { readonly state: string; readonly validFrom: string; readonly validTo: string | null }[];
}

export const CIRCUITS_TABLE: DatedTable = {
  table: 'supply_circuits',
  key: ['account_id', 'supply_circuit_no'],
  values: ['kind', 'voltage', 'contract_demand_kw', 'approved_capacity_kva'],
};

export const STATES_TABLE: DatedTable = { table: 'transformer_states', key: ['transformer_id'], values: ['state'] };

export function circuitColumns(circuit: SupplyCircuitValues): unknown[] {
  return [circuit.kind, circuit.voltage, circuit.contractDemandKw ?? null, circuit.approvedCapacityKva ?? null];
}

/** SQL of supply circuits and transformers. */
@Injectable()
export class SupplyRepository {
  constructor(private readonly database: Database) {}

  listCircuits(accountId: string): Promise<SupplyCircuitRow[]> {
    return this.database.query<SupplyCircuitRow>(
      `SELECT *, trim_scale(contract_demand_kw)::text AS contract_demand_kw, trim_scale(approved_capacity_kva)::text AS approved_capacity_kva
       FROM supply_circuits WHERE account_id = $1 AND superseded_revision IS NULL ORDER BY supply_circuit_no, valid_from`,
      [accountId],
    );
  }

  async insertTransformer(tx: Tx, accountId: string, transformer: TransformerValues, recordedBy: string): Promise<string> {
    const loss = storedLoss(transformer.loss);
    const rows = await tx.query<{ transformer_id: string }[]>(
      `INSERT INTO transformers (account_id, transformer_no, ownership, capacity_kva, voltage, model, supply_circuit_no, loss, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING transformer_id`,
      [
        accountId, transformer.transformerNo, transformer.ownership, transformer.capacityKva, transformer.voltage ?? null,
        transformer.model ?? null, transformer.supplyCircuitNo ?? null, loss === null ? null : JSON.stringify(loss), recordedBy,
      ],
    );
    return rows[0]?.transformer_id ?? '';
  }

  async transformerExists(tx: Tx, accountId: string, transformerId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM transformers WHERE transformer_id = $2 AND account_id = $1 AND superseded_revision IS NULL',
      [accountId, transformerId],
    );
    return rows.length > 0;
  }

  /** Transformers not superseded, each with its states in order of time. */
  listTransformers(accountId: string): Promise<TransformerRow[]> {
    return this.database.query<TransformerRow>(
      `SELECT t.transformer_id, t.transformer_no, t.ownership, trim_scale(t.capacity_kva)::text AS capacity_kva, t.voltage, t.model,
         t.supply_circuit_no, t.loss, coalesce(s.states, '[]') AS states
       FROM transformers t
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_object('state', state, 'validFrom', valid_from, 'validTo', valid_to) ORDER BY valid_from) AS states
         FROM transformer_states WHERE transformer_id = t.transformer_id AND superseded_revision IS NULL) s ON true
       WHERE t.account_id = $1 AND t.superseded_revision IS NULL ORDER BY t.transformer_no`,
      [accountId],
    );
  }
}
