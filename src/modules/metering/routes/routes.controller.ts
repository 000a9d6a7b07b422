import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, PageQuery, type Page } from '../../../platform/http';
import * as dto from '../dto/route.dto';
import { ManageRoutes } from './manage-routes';
import { ReadRoutes } from './read-routes';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1')
export class RoutesController {
  constructor(
    private readonly manager: ManageRoutes,
    private readonly reader: ReadRoutes,
  ) {}

  @Post('reading-routes')
  @Permit('metering.route.change')
  @Operation({ summary: 'Enter a reading route', errors: ['METERING.ROUTE_CODE_TAKEN'], responseType: dto.RouteView })
  create(@Body() input: dto.CreateRoute, @CurrentActor() actor: Actor): Promise<dto.RouteView> {
    return this.manager.create(input, actor);
  }

  @Get('reading-routes')
  @Permit('metering.route.read')
  @Operation({ summary: 'List reading routes', responseType: pageOf(dto.RouteView) })
  list(@Query() query: dto.RouteQuery): Promise<Page<dto.RouteView>> {
    return this.reader.page(query);
  }

  @Get('reading-routes/:routeId')
  @Permit('metering.route.read')
  @Operation({ summary: 'Show a reading route', errors: ['METERING.ROUTE_NOT_FOUND'], responseType: dto.RouteView })
  one(@Param('routeId', IdParam) routeId: string): Promise<dto.RouteView> {
    return this.reader.one(routeId);
  }

  @Get('reading-routes/:routeId/accounts')
  @Permit('metering.route.read')
  @Operation({ summary: 'List the accounts on a route', errors: ['METERING.ROUTE_NOT_FOUND'], responseType: pageOf(dto.RouteAccountView) })
  accounts(@Param('routeId', IdParam) routeId: string, @Query() query: PageQuery): Promise<Page<dto.RouteAccountView>> {
    return this.reader.accounts(routeId, query);
  }

  @Post('reading-routes/:routeId/accounts')
  @Permit('metering.route.change')
  @Operation({
    summary: 'Put accounts on a route from a month on',
    status: 200,
    errors: ['METERING.ROUTE_NOT_FOUND', 'METERING.ACCOUNT_NOT_FOUND', 'METERING.ROUTE_CHANGE_TOO_EARLY'],
    responseType: dto.AssignmentResult,
  })
  assign(@Param('routeId', IdParam) routeId: string, @Body() input: dto.AssignAccounts, @CurrentActor() actor: Actor): Promise<dto.AssignmentResult> {
    return this.manager.assign(routeId, input, actor);
  }

  @Get('reading-cycles')
  @Permit('metering.route.read')
  @Operation({ summary: 'Show the cycle of an account for a period', errors: ['METERING.ACCOUNT_NOT_FOUND'], responseType: dto.CycleView })
  cycle(@Query() query: dto.CycleQuery): Promise<dto.CycleView> {
    return this.reader.cycle(query);
  }
}
