import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/meter.dto';
import { CorrectRatios } from './correct-ratios';
import { InstallMeter } from './install-meter';
import { ReadMeters } from './read-meters';
import { RemoveMeter } from './remove-meter';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/meter-installations')
export class InstallationsController {
  constructor(
    private readonly installer: InstallMeter,
    private readonly remover: RemoveMeter,
    private readonly ratios: CorrectRatios,
    private readonly reader: ReadMeters,
  ) {}

  @Post()
  @Permit('metering.installation.change')
  @Operation({
    summary: 'Install a meter at a usage point',
    errors: ['METERING.USAGE_POINT_INVALID', 'METERING.METER_UNKNOWN', 'METERING.METER_INSTALLED_ELSEWHERE', 'METERING.READINGS_INCOMPLETE',
      'METERING.INSTALLATION_DATES_INVALID'],
    responseType: dto.InstallationView,
  }) // prettier-ignore
  install(@Body() input: dto.InstallMeter, @CurrentActor() actor: Actor): Promise<dto.InstallationView> {
    return this.installer.install(input, actor);
  }

  @Get()
  @Permit('metering.installation.read')
  @Operation({ summary: 'List installations by meter or usage point', responseType: pageOf(dto.InstallationView) })
  list(@Query() query: dto.InstallationQuery): Promise<Page<dto.InstallationView>> {
    return this.reader.installationPage(query);
  }

  @Get(':installationId')
  @Permit('metering.installation.read')
  @Operation({ summary: 'Show an installation', errors: ['METERING.INSTALLATION_NOT_FOUND'], responseType: dto.InstallationView })
  one(@Param('installationId', IdParam) id: string): Promise<dto.InstallationView> {
    return this.reader.installation(id);
  }

  @Post(':installationId/removal')
  @Permit('metering.installation.change')
  @Operation({
    summary: 'Take a meter down with its final readings',
    errors: ['METERING.INSTALLATION_NOT_FOUND', 'METERING.ALREADY_REMOVED', 'METERING.READINGS_INCOMPLETE', 'METERING.INSTALLATION_DATES_INVALID'],
    responseType: dto.InstallationView,
  })
  remove(@Param('installationId', IdParam) id: string, @Body() input: dto.RemoveMeter, @CurrentActor() actor: Actor): Promise<dto.InstallationView> {
    return this.remover.remove(id, input, actor);
  }

  @Post(':installationId/replacement')
  @Permit('metering.installation.change')
  @Operation({
    summary: 'Replace a meter by another one on the same day',
    errors: ['METERING.INSTALLATION_NOT_FOUND', 'METERING.ALREADY_REMOVED', 'METERING.METER_UNKNOWN', 'METERING.METER_INSTALLED_ELSEWHERE',
      'METERING.READINGS_INCOMPLETE', 'METERING.INSTALLATION_DATES_INVALID'],
    responseType: dto.InstallationView,
  }) // prettier-ignore
  replace(@Param('installationId', IdParam) id: string, @Body() input: dto.ReplaceMeter, @CurrentActor() actor: Actor): Promise<dto.InstallationView> {
    return this.remover.replace(id, input, actor);
  }

  @Post(':installationId/ratio-corrections')
  @Permit('metering.installation.change')
  @Operation({
    summary: 'Correct ratios that were entered wrongly',
    errors: ['METERING.INSTALLATION_NOT_FOUND', 'METERING.NOTHING_CHANGES'],
    responseType: dto.InstallationView,
  })
  correct(@Param('installationId', IdParam) id: string, @Body() input: dto.CorrectRatios, @CurrentActor() actor: Actor): Promise<dto.InstallationView> {
    return this.ratios.correct(id, input, actor);
  }
}
