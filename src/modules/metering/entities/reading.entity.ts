import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** What a dial showed on a day. */
@Entity('readings')
export class Reading extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'reading_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  readingId!: string;

  @Column({ name: 'installation_id', type: 'bigint' })
  installationId!: string;

  @Column({ name: 'register', type: 'text' })
  register!: string;

  @Column({ name: 'read_on', type: 'date' })
  readOn!: string;

  @Column({ name: 'reading', type: 'numeric', precision: 18, scale: 4 })
  reading!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'source', type: 'text' })
  source!: string;

  @Column({ name: 'corrects_reading_id', type: 'bigint', nullable: true })
  correctsReadingId!: string | null;

  @Column({ name: 'correction_reason', type: 'text', nullable: true })
  correctionReason!: string | null;

  @Column({ name: 'import_id', type: 'bigint', nullable: true })
  importId!: string | null;
}
