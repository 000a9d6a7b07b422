import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What is billed and paid as one. */
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn('identity', { name: 'account_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  accountId!: string;

  @Column({ name: 'account_no', type: 'text' })
  accountNo!: string;

  @Column({ name: 'customer_id', type: 'bigint' })
  customerId!: string;

  @Column({ name: 'premise_id', type: 'bigint' })
  premiseId!: string;

  @Column({ name: 'region_code', type: 'text' })
  regionCode!: string;

  @Column({ name: 'external_reference', type: 'text', nullable: true })
  externalReference!: string | null;

  @Column({ name: 'import_id', type: 'bigint', nullable: true })
  importId!: string | null;

  @Column({ name: 'opened_on', type: 'date' })
  openedOn!: string;

  @Column({ name: 'closed_on', type: 'date', nullable: true })
  closedOn!: string | null;

  @Column({ name: 'closing_reason', type: 'text', nullable: true })
  closingReason!: string | null;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  @Column({ name: 'closed_revision', type: 'bigint', nullable: true })
  closedRevision!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
