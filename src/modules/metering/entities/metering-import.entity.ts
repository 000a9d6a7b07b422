import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An import of readings or installations with its counts. */
@Entity('metering_imports')
export class MeteringImport {
  @PrimaryGeneratedColumn('identity', { name: 'import_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  importId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'lines', type: 'integer' })
  lines!: number;

  @Column({ name: 'accepted', type: 'integer' })
  accepted!: number;

  @Column({ name: 'unchanged', type: 'integer' })
  unchanged!: number;

  @Column({ name: 'refused', type: 'integer' })
  refused!: number;

  @Column({ name: 'suspicious', type: 'integer' })
  suspicious!: number;

  @Column({ name: 'stopped_because', type: 'text', nullable: true })
  stoppedBecause!: string | null;

  @Column({ name: 'started_by', type: 'bigint' })
  startedBy!: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @Column({ name: 'progressed_at', type: 'timestamptz' })
  progressedAt!: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt!: Date | null;
}
