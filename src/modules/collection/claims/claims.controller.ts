import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Permit } from '../../../platform/auth';
import { decodeCursor, Operation, Page, pageFrom, pageOf } from '../../../platform/http';
import { RECEIVABLES_TAG } from '../collection.tags';
import { ClaimListQuery, ClaimView } from './claim.dto';
import { ClaimRepository } from './claim.repository';

/** What is owed besides bills. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1/claims')
export class ClaimsController {
  constructor(private readonly claims: ClaimRepository) {}

  @Get()
  @Permit('collection.receivable.read')
  @Operation({ summary: 'List claims for tenders that came back after their money had been paid out, the newest first', responseType: pageOf(ClaimView) })
  async list(@Query() query: ClaimListQuery): Promise<Page<ClaimView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.claims.list(query, before), query.limit, ({ claimId }) => [claimId], (row) => row);
  }
}
