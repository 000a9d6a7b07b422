import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/usage-point.dto';
import { ChangeUsagePoint } from './change-usage-point';
import { CreateUsagePoint } from './create-usage-point';
import { FindUsagePoints } from './find-usage-points';
import { SetParents } from './set-parents';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/usage-points')
export class UsagePointsController {
  constructor(
    private readonly createPoint: CreateUsagePoint,
    private readonly changePoint: ChangeUsagePoint,
    private readonly setParents: SetParents,
    private readonly finder: FindUsagePoints,
  ) {}

  @Post()
  @Permit('metering.usage-point.create')
  @Operation({
    summary: 'Enter a usage point',
    errors: ['METERING.ACCOUNT_NOT_FOUND', 'METERING.USAGE_POINT_NO_TAKEN', 'METERING.USAGE_POINT_INVALID', 'METERING.PARENT_NOT_FOUND',
      'METERING.PARENT_CYCLE', 'METERING.PARENT_TOO_MANY', 'METERING.PARENT_REPEATED', 'METERING.TREE_TOO_DEEP'],
    responseType: dto.UsagePointView,
  }) // prettier-ignore
  create(@Body() input: dto.CreateUsagePoint, @CurrentActor() actor: Actor): Promise<dto.UsagePointView> {
    return this.createPoint.create(input, actor);
  }

  @Get()
  @Permit('metering.usage-point.read')
  @Operation({ summary: 'List usage points', responseType: pageOf(dto.UsagePointView) })
  list(@Query() query: dto.UsagePointQuery): Promise<Page<dto.UsagePointView>> {
    return this.finder.page(query);
  }

  @Get(':usagePointId')
  @Permit('metering.usage-point.read')
  @Operation({ summary: 'Show a usage point', errors: ['METERING.USAGE_POINT_NOT_FOUND'], responseType: dto.UsagePointView })
  one(@Param('usagePointId', IdParam) usagePointId: string): Promise<dto.UsagePointView> {
    return this.finder.one(usagePointId);
  }

  @Post(':usagePointId/versions')
  @Permit('metering.usage-point.change')
  @Operation({
    summary: 'Change a usage point from a day on',
    errors: ['METERING.USAGE_POINT_NOT_FOUND', 'METERING.USAGE_POINT_INVALID', 'METERING.VALIDITY_OVERLAPS'],
    responseType: dto.UsagePointView,
  })
  change(@Param('usagePointId', IdParam) id: string, @Body() input: dto.ChangeUsagePoint, @CurrentActor() actor: Actor): Promise<dto.UsagePointView> {
    return this.changePoint.change(id, input, actor);
  }

  @Post(':usagePointId/parents')
  @Permit('metering.usage-point.change')
  @Operation({
    summary: 'Set the main meters of a sub-meter from a day on',
    errors: ['METERING.USAGE_POINT_NOT_FOUND', 'METERING.PARENT_NOT_FOUND', 'METERING.PARENT_CYCLE', 'METERING.PARENT_TOO_MANY',
      'METERING.PARENT_REPEATED', 'METERING.TREE_TOO_DEEP'],
    responseType: dto.UsagePointView,
  }) // prettier-ignore
  parents(@Param('usagePointId', IdParam) id: string, @Body() input: dto.SetParents, @CurrentActor() actor: Actor): Promise<dto.UsagePointView> {
    return this.setParents.set(id, input, actor);
  }
}
