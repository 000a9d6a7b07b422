import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** Days and ratios of an installation. */
@Entity('meter_installation_versions')
export class MeterInstallationVersion extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'installation_version_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  installationVersionId!: string;

  @Column({ name: 'installation_id', type: 'bigint' })
  installationId!: string;

  @Column({ name: 'meter_id', type: 'bigint' })
  meterId!: string;

  @Column({ name: 'usage_point_id', type: 'bigint' })
  usagePointId!: string;

  @Column({ name: 'installed_on', type: 'date' })
  installedOn!: string;

  @Column({ name: 'removed_on', type: 'date', nullable: true })
  removedOn!: string | null;

  @Column({ name: 'pt_primary', type: 'integer' })
  ptPrimary!: number;

  @Column({ name: 'pt_secondary', type: 'integer' })
  ptSecondary!: number;

  @Column({ name: 'ct_primary', type: 'integer' })
  ctPrimary!: number;

  @Column({ name: 'ct_secondary', type: 'integer' })
  ctSecondary!: number;
}
