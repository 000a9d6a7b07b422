import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { MeteringAccounts } from '../accounts';
import type { AssignAccounts, AssignmentResult, CreateRoute, RouteView } from '../dto/route.dto';
import { RoutesRepository } from './routes.repository';

/** Enters reading routes and puts accounts on them. */
@Injectable()
export class ManageRoutes {
  constructor(
    private readonly database: Database,
    private readonly routes: RoutesRepository,
    private readonly accountsByNo: MeteringAccounts,
    private readonly audit: Audit,
  ) {}

  create(input: CreateRoute, actor: Pick<Actor, 'userId'>): Promise<RouteView> {
    return this.database.transaction(async (tx) => {
      const routeId = await this.routes.insert(tx, input);
      const detail = { ...input };
      await this.audit.record(tx, { actor, action: 'metering.route.create', subjectType: 'reading-route', subjectId: routeId, detail });
      return { routeId, ...input };
    });
  }

  /** All accounts or none: an unknown one is named and nothing is changed. */
  assign(routeId: string, { accountNos, fromMonth }: AssignAccounts, actor: Pick<Actor, 'userId'>): Promise<AssignmentResult> {
    return this.database.transaction(async (tx) => {
      if ((await this.routes.find(tx, routeId)) === undefined) throw new AppError('METERING.ROUTE_NOT_FOUND');
      const accounts = await this.accountsByNo.find(tx, accountNos);
      const errors = accountNos.flatMap((no, index) =>
        accounts.has(no) ? [] : [fieldError(`accountNos.${index}`, 'UNKNOWN', { en: 'is not the number of an account', zh: '不是已有的户号' })],
      );
      if (errors.length > 0) throw new AppError('METERING.ACCOUNT_NOT_FOUND', { errors });
      const ids = [...accounts.values()].map(({ accountId }) => accountId);
      const assigned = await this.routes.assign(tx, routeId, ids, fromMonth, actor.userId);
      const detail = { fromMonth, assigned };
      await this.audit.record(tx, { actor, action: 'metering.route.assign', subjectType: 'reading-route', subjectId: routeId, detail });
      return { assigned, unchanged: ids.length - assigned };
    });
  }
}
