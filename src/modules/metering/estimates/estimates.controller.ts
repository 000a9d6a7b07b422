import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Operation } from '../../../platform/http';
import { EstimateReadingsInput, EstimatesView } from '../dto/estimate.dto';
import { METERING_TAG } from '../metering.tags';
import { EstimateReadings } from './estimate-readings';

@ApiTags(METERING_TAG)
@Controller('v1/reading-estimates')
export class EstimatesController {
  constructor(private readonly estimates: EstimateReadings) {}

  @Post()
  @Permit('metering.reading.estimate')
  @Operation({
    summary: 'Estimate the readings that are missing on the reading day of a month',
    description: "By each dial's own history, once its window is over. Marked on the bill and settled at the next real reading; what is on record is left alone.",
    status: 200,
    errors: ['METERING.ROUTE_NOT_FOUND'],
    responseType: EstimatesView,
  })
  estimate(@Body() input: EstimateReadingsInput, @CurrentActor() actor: Actor): Promise<EstimatesView> {
    return this.estimates.estimate(input, actor);
  }
}
