import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { decodeCursor, IdParam, Operation, Page, pageFrom, pageOf } from '../../../platform/http';
import { Idempotent } from '../../../platform/idempotency';
import { EXCEPTIONS_TAG } from '../billing.tags';
import { AssignException } from './assign-exception';
import { ExceptionListQuery, ExceptionView, OwnerBody, RecomputationView } from './dto/exception.dto';
import { ReasonBody } from './dto/run.input';
import { ExceptionQueries } from './exception-queries';
import { RecomputeAccount } from './recompute-account';
import { ResolveException } from './resolve-exception';
import { RunQueries } from './run-queries';
import { exceptionView } from './run-views';

const REFUSALS = ['BILLING.RUN_NOT_FOUND', 'BILLING.EXCEPTION_NOT_FOUND', 'BILLING.EXCEPTION_CLOSED', 'BILLING.RUN_STATE'] as const;

/** The work list of accounts that a run could not bill. */
@ApiTags(EXCEPTIONS_TAG)
@Controller('v1/billing-runs/:runId/exceptions')
export class ExceptionsController {
  constructor(
    private readonly runs: RunQueries,
    private readonly queries: ExceptionQueries,
    private readonly resolution: ResolveException,
    private readonly recomputation: RecomputeAccount,
    private readonly assignment: AssignException,
  ) {}

  @Get()
  @Permit('billing.exception.read')
  @Operation({ summary: 'List the exceptions of a run, the oldest first', errors: ['BILLING.RUN_NOT_FOUND'], responseType: pageOf(ExceptionView) })
  async list(@Param('runId', IdParam) runId: string, @Query() query: ExceptionListQuery): Promise<Page<ExceptionView>> {
    await this.runs.run(runId);
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    return pageFrom(await this.queries.list(runId, query, query.limit + 1, after), query.limit, (row) => [row.exceptionId], exceptionView);
  }

  @Get(':exceptionId')
  @Permit('billing.exception.read')
  @Operation({ summary: 'Show an exception', errors: ['BILLING.EXCEPTION_NOT_FOUND'], responseType: ExceptionView })
  async show(@Param('runId', IdParam) runId: string, @Param('exceptionId', IdParam) exceptionId: string): Promise<ExceptionView> {
    const row = await this.queries.find(runId, exceptionId);
    if (!row) throw new AppError('BILLING.EXCEPTION_NOT_FOUND');
    return exceptionView(row);
  }

  @Post(':exceptionId/exclusion')
  @Permit('billing.exception.resolve')
  @Operation({ summary: 'Leave the account out of the run, with a reason', status: 200, errors: REFUSALS, responseType: ExceptionView })
  async exclude(
    @Param('runId', IdParam) runId: string,
    @Param('exceptionId', IdParam) exceptionId: string,
    @Body() body: ReasonBody,
    @CurrentActor() actor: Actor,
  ): Promise<ExceptionView> {
    await this.resolution.exclude(runId, exceptionId, actor, body.reason);
    return this.show(runId, exceptionId);
  }

  @Post(':exceptionId/recomputation')
  @Permit('billing.exception.resolve')
  @Idempotent()
  @Operation({
    summary: 'Compute this account alone again, with what is recorded now',
    status: 200,
    errors: [...REFUSALS, 'BILLING.OTHER_PERIOD_COMPUTING'],
    responseType: RecomputationView,
  })
  recompute(
    @Param('runId', IdParam) runId: string,
    @Param('exceptionId', IdParam) exceptionId: string,
    @CurrentActor() actor: Actor,
  ): Promise<RecomputationView> {
    return this.recomputation.recompute(runId, exceptionId, actor);
  }

  @Put(':exceptionId/owner')
  @Permit('billing.exception.resolve')
  @Operation({ summary: 'Give the exception to a person who may resolve it', errors: [...REFUSALS, 'BILLING.OWNER_UNKNOWN', 'BILLING.OWNER_NOT_PERMITTED'], responseType: ExceptionView })
  async assign(
    @Param('runId', IdParam) runId: string,
    @Param('exceptionId', IdParam) exceptionId: string,
    @Body() body: OwnerBody,
    @CurrentActor() actor: Actor,
  ): Promise<ExceptionView> {
    await this.assignment.assign(runId, exceptionId, actor, body.ownerUserId);
    return this.show(runId, exceptionId);
  }
}
