import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Where energy is measured or agreed; never changes. */
@Entity('usage_points')
export class UsagePoint {
  @PrimaryGeneratedColumn('identity', { name: 'usage_point_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  usagePointId!: string;

  @Column({ name: 'usage_point_no', type: 'text' })
  usagePointNo!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
