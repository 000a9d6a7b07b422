import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/meter.dto';
import { CreateMeter } from './create-meter';
import { ReadMeters } from './read-meters';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/meters')
export class MetersController {
  constructor(
    private readonly createMeter: CreateMeter,
    private readonly reader: ReadMeters,
  ) {}

  @Post()
  @Permit('metering.meter.create')
  @Operation({
    summary: 'Enter a meter with its registers',
    errors: ['METERING.ASSET_NO_TAKEN', 'METERING.REGISTERS_INVALID'],
    responseType: dto.MeterView,
  })
  create(@Body() input: dto.CreateMeter, @CurrentActor() actor: Actor): Promise<dto.MeterView> {
    return this.createMeter.create(input, actor);
  }

  @Get()
  @Permit('metering.meter.read')
  @Operation({ summary: 'List meters', responseType: pageOf(dto.MeterView) })
  list(@Query() query: dto.MeterQuery): Promise<Page<dto.MeterView>> {
    return this.reader.page(query);
  }

  @Get(':meterId')
  @Permit('metering.meter.read')
  @Operation({ summary: 'Show a meter', errors: ['METERING.METER_NOT_FOUND'], responseType: dto.MeterView })
  one(@Param('meterId', IdParam) meterId: string): Promise<dto.MeterView> {
    return this.reader.one(meterId);
  }
}
