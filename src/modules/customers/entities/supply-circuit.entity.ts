import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** A circuit that feeds an account, from a day to a day. */
@Entity('supply_circuits')
export class SupplyCircuit extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'supply_circuit_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  supplyCircuitId!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ name: 'supply_circuit_no', type: 'text' })
  supplyCircuitNo!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'voltage', type: 'text' })
  voltage!: string;

  @Column({ name: 'contract_demand_kw', type: 'numeric', precision: 14, scale: 4, nullable: true })
  contractDemandKw!: string | null;

  @Column({ name: 'approved_capacity_kva', type: 'numeric', precision: 14, scale: 4, nullable: true })
  approvedCapacityKva!: string | null;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason!: string | null;
}
