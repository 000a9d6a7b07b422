import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { RECEIVABLES_TAG } from '../collection.tags';
import { NewWriteOff, WriteOffView } from './dto/write-off.dto';
import { WriteOffReceivable } from './write-off-receivable';

/** Receivables that are given up. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1')
export class WriteOffsController {
  constructor(private readonly writeOffs: WriteOffReceivable) {}

  @Post('receivables/:receivableId/write-offs')
  @Permit('collection.write-off.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Ask for a receivable to be written off; it stays open until a second person agrees',
    errors: ['COLLECTION.RECEIVABLE_NOT_OPEN', 'COLLECTION.WRITE_OFF_ALREADY_REQUESTED'],
    responseType: WriteOffView,
  })
  request(@Param('receivableId', IdParam) receivableId: string, @Body() { reason }: NewWriteOff, @CurrentActor() actor: Actor): Promise<WriteOffView> {
    return this.writeOffs.request(receivableId, reason, actor);
  }

  @Post('write-offs/:writeOffId/approval')
  @Permit('collection.write-off.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Write a receivable off as the second person: what is open of it becomes a loss',
    errors: ['COLLECTION.WRITE_OFF_NOT_FOUND', 'COLLECTION.WRITE_OFF_ALREADY_APPROVED', 'COLLECTION.RECEIVABLE_NOT_OPEN', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN'],
    responseType: WriteOffView,
  })
  approve(@Param('writeOffId', IdParam) writeOffId: string, @CurrentActor() actor: Actor): Promise<WriteOffView> {
    return this.writeOffs.approve(writeOffId, actor);
  }
}
