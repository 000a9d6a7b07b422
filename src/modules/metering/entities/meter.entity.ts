import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A device; never changes. */
@Entity('meters')
export class Meter {
  @PrimaryGeneratedColumn('identity', { name: 'meter_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  meterId!: string;

  @Column({ name: 'asset_no', type: 'text' })
  assetNo!: string;

  @Column({ name: 'phases', type: 'smallint' })
  phases!: number;

  @Column({ name: 'model', type: 'text', nullable: true })
  model!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
