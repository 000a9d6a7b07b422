import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A person or organisation that is served. */
@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn('identity', { name: 'customer_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  customerId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'name_enc', type: 'bytea' })
  nameEnc!: Buffer;

  @Column({ name: 'name_hash', type: 'bytea' })
  nameHash!: Buffer;

  @Column({ name: 'name_masked', type: 'text' })
  nameMasked!: string;

  @Column({ name: 'identity_kind', type: 'text', nullable: true })
  identityKind!: string | null;

  @Column({ name: 'identity_enc', type: 'bytea', nullable: true })
  identityEnc!: Buffer | null;

  @Column({ name: 'identity_hash', type: 'bytea', nullable: true })
  identityHash!: Buffer | null;

  @Column({ name: 'identity_masked', type: 'text', nullable: true })
  identityMasked!: string | null;

  @Column({ name: 'phone_enc', type: 'bytea', nullable: true })
  phoneEnc!: Buffer | null;

  @Column({ name: 'phone_hash', type: 'bytea', nullable: true })
  phoneHash!: Buffer | null;

  @Column({ name: 'phone_masked', type: 'text', nullable: true })
  phoneMasked!: string | null;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;
}
