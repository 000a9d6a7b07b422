import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Permit } from '../../../platform/auth';
import { languageOf, Operation } from '../../../platform/http';
import { BILLS_TAG } from '../billing.tags';
import { CALCULATION_CODES } from '../calculation.errors';
import { AuditBill } from './audit-bill';
import { BillAuditInput, BillAuditView } from './dto/bill-audit.dto';

/** Bills and invoices from elsewhere, recomputed for auditors and trainees. */
@ApiTags(BILLS_TAG)
@Controller('v1/bill-audits')
export class BillAuditsController {
  constructor(private readonly audits: AuditBill) {}

  @Post()
  @Permit('billing.calculation.create')
  @Operation({
    summary: 'Find what is wrong with a bill from elsewhere',
    description:
      'Computes the document and holds every printed figure against it: right or wrong, the right figure and its working, in Chinese or English. Lines that no printed amount stands for are listed too. Nothing is written.',
    errors: ['BILLING.DOCUMENT_INVALID', 'BILLING.TARIFF_UNKNOWN', 'BILLING.TARIFF_HASH_DIFFERS', 'TARIFF.DOCUMENT_INVALID', ...CALCULATION_CODES],
    status: 200,
    responseType: BillAuditView,
  })
  audit(@Body() input: BillAuditInput, @Req() request: Request): Promise<BillAuditView> {
    return this.audits.audit(input, languageOf(request));
  }
}
