import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Permit } from '../auth/permit';
import { Operation } from '../http/operation';
import { Page, pageOf } from '../http/page';
import { defineTag } from '../http/tags';
import { AuditEventView, AuditQuery } from './audit.dto';
import { AuditReader } from './audit-reader';

/** The record of changes, for those who check the others. */
@ApiTags(defineTag('audit', { en: 'Who did what, and when', zh: '操作审计' }))
@Controller('v1/audit-events')
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  @Get()
  @Permit('platform.audit.read')
  @Operation({ summary: 'Audit events, latest first', responseType: pageOf(AuditEventView) })
  list(@Query() query: AuditQuery): Promise<Page<AuditEventView>> {
    return this.reader.page(query);
  }
}
