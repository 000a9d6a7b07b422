import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { Page, PageQuery } from '../../../platform/http';
import { MeteringAccounts } from '../accounts';
import type { CycleQuery, CycleView, RouteAccountView, RouteQuery, RouteView } from '../dto/route.dto';
import { CyclesRepository } from './cycles.repository';
import { RoutesRepository } from './routes.repository';

/** Shows routes, the accounts on them, and the cycle of an account. */
@Injectable()
export class ReadRoutes {
  constructor(
    private readonly database: Database,
    private readonly routes: RoutesRepository,
    private readonly cycles: CyclesRepository,
    private readonly accountsByNo: MeteringAccounts,
  ) {}

  page(query: RouteQuery): Promise<Page<RouteView>> {
    return this.routes.page(this.database, query);
  }

  async one(routeId: string): Promise<RouteView> {
    const route = await this.routes.find(this.database, routeId);
    if (route === undefined) throw new AppError('METERING.ROUTE_NOT_FOUND');
    return route;
  }

  async accounts(routeId: string, query: PageQuery): Promise<Page<RouteAccountView>> {
    await this.one(routeId);
    return this.routes.accounts(this.database, routeId, query);
  }

  cycle({ accountNo, period }: CycleQuery): Promise<CycleView> {
    return this.database.transaction(async (tx) => {
      const { accountId } = await this.accountsByNo.require(tx, accountNo);
      const cycle = (await this.cycles.cyclesFor(tx, [accountId], period)).get(accountId);
      if (cycle === undefined) throw new Error('every account has a cycle');
      return { accountNo, period, from: cycle.from, to: cycle.to, routeCode: cycle.routeCode };
    });
  }
}
