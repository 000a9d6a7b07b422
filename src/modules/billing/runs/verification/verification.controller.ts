import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../../platform/auth';
import { IdParam, Operation, TextParam } from '../../../../platform/http';
import { Idempotent } from '../../../../platform/idempotency';
import { RUNS_TAG } from '../../billing.tags';
import { RecomputationView } from '../dto/exception.dto';
import { ReasonBody } from '../dto/run.input';
import { RunView } from '../dto/run.view';
import { RunViews } from '../run-views';
import { CorrectAccount } from './correct-account';
import { VerificationBody } from './dto/sample.dto';
import { VerifyRun } from './verify-run';

const ACCOUNT_NO = new TextParam({ maxLength: 10, pattern: /^\d{10}$/ });
const REFUSALS = ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.ACCOUNT_NOT_IN_RUN', 'BILLING.ACCOUNT_NOT_BILLED', 'BILLING.OTHER_PERIOD_COMPUTING'] as const;

/** The last word before a release, and the mending of single accounts that goes before it. */
@ApiTags(RUNS_TAG)
@Controller('v1/billing-runs/:runId')
export class VerificationController {
  constructor(
    private readonly verifyRun: VerifyRun,
    private readonly correction: CorrectAccount,
    private readonly views: RunViews,
  ) {}

  @Post('verification')
  @Permit('billing.run.verify')
  @Idempotent()
  @Operation({
    summary: 'Mark a checked run verified: bills were looked at, all of its newest sample, and none is left wrong',
    status: 200,
    errors: ['BILLING.RUN_NOT_FOUND', 'BILLING.RUN_STATE', 'BILLING.SAMPLE_MISSING', 'BILLING.SAMPLE_EMPTY', 'BILLING.SAMPLE_UNFINISHED', 'BILLING.SAMPLE_WRONG'],
    responseType: RunView,
  })
  async verify(@Param('runId', IdParam) runId: string, @Body() body: VerificationBody, @CurrentActor() actor: Actor): Promise<RunView> {
    await this.verifyRun.verify(runId, actor, body.note);
    return this.views.view(runId);
  }

  @Post('accounts/:accountNo/recomputation')
  @Permit('billing.exception.resolve')
  @Idempotent()
  @Operation({
    summary: 'Compute one billed account of an unreleased run again, with what is recorded now; the run is checked anew',
    status: 200,
    errors: REFUSALS,
    responseType: RecomputationView,
  })
  recompute(
    @Param('runId', IdParam) runId: string,
    @Param('accountNo', ACCOUNT_NO) accountNo: string,
    @Body() body: ReasonBody,
    @CurrentActor() actor: Actor,
  ): Promise<RecomputationView> {
    return this.correction.recompute(runId, accountNo, actor, body.reason);
  }

  @Post('accounts/:accountNo/exclusion')
  @Permit('billing.exception.resolve')
  @Idempotent()
  @Operation({
    summary: 'Leave one billed account out of an unreleased run, with a reason; the run is checked anew',
    status: 200,
    errors: REFUSALS,
    responseType: RecomputationView,
  })
  exclude(
    @Param('runId', IdParam) runId: string,
    @Param('accountNo', ACCOUNT_NO) accountNo: string,
    @Body() body: ReasonBody,
    @CurrentActor() actor: Actor,
  ): Promise<RecomputationView> {
    return this.correction.exclude(runId, accountNo, actor, body.reason);
  }
}
