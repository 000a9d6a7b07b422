import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TARIFF_PROBLEM_CODES } from '../../../core/tariff';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, TextParam, type Page } from '../../../platform/http';
import { TariffVersionDetailView, TariffVersionInput, TariffVersionQuery, TariffVersionView } from '../dto/tariff.dto';
import { DraftTariffVersion } from '../services/draft-tariff-version';
import { PublishTariffVersion } from '../services/publish-tariff-version';
import { ReadTariffs } from '../services/read-tariffs';
import { WithdrawTariffVersion } from '../services/withdraw-tariff-version';
import { TARIFF_TAG } from '../tariff.tags';

const hashParam = new TextParam({ maxLength: 64, pattern: /^[0-9a-f]{64}$/ });

@ApiTags(TARIFF_TAG)
@Controller('v1/tariff-versions')
export class TariffVersionsController {
  constructor(
    private readonly draft: DraftTariffVersion,
    private readonly read: ReadTariffs,
    private readonly publish: PublishTariffVersion,
    private readonly withdraw: WithdrawTariffVersion,
  ) {}

  @Post()
  @Permit('tariff.version.create')
  @Operation({
    summary: 'Record a tariff document as a draft',
    description: `Every problem of the document stands in errors, with its place, code and what is allowed. Codes besides those of the shape: ${TARIFF_PROBLEM_CODES.join(', ')}.`,
    errors: ['TARIFF.DOCUMENT_INVALID', 'TARIFF.ALREADY_LOADED', 'TARIFF.VERSION_NAME_TAKEN'],
    responseType: TariffVersionView,
  })
  draftVersion(@CurrentActor() actor: Actor, @Body() { document }: TariffVersionInput): Promise<TariffVersionView> {
    return this.draft.execute(actor, document);
  }

  @Get()
  @Permit('tariff.version.read')
  @Operation({ summary: 'List tariff versions', responseType: pageOf(TariffVersionView) })
  listVersions(@Query() query: TariffVersionQuery): Promise<Page<TariffVersionView>> {
    return this.read.list(query);
  }

  @Get('by-hash/:contentHash')
  @Permit('tariff.version.read')
  @Operation({ summary: 'Read a tariff version by the hash that bills name it by', errors: ['TARIFF.VERSION_NOT_FOUND'], responseType: TariffVersionDetailView })
  getByHash(@Param('contentHash', hashParam) contentHash: string): Promise<TariffVersionDetailView> {
    return this.read.one({ contentHash });
  }

  @Get(':tariffVersionId')
  @Permit('tariff.version.read')
  @Operation({ summary: 'Read a tariff version with its document', errors: ['TARIFF.VERSION_NOT_FOUND'], responseType: TariffVersionDetailView })
  getVersion(@Param('tariffVersionId', IdParam) tariffVersionId: string): Promise<TariffVersionDetailView> {
    return this.read.one({ id: tariffVersionId });
  }

  @Post(':tariffVersionId/publication')
  @Permit('tariff.version.publish')
  @Operation({
    summary: 'Publish a draft, by another person than recorded it',
    description: 'A published version never changes. An open version that began earlier ends where this one begins.',
    errors: ['TARIFF.VERSION_NOT_FOUND', 'TARIFF.NOT_A_DRAFT', 'TARIFF.OVERLAPS_PUBLISHED', 'APPROVAL.SAME_PERSON'],
    responseType: TariffVersionView,
  })
  publishVersion(@CurrentActor() actor: Actor, @Param('tariffVersionId', IdParam) tariffVersionId: string): Promise<TariffVersionView> {
    return this.publish.execute(actor, tariffVersionId);
  }

  @Post(':tariffVersionId/withdrawal')
  @Permit('tariff.version.withdraw')
  @Operation({ summary: 'Withdraw a draft', errors: ['TARIFF.VERSION_NOT_FOUND', 'TARIFF.NOT_A_DRAFT'], responseType: TariffVersionView })
  withdrawVersion(@CurrentActor() actor: Actor, @Param('tariffVersionId', IdParam) tariffVersionId: string): Promise<TariffVersionView> {
    return this.withdraw.execute(actor, tariffVersionId);
  }
}
