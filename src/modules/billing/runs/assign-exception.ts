import { Injectable } from '@nestjs/common';
import { type Actor, type Role, RolesTable } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { BillingPermission } from '../billing.permissions';
import { ExceptionRepository } from './exception.repository';
import { ResolveException } from './resolve-exception';

/** What an owner must be allowed to do. */
const RESOLVE: BillingPermission = 'billing.exception.resolve';

/** Gives an exception to who deals with it. */
@Injectable()
export class AssignException {
  constructor(
    private readonly database: Database,
    private readonly resolution: ResolveException,
    private readonly exceptions: ExceptionRepository,
    private readonly roles: RolesTable,
  ) {}

  /** Gives the exception to a person who may resolve it, or to nobody. Throws BILLING.OWNER_UNKNOWN, BILLING.OWNER_NOT_PERMITTED. */
  async assign(runId: string, exceptionId: string, actor: Actor, ownerUserId: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.resolution.lockOpen(tx, runId, exceptionId);
      if (ownerUserId !== null) await this.requireResolver(tx, ownerUserId);
      await this.exceptions.setOwner(tx, exceptionId, ownerUserId);
      await this.resolution.record(tx, 'billing.exception.assign', exceptionId, actor, { ownerUserId });
    });
  }

  private async requireResolver(tx: Tx, userId: string): Promise<void> {
    const [user] = await tx.query<{ roles: Role[]; disabled: boolean }[]>('select roles, disabled_at is not null as disabled from users where user_id = $1', [userId]);
    if (user === undefined) throw new AppError('BILLING.OWNER_UNKNOWN');
    if (user.disabled || !this.roles.permissionsOf(user.roles).has(RESOLVE)) throw new AppError('BILLING.OWNER_NOT_PERMITTED');
  }
}
