import { Column } from 'typeorm';

/** Who recorded a row of billing's inputs, when, and from which revision of the inputs to which it holds. */
export abstract class RecordedRow {
  @Column({ name: 'recorded_by', type: 'bigint' })
  recordedBy!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  /** Null while the row is in force. */
  @Column({ name: 'superseded_revision', type: 'bigint', nullable: true })
  supersededRevision!: string | null;
}
