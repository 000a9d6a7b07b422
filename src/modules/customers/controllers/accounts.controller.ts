import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import { AccountClosing, AccountDetailView, AccountInput, AccountQuery, AccountView } from '../dto/account.dto';
import { TermsChange, TermsView } from '../dto/terms.dto';
import { ChangeTerms } from '../services/change-terms';
import { CloseAccount } from '../services/close-account';
import { OpenAccount } from '../services/open-account';
import { ReadAccounts } from '../services/read-accounts';
import { ACCOUNTS_TAG } from '../customers.tags';

const CHANGE_ERRORS = ['CUSTOMERS.ACCOUNT_NOT_FOUND', 'CUSTOMERS.ACCOUNT_CLOSED'] as const;

@ApiTags(ACCOUNTS_TAG)
@Controller('v1/accounts')
export class AccountsController {
  constructor(
    private readonly open: OpenAccount,
    private readonly read: ReadAccounts,
    private readonly change: ChangeTerms,
    private readonly close: CloseAccount,
  ) {}

  @Post()
  @Permit('customers.account.create')
  @Operation({
    summary: 'Open an account with its first terms',
    errors: ['CUSTOMERS.CUSTOMER_NOT_FOUND', 'CUSTOMERS.PREMISE_NOT_FOUND', 'CUSTOMERS.TERMS_INVALID', 'CUSTOMERS.REFERENCE_TAKEN'],
    responseType: AccountDetailView,
  })
  async openAccount(@CurrentActor() actor: Actor, @Body() input: AccountInput): Promise<AccountDetailView> {
    return this.read.one(actor, await this.open.execute(actor, input));
  }

  @Get()
  @Permit('customers.account.read')
  @Operation({ summary: 'List accounts; a customer sees its own', responseType: pageOf(AccountView) })
  listAccounts(@CurrentActor() actor: Actor, @Query() query: AccountQuery): Promise<Page<AccountView>> {
    return this.read.list(actor, query);
  }

  @Get(':accountId')
  @Permit('customers.account.read')
  @Operation({ summary: 'Read an account with all versions of its terms', errors: ['CUSTOMERS.ACCOUNT_NOT_FOUND'], responseType: AccountDetailView })
  getAccount(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string): Promise<AccountDetailView> {
    return this.read.one(actor, accountId);
  }

  @Get(':accountId/terms')
  @Permit('customers.account.read')
  @Operation({ summary: 'List the terms of an account in order of time', errors: ['CUSTOMERS.ACCOUNT_NOT_FOUND'], responseType: [TermsView] })
  listTerms(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string): Promise<TermsView[]> {
    return this.read.terms(actor, accountId);
  }

  @Post(':accountId/terms')
  @Permit('customers.terms.change')
  @Operation({
    summary: 'Give an account new terms from a day on',
    description: 'The version in force on that day is split; the new terms hold until the next recorded change.',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.TERMS_INVALID', 'CUSTOMERS.NOTHING_IN_FORCE'],
    responseType: [TermsView],
  })
  changeTerms(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string, @Body() change: TermsChange): Promise<TermsView[]> {
    return this.change.execute(actor, accountId, change);
  }

  @Post(':accountId/closing')
  @Permit('customers.account.close')
  @Operation({
    summary: 'Close an account; terms, circuits and transformers end with it',
    errors: [...CHANGE_ERRORS, 'CUSTOMERS.CLOSED_BEFORE_OPENING'],
    responseType: AccountDetailView,
  })
  closeAccount(@CurrentActor() actor: Actor, @Param('accountId', IdParam) accountId: string, @Body() input: AccountClosing): Promise<AccountDetailView> {
    return this.close.execute(actor, accountId, input);
  }
}
