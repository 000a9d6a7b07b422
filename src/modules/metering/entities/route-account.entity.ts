import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** An account on a route, from a month to a month. */
@Entity('route_accounts')
export class RouteAccount extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'route_account_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  routeAccountId!: string;

  @Column({ name: 'route_id', type: 'bigint' })
  routeId!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;
}
