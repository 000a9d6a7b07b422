import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Operation, TextParam } from '../../../platform/http';
import { BILLS_TAG } from '../billing.tags';
import { EnterSharedAmount, SharedAmountQuery, SharedAmountsView, SharedAmountView } from './dto/shared-amount.dto';
import { ConfirmFinding } from './confirm-finding';
import { ConfirmFindingInput } from './dto/confirmation.dto';
import { TouchedBillsView } from './dto/touched-bill.dto';
import { ReadTouchedBills } from './read-touched-bills';
import { SharedAmounts } from './shared-amounts';

const ACCOUNT_NO = new TextParam({ maxLength: 10, pattern: /^\d{10}$/ });

/** What billing is told of single accounts beside readings, terms and prices. */
@ApiTags(BILLS_TAG)
@Controller('v1/accounts/:accountNo')
export class BillingInputsController {
  constructor(
    private readonly amounts: SharedAmounts,
    private readonly confirmFinding: ConfirmFinding,
    private readonly touched: ReadTouchedBills,
  ) {}

  @Post('shared-amounts')
  @Permit('billing.shared-amount.enter')
  @Operation({
    summary: 'Enter a monthly amount that is shared out to an account',
    description: 'Becomes a line of its own on the bill of the period. An amount of the same name and period is superseded.',
    errors: ['BILLING.ACCOUNT_NOT_FOUND'],
    responseType: SharedAmountView,
  })
  enter(@CurrentActor() actor: Actor, @Param('accountNo', ACCOUNT_NO) accountNo: string, @Body() input: EnterSharedAmount): Promise<SharedAmountView> {
    return this.amounts.enter(actor, accountNo, input);
  }

  @Get('shared-amounts')
  @Permit('billing.shared-amount.read')
  @Operation({ summary: 'List the shared amounts of an account and period', errors: ['BILLING.ACCOUNT_NOT_FOUND'], responseType: SharedAmountsView })
  list(@Param('accountNo', ACCOUNT_NO) accountNo: string, @Query() query: SharedAmountQuery): Promise<SharedAmountsView> {
    return this.amounts.list(accountNo, query.period);
  }

  @Get('touched-bills')
  @Permit('billing.bill.preview')
  @Operation({
    summary: 'List the bills of an account whose days were changed after they were billed',
    description:
      'A suspension that is entered late, back-dated terms, a changed usage point or meter: whatever stands otherwise on record now than when the inputs of the bill were frozen. Such a bill is cancelled and billed again, or the difference settled.',
    errors: ['BILLING.ACCOUNT_NOT_FOUND'],
    responseType: TouchedBillsView,
  })
  touchedBills(@Param('accountNo', ACCOUNT_NO) accountNo: string): Promise<TouchedBillsView> {
    return this.touched.list(accountNo);
  }

  @Post('finding-confirmations')
  @Permit('billing.exception.resolve')
  @Operation({
    summary: 'Confirm a finding, so that it no longer keeps the bill back',
    description: 'Counts for bills that are computed afterwards; an account of a run is then computed again.',
    errors: ['BILLING.ACCOUNT_NOT_FOUND'],
    status: 204,
  })
  confirm(@CurrentActor() actor: Actor, @Param('accountNo', ACCOUNT_NO) accountNo: string, @Body() input: ConfirmFindingInput): Promise<void> {
    return this.confirmFinding.confirm(actor, accountNo, input);
  }
}
