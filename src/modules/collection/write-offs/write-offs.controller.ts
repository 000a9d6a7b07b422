import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { RECEIVABLES_TAG } from '../collection.tags';
import { TurnDownInput } from '../requests/request.dto';
import { type RequestKind, TurnDown } from '../requests/turn-down';
import { NewWriteOff, WriteOffListQuery, WriteOffView } from './dto/write-off.dto';
import { WriteOffReceivable } from './write-off-receivable';
import { WriteOffRepository } from './write-off.repository';

const WRITE_OFFS: RequestKind = {
  table: 'write_offs',
  id: 'write_off_id',
  subject: 'write-off',
  area: 'collection.write-off',
  notFound: 'COLLECTION.WRITE_OFF_NOT_FOUND',
  done: 'COLLECTION.WRITE_OFF_ALREADY_APPROVED',
};

/** Receivables that are given up. */
@ApiTags(RECEIVABLES_TAG)
@Controller('v1')
export class WriteOffsController {
  constructor(
    private readonly writeOffs: WriteOffReceivable,
    private readonly turnDown: TurnDown,
    private readonly repository: WriteOffRepository,
  ) {}

  @Get('write-offs')
  @Permit('collection.write-off.read')
  @Operation({ summary: 'List write-offs, the newest first', responseType: pageOf(WriteOffView) })
  async list(@Query() query: WriteOffListQuery): Promise<Page<WriteOffView>> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.repository.list(query, before), query.limit, ({ writeOffId }) => [writeOffId], (row) => row);
  }

  @Get('write-offs/:writeOffId')
  @Permit('collection.write-off.read')
  @Operation({ summary: 'Show a write-off', errors: ['COLLECTION.WRITE_OFF_NOT_FOUND'], responseType: WriteOffView })
  show(@Param('writeOffId', IdParam) writeOffId: string): Promise<WriteOffView> {
    return this.repository.one(writeOffId);
  }

  @Post('receivables/:receivableId/write-offs')
  @Permit('collection.write-off.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Ask for a receivable to be written off; it stays open until a second person agrees',
    errors: ['COLLECTION.RECEIVABLE_NOT_OPEN', 'COLLECTION.BILL_IN_INSTALMENTS', 'COLLECTION.WRITE_OFF_ALREADY_REQUESTED'],
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
    errors: [
      'COLLECTION.WRITE_OFF_NOT_FOUND', 'COLLECTION.WRITE_OFF_ALREADY_APPROVED', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.RECEIVABLE_NOT_OPEN',
      'COLLECTION.BILL_IN_INSTALMENTS', 'APPROVAL.SAME_PERSON', 'APPROVAL.ALREADY_GIVEN',
    ],
    responseType: WriteOffView,
  })
  approve(@Param('writeOffId', IdParam) writeOffId: string, @CurrentActor() actor: Actor): Promise<WriteOffView> {
    return this.writeOffs.approve(writeOffId, actor);
  }

  @Post('write-offs/:writeOffId/rejection')
  @Permit('collection.write-off.approve')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Reject a write-off as the second person: the receivable stays open',
    errors: ['COLLECTION.WRITE_OFF_NOT_FOUND', 'COLLECTION.WRITE_OFF_ALREADY_APPROVED', 'COLLECTION.REQUEST_TURNED_DOWN', 'APPROVAL.SAME_PERSON'],
    responseType: WriteOffView,
  })
  reject(@Param('writeOffId', IdParam) writeOffId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<WriteOffView> {
    return this.turnDown.reject(WRITE_OFFS, writeOffId, reason, actor, (tx, id) => this.repository.view(tx, id));
  }

  @Post('write-offs/:writeOffId/withdrawal')
  @Permit('collection.write-off.request')
  @Idempotent({ oneTransaction: true })
  @Operation({
    summary: 'Withdraw a write-off that the caller asked for',
    errors: ['COLLECTION.WRITE_OFF_NOT_FOUND', 'COLLECTION.WRITE_OFF_ALREADY_APPROVED', 'COLLECTION.REQUEST_TURNED_DOWN', 'COLLECTION.NOT_THE_REQUESTER'],
    responseType: WriteOffView,
  })
  withdraw(@Param('writeOffId', IdParam) writeOffId: string, @Body() { reason }: TurnDownInput, @CurrentActor() actor: Actor): Promise<WriteOffView> {
    return this.turnDown.withdraw(WRITE_OFFS, writeOffId, reason, actor, (tx, id) => this.repository.view(tx, id));
  }
}
