import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** Approved adjustment energy, as billing reads it. */
@Entity('energy_adjustments')
export class EnergyAdjustmentRow extends RecordedRow {
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
}
