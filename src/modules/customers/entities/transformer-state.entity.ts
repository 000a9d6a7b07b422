import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** When a transformer ran or was suspended. */
@Entity('transformer_states')
export class TransformerStateVersion extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'transformer_state_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  transformerStateId!: string;

  @Column({ name: 'transformer_id', type: 'bigint' })
  transformerId!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason!: string | null;
}
