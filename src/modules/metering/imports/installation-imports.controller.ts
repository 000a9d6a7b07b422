import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Consumes, IdParam, languageOf, Operation, pageOf, PageQuery, type Page } from '../../../platform/http';
import { MeteringRefusalView, MeteringImportView } from '../dto/import.dto';
import { METERING_TAG } from '../metering.tags';
import { ImportInstallations } from './import-installations';
import { ReadImports } from './read-imports';

const EXAMPLE = `${JSON.stringify({
  accountNo: '1000000004',
  usagePoint: { usagePointNo: 'P1000000004-1', kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low' },
  meter: { assetNo: '3140012345678', phases: 1, registers: [{ register: 'total', dialDigits: 6, decimals: 2 }] },
  installedOn: '2025-11-01',
  initialReadings: [{ register: 'total', reading: '0.35' }],
  routeCode: 'R0101',
})}\n`;

const REFUSALS_EXAMPLE = 'line,field,code,reason,allowed,value\r\n4,installedOn,NOT_A_DATE,must be a day of the calendar,YYYY-MM-DD,2025-02-30\r\n';

@ApiTags(METERING_TAG)
@Controller('v1/installation-imports')
export class InstallationImportsController {
  constructor(
    private readonly importInstallations: ImportInstallations,
    private readonly reader: ReadImports,
  ) {}

  @Post()
  @Permit('metering.installation-import.create')
  @Consumes('application/x-ndjson', EXAMPLE)
  @Operation({
    summary: 'Import usage points with their meters, one JSON object a line',
    description: 'Main meters stand before their sub-meters. Good lines are kept and each bad one is refused; a line that is on record already changes nothing.',
    responseType: MeteringImportView,
  })
  async create(@Req() request: Request, @Res({ passthrough: true }) response: Response, @CurrentActor() actor: Actor): Promise<MeteringImportView> {
    const view = await this.importInstallations.import(request, actor);
    response.setHeader('Location', `/v1/installation-imports/${view.importId}`);
    return view;
  }

  @Get()
  @Permit('metering.import.read')
  @Operation({ summary: 'List imports of installations, latest first', responseType: pageOf(MeteringImportView) })
  list(@Query() query: PageQuery): Promise<Page<MeteringImportView>> {
    return this.reader.page('installations', query);
  }

  @Get(':importId')
  @Permit('metering.import.read')
  @Operation({ summary: 'Show an import of installations with its counts', errors: ['METERING.IMPORT_NOT_FOUND'], responseType: MeteringImportView })
  one(@Param('importId', IdParam) importId: string): Promise<MeteringImportView> {
    return this.reader.one('installations', importId);
  }

  @Get(':importId/refusals')
  @Permit('metering.import.read')
  @Operation({ summary: 'List the refused lines of an import of installations', errors: ['METERING.IMPORT_NOT_FOUND'], responseType: pageOf(MeteringRefusalView) })
  refusals(@Param('importId', IdParam) importId: string, @Query() query: PageQuery, @Req() request: Request): Promise<Page<MeteringRefusalView>> {
    return this.reader.refusals('installations', importId, query, languageOf(request));
  }

  @Get(':importId/refusals.csv')
  @Permit('metering.import.read')
  @Operation({ summary: 'Download the refused lines of an import of installations', errors: ['METERING.IMPORT_NOT_FOUND'], produces: 'text/csv', example: REFUSALS_EXAMPLE })
  async refusalsCsv(@Param('importId', IdParam) importId: string, @Req() request: Request): Promise<StreamableFile> {
    const disposition = `attachment; filename="import-${importId}-refusals.csv"`;
    return new StreamableFile(await this.reader.refusalsCsv('installations', importId, languageOf(request)), { type: 'text/csv; charset=utf-8', disposition });
  }
}
