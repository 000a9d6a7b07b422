import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Energy that somebody asked to be added or taken off. */
@Entity('energy_adjustment_requests')
export class EnergyAdjustmentRequest {
  @PrimaryGeneratedColumn('identity', { name: 'adjustment_request_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  adjustmentRequestId!: string;

  @Column({ name: 'usage_point_id', type: 'bigint' })
  usagePointId!: string;

  @Column({ name: 'stage', type: 'text' })
  stage!: string;

  @Column({ name: 'standing', type: 'boolean' })
  standing!: boolean;

  @Column({ name: 'first_period', type: 'text' })
  firstPeriod!: string;

  @Column({ name: 'last_period', type: 'text', nullable: true })
  lastPeriod!: string | null;

  @Column({ name: 'total_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  totalKwh!: string | null;

  @Column({ name: 'sharp_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  sharpKwh!: string | null;

  @Column({ name: 'peak_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  peakKwh!: string | null;

  @Column({ name: 'flat_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  flatKwh!: string | null;

  @Column({ name: 'valley_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  valleyKwh!: string | null;

  @Column({ name: 'deep_valley_kwh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  deepValleyKwh!: string | null;

  @Column({ name: 'reactive_kvarh', type: 'numeric', precision: 18, scale: 4, nullable: true })
  reactiveKvarh!: string | null;

  @Column({ name: 'reason', type: 'text' })
  reason!: string;

  @Column({ name: 'work_order_no', type: 'text', nullable: true })
  workOrderNo!: string | null;

  @Column({ name: 'state', type: 'text' })
  state!: string;

  @Column({ name: 'requested_by', type: 'bigint' })
  requestedBy!: string;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  @Column({ name: 'decided_by', type: 'bigint', nullable: true })
  decidedBy!: string | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt!: Date | null;
}
