import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** A sub-meter below a main meter, from a day to a day. */
@Entity('usage_point_parents')
export class UsagePointParent extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'parent_link_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  parentLinkId!: string;

  @Column({ name: 'child_usage_point_id', type: 'bigint' })
  childUsagePointId!: string;

  @Column({ name: 'parent_usage_point_id', type: 'bigint' })
  parentUsagePointId!: string;

  @Column({ name: 'position', type: 'smallint' })
  position!: number;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;
}
