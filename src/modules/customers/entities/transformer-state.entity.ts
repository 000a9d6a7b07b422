import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** When a transformer ran or was suspended. */
@Entity('transformer_states')
export class TransformerStateVersion {
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

  @Column({ name: 'recorded_by', type: 'bigint' })
  recordedBy!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  @Column({ name: 'superseded_revision', type: 'bigint', nullable: true })
  supersededRevision!: string | null;
}
