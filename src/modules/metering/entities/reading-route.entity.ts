import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A reading route with its day; never changes. */
@Entity('reading_routes')
export class ReadingRoute {
  @PrimaryGeneratedColumn('identity', { name: 'route_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  routeId!: string;

  @Column({ name: 'route_code', type: 'text' })
  routeCode!: string;

  @Column({ name: 'region_code', type: 'text' })
  regionCode!: string;

  @Column({ name: 'reading_day', type: 'smallint' })
  readingDay!: number;

  @Column({ name: 'window_days', type: 'smallint' })
  windowDays!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
