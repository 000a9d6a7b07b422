import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Approved adjustment energy, as billing reads it. */
@Entity('energy_adjustments')
export class EnergyAdjustmentRow {
  @PrimaryGeneratedColumn('identity', { name: 'adjustment_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  adjustmentId!: string;

  @Column({ name: 'adjustment_request_id', type: 'bigint' })
  adjustmentRequestId!: string;

  @Column({ name: 'usage_point_id', type: 'bigint' })
  usagePointId!: string;

  @Column({ name: 'first_period', type: 'text' })
  firstPeriod!: string;

  @Column({ name: 'last_period', type: 'text', nullable: true })
  lastPeriod!: string | null;

  @Column({ name: 'recorded_by', type: 'bigint' })
  recordedBy!: string;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt!: Date;

  @Column({ name: 'recorded_revision', type: 'bigint' })
  recordedRevision!: string;

  @Column({ name: 'superseded_revision', type: 'bigint', nullable: true })
  supersededRevision!: string | null;
}
