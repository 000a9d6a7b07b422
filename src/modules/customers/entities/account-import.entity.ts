import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A bulk load of accounts. */
@Entity('account_imports')
export class AccountImport {
  @PrimaryGeneratedColumn('identity', { name: 'import_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  importId!: string;

  @Column({ name: 'label', type: 'text', nullable: true })
  label!: string | null;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'rows_read', type: 'bigint' })
  rowsRead!: string;

  @Column({ name: 'rows_accepted', type: 'bigint' })
  rowsAccepted!: string;

  @Column({ name: 'rows_refused', type: 'bigint' })
  rowsRefused!: string;

  @Column({ name: 'started_by', type: 'bigint' })
  startedBy!: string;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @Column({ name: 'progressed_at', type: 'timestamptz' })
  progressedAt!: Date;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;
}
