import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** What billing needs to know of a usage point, from a day to a day. */
@Entity('usage_point_versions')
export class UsagePointVersionRow extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'usage_point_version_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  usagePointVersionId!: string;

  @Column({ name: 'usage_point_id', type: 'bigint' })
  usagePointId!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'role', type: 'text' })
  role!: string;

  @Column({ name: 'plan_id', type: 'text', nullable: true })
  planId!: string | null;

  @Column({ name: 'category', type: 'text', nullable: true })
  category!: string | null;

  @Column({ name: 'voltage', type: 'text', nullable: true })
  voltage!: string | null;

  @Column({ name: 'time_of_use', type: 'boolean' })
  timeOfUse!: boolean;

  @Column({ name: 'metering_mode', type: 'text' })
  meteringMode!: string;

  @Column({ name: 'lighting_connection', type: 'text', nullable: true })
  lightingConnection!: string | null;

  @Column({ name: 'transformer_no', type: 'text', nullable: true })
  transformerNo!: string | null;

  @Column({ name: 'supply_circuit_no', type: 'text', nullable: true })
  supplyCircuitNo!: string | null;

  @Column({ name: 'fixed_quantity_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  fixedQuantityKwh!: string | null;

  @Column({ name: 'fixed_ratio_percent', type: 'numeric', precision: 7, scale: 4, nullable: true })
  fixedRatioPercent!: string | null;

  @Column({ name: 'line_loss', type: 'jsonb', nullable: true })
  lineLoss!: Record<string, unknown> | null;
}
