import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A meter at a usage point; never changes. */
@Entity('meter_installations')
export class MeterInstallation {
  @PrimaryGeneratedColumn('identity', { name: 'installation_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  installationId!: string;

  @Column({ name: 'meter_id', type: 'bigint' })
  meterId!: string;

  @Column({ name: 'usage_point_id', type: 'bigint' })
  usagePointId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
