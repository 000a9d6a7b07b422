import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** From when to when a published version is in force. */
@Entity('tariff_validities')
export class TariffValidity {
  @PrimaryGeneratedColumn('identity', { name: 'tariff_validity_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  tariffValidityId!: string;

  @Column({ name: 'tariff_version_id', type: 'bigint' })
  tariffVersionId!: string;

  @Column({ name: 'price_book', type: 'text' })
  priceBook!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  @Column({ name: 'superseded_revision', type: 'bigint', nullable: true })
  supersededRevision!: string | null;
}
