import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/adjustment.dto';
import { AdjustmentsRepository } from './adjustments.repository';
import { DecideAdjustment } from './decide-adjustment';
import { RequestAdjustment } from './request-adjustment';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/energy-adjustments')
export class AdjustmentsController {
  constructor(
    private readonly database: Database,
    private readonly adjustments: AdjustmentsRepository,
    private readonly requester: RequestAdjustment,
    private readonly decider: DecideAdjustment,
  ) {}

  @Post()
  @Permit('metering.adjustment.request')
  @Operation({ summary: 'Ask for energy to be added or taken off', errors: ['METERING.ADJUSTMENT_INVALID'], responseType: dto.AdjustmentView })
  request(@Body() input: dto.RequestAdjustment, @CurrentActor() actor: Actor): Promise<dto.AdjustmentView> {
    return this.requester.request(input, actor);
  }

  @Get()
  @Permit('metering.adjustment.read')
  @Operation({ summary: 'List adjustment energy', responseType: pageOf(dto.AdjustmentView) })
  list(@Query() query: dto.AdjustmentQuery): Promise<Page<dto.AdjustmentView>> {
    return this.adjustments.page(this.database, query);
  }

  @Post(':adjustmentId/approval')
  @Permit('metering.adjustment.approve')
  @Operation({
    summary: 'Approve adjustment energy as another person',
    status: 200,
    errors: ['METERING.ADJUSTMENT_NOT_FOUND', 'METERING.ADJUSTMENT_DECIDED', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN'],
    responseType: dto.AdjustmentView,
  })
  approve(@Param('adjustmentId', IdParam) id: string, @CurrentActor() actor: Actor): Promise<dto.AdjustmentView> {
    return this.decider.approve(id, actor);
  }

  @Post(':adjustmentId/rejection')
  @Permit('metering.adjustment.approve')
  @Operation({
    summary: 'Reject adjustment energy',
    status: 200,
    errors: ['METERING.ADJUSTMENT_NOT_FOUND', 'METERING.ADJUSTMENT_DECIDED'],
    responseType: dto.AdjustmentView,
  })
  reject(@Param('adjustmentId', IdParam) id: string, @CurrentActor() actor: Actor): Promise<dto.AdjustmentView> {
    return this.decider.reject(id, actor);
  }

  @Post(':adjustmentId/end')
  @Permit('metering.adjustment.approve')
  @Operation({
    summary: 'End a standing adjustment with a period',
    status: 200,
    errors: ['METERING.ADJUSTMENT_NOT_FOUND', 'METERING.ADJUSTMENT_INVALID', 'METERING.ADJUSTMENT_DECIDED'],
    responseType: dto.AdjustmentView,
  })
  end(@Param('adjustmentId', IdParam) id: string, @Body() input: dto.EndAdjustment, @CurrentActor() actor: Actor): Promise<dto.AdjustmentView> {
    return this.decider.end(id, input, actor);
  }
}
