import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Database } from '../../../platform/database';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/reading.dto';
import { CheckMissingReadings } from './check-missing-readings';
import { ConfirmFinding } from './confirm-finding';
import { FindingsRepository } from './findings.repository';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/reading-findings')
export class FindingsController {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingsRepository,
    private readonly confirmFinding: ConfirmFinding,
    private readonly checkMissing: CheckMissingReadings,
  ) {}

  @Get()
  @Permit('metering.finding.read')
  @Operation({ summary: 'List what is doubtful about readings, by code, state or route', responseType: pageOf(dto.FindingView) })
  list(@Query() query: dto.FindingQuery): Promise<Page<dto.FindingView>> {
    return this.findings.page(this.database, query);
  }

  @Post(':findingId/confirmation')
  @Permit('metering.finding.confirm')
  @Operation({
    summary: 'Confirm that a doubtful reading is right',
    errors: ['METERING.FINDING_NOT_FOUND', 'METERING.FINDING_CLOSED', 'METERING.FINDING_NEEDS_READING'],
    responseType: dto.FindingView,
  })
  confirm(@Param('findingId', IdParam) id: string, @Body() input: dto.ConfirmFinding, @CurrentActor() actor: Actor): Promise<dto.FindingView> {
    return this.confirmFinding.confirm(id, input, actor);
  }

  @Post('missing-checks')
  @Permit('metering.finding.check')
  @Operation({ summary: 'Find the readings that are missing on the reading day of a month', status: 200, responseType: dto.MissingResult })
  check(@Body() input: dto.CheckMissing): Promise<dto.MissingResult> {
    return this.checkMissing.check(input);
  }
}
