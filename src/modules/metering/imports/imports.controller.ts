import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Consumes, IdParam, languageOf, Operation, pageOf, PageQuery, type Page } from '../../../platform/http';
import { MeteringRefusalView, MeteringImportView } from '../dto/import.dto';
import { METERING_TAG } from '../metering.tags';
import { ImportReadings } from './import-readings';
import { ReadImports } from './read-imports';

const EXAMPLE = 'meterNo,register,readOn,reading,source\n3140012345678,total,2026-02-01,1234.56,mobile\n';
const REFUSALS_EXAMPLE = 'line,field,code,reason,allowed,value\r\n17,reading,NOT_A_READING,must be digits with an optional fraction,0 … 9999999999.9999,12O4.5\r\n';

@ApiTags(METERING_TAG)
@Controller('v1/reading-imports')
export class ReadingImportsController {
  constructor(
    private readonly importReadings: ImportReadings,
    private readonly reader: ReadImports,
  ) {}

  @Post()
  @Permit('metering.reading-import.create')
  @Consumes('text/csv', EXAMPLE)
  @Operation({
    summary: 'Import readings from a CSV file',
    description:
      'UTF-8, header line required, columns meterNo, register, readOn, reading and optionally source in any order. The file is read as it arrives; ' +
      'good lines are kept and each bad one is refused with its line number. After a broken connection the same file can be sent again.',
    errors: ['METERING.IMPORT_HEADER_INVALID'],
    responseType: MeteringImportView,
  })
  async create(@Req() request: Request, @Res({ passthrough: true }) response: Response, @CurrentActor() actor: Actor): Promise<MeteringImportView> {
    const view = await this.importReadings.import(request, actor);
    response.setHeader('Location', `/v1/reading-imports/${view.importId}`);
    return view;
  }

  @Get()
  @Permit('metering.import.read')
  @Operation({ summary: 'List imports of readings, latest first', responseType: pageOf(MeteringImportView) })
  list(@Query() query: PageQuery): Promise<Page<MeteringImportView>> {
    return this.reader.page('readings', query);
  }

  @Get(':importId')
  @Permit('metering.import.read')
  @Operation({ summary: 'Show an import of readings with its counts', errors: ['METERING.IMPORT_NOT_FOUND'], responseType: MeteringImportView })
  one(@Param('importId', IdParam) importId: string): Promise<MeteringImportView> {
    return this.reader.one('readings', importId);
  }

  @Get(':importId/refusals')
  @Permit('metering.import.read')
  @Operation({ summary: 'List the refused lines of an import of readings', errors: ['METERING.IMPORT_NOT_FOUND'], responseType: pageOf(MeteringRefusalView) })
  refusals(@Param('importId', IdParam) importId: string, @Query() query: PageQuery, @Req() request: Request): Promise<Page<MeteringRefusalView>> {
    return this.reader.refusals('readings', importId, query, languageOf(request));
  }

  @Get(':importId/refusals.csv')
  @Permit('metering.import.read')
  @Operation({ summary: 'Download the refused lines of an import of readings', errors: ['METERING.IMPORT_NOT_FOUND'], produces: 'text/csv', example: REFUSALS_EXAMPLE })
  async refusalsCsv(@Param('importId', IdParam) importId: string, @Req() request: Request): Promise<StreamableFile> {
    const disposition = `attachment; filename="import-${importId}-refusals.csv"`;
    return new StreamableFile(await this.reader.refusalsCsv('readings', importId, languageOf(request)), { type: 'text/csv; charset=utf-8', disposition });
  }
}
