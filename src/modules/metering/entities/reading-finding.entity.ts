import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Something doubtful about a reading; superseded when it is decided. */
@Entity('reading_findings')
export class ReadingFinding {
  @PrimaryGeneratedColumn('identity', { name: 'finding_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  findingId!: string;

  @Column({ name: 'installation_id', type: 'bigint' })
  installationId!: string;

  @Column({ name: 'register', type: 'text' })
  register!: string;

  @Column({ name: 'reading_id', type: 'bigint', nullable: true })
  readingId!: string | null;

  @Column({ name: 'concerns_on', type: 'date' })
  concernsOn!: string;

  @Column({ name: 'code', type: 'text' })
  code!: string;

  @Column({ name: 'blocking', type: 'boolean' })
  blocking!: boolean;

  @Column({ name: 'figures', type: 'jsonb' })
  figures!: Record<string, unknown>;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  @Column({ name: 'superseded_revision', type: 'bigint', nullable: true })
  supersededRevision!: string | null;
}
