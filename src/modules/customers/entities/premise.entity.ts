import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A place that is served. */
@Entity('premises')
export class Premise {
  @PrimaryGeneratedColumn('identity', { name: 'premise_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  premiseId!: string;

  @Column({ name: 'region_code', type: 'text' })
  regionCode!: string;

  @Column({ name: 'address_enc', type: 'bytea' })
  addressEnc!: Buffer;

  @Column({ name: 'address_masked', type: 'text' })
  addressMasked!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
