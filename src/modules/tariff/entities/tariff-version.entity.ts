import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A version of a price book with its document. */
@Entity('tariff_versions')
export class TariffVersion {
  @PrimaryGeneratedColumn('identity', { name: 'tariff_version_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  tariffVersionId!: string;

  @Column({ name: 'price_book', type: 'text' })
  priceBook!: string;

  @Column({ name: 'version', type: 'text' })
  version!: string;

  @Column({ name: 'region_code', type: 'text' })
  regionCode!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'content_hash', type: 'text' })
  contentHash!: string;

  @Column({ name: 'document', type: 'jsonb' })
  document!: Record<string, unknown>;

  @Column({ name: 'created_by', type: 'bigint' })
  createdBy!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'published_by', type: 'bigint', nullable: true })
  publishedBy!: string | null;

  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt!: Date | null;

  @Column({ name: 'withdrawn_by', type: 'bigint', nullable: true })
  withdrawnBy!: string | null;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt!: Date | null;
}
