import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Consumes, IdParam, languageOf, Operation, pageOf, type Page } from '../../../platform/http';
import { AccountImportQuery, AccountImportView, ImportRefusalQuery, ImportRefusalView } from '../dto/account-import.dto';
import { IMPORT_EXAMPLE } from '../import/example';
import { ImportAccounts } from '../services/import-accounts';
import { ReadAccountImports } from '../services/read-account-imports';
import { ACCOUNTS_TAG } from '../customers.tags';

@ApiTags(ACCOUNTS_TAG)
@Controller('v1/account-imports')
export class AccountImportsController {
  constructor(
    private readonly importAccounts: ImportAccounts,
    private readonly read: ReadAccountImports,
  ) {}

  @Post()
  @Permit('customers.account-import.create')
  @Consumes('application/x-ndjson', IMPORT_EXAMPLE)
  @Operation({
    summary: 'Load accounts in bulk, one JSON object a line',
    description:
      'Each line is an account with its customer, premise, terms, transformers and circuits. Good lines are kept; a bad line is refused with its number and reasons. ' +
      'The answer comes when the whole body was read, at most 1 GiB. A line whose externalReference is recorded already is refused, so that a load can be sent again.',
    errors: ['CUSTOMERS.IMPORT_TOO_LARGE'],
    responseType: AccountImportView,
  })
  async load(@CurrentActor() actor: Actor, @Query() query: AccountImportQuery, @Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<AccountImportView> {
    const importId = await this.importAccounts.execute(actor, request, { label: query.label });
    response.setHeader('Location', `/v1/account-imports/${importId}`);
    return this.read.one(importId);
  }

  @Get(':importId')
  @Permit('customers.account-import.read')
  @Operation({ summary: 'Read the counts of an import', errors: ['CUSTOMERS.IMPORT_NOT_FOUND'], responseType: AccountImportView })
  getImport(@Param('importId', IdParam) importId: string): Promise<AccountImportView> {
    return this.read.one(importId);
  }

  @Get(':importId/refusals')
  @Permit('customers.account-import.read')
  @Operation({ summary: 'List the refused lines of an import with their reasons', errors: ['CUSTOMERS.IMPORT_NOT_FOUND'], responseType: pageOf(ImportRefusalView) })
  listRefusals(@Param('importId', IdParam) importId: string, @Query() query: ImportRefusalQuery, @Req() request: Request): Promise<Page<ImportRefusalView>> {
    return this.read.refusals(importId, query, languageOf(request));
  }

  @Get(':importId/accounts')
  @Permit('customers.account-import.read')
  @Operation({
    summary: 'Stream the account numbers of an import, one JSON object a line',
    errors: ['CUSTOMERS.IMPORT_NOT_FOUND'],
    produces: 'application/x-ndjson',
    example: '{"externalReference":"LEGACY-00017","accountNo":"1000000014","accountId":"9001"}\n',
  })
  async streamAccounts(@Param('importId', IdParam) importId: string): Promise<StreamableFile> {
    return new StreamableFile(await this.read.numbers(importId), { type: 'application/x-ndjson' });
  }
}
