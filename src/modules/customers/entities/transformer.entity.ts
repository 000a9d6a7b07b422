import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** A transformer of an account with its plate and loss parameters. */
@Entity('transformers')
export class Transformer extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'transformer_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  transformerId!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ name: 'transformer_no', type: 'text' })
  transformerNo!: string;

  @Column({ name: 'ownership', type: 'text' })
  ownership!: string;

  @Column({ name: 'capacity_kva', type: 'numeric', precision: 14, scale: 4 })
  capacityKva!: string;

  @Column({ name: 'voltage', type: 'text', nullable: true })
  voltage!: string | null;

  @Column({ name: 'model', type: 'text', nullable: true })
  model!: string | null;

  @Column({ name: 'supply_circuit_no', type: 'text', nullable: true })
  supplyCircuitNo!: string | null;

  @Column({ name: 'loss', type: 'jsonb', nullable: true })
  loss!: Record<string, unknown> | null;
}
