import { Injectable } from '@nestjs/common';
import { type Actor, ownScope, requireOwn } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { AccountDetailView, AccountQuery, AccountView } from '../dto/account.dto';
import type { SupplyCircuitView } from '../dto/supply-circuit.dto';
import type { TermsView } from '../dto/terms.dto';
import type { TransformerView } from '../dto/transformer.dto';
import { AccountsRepository, type ShownAccountRow } from '../repositories/accounts.repository';
import { SupplyRepository } from '../repositories/supply.repository';
import { TermsRepository } from '../repositories/terms.repository';
import { accountView, circuitView, termsView, transformerView } from './account-views';

/** Accounts and what belongs to them; to a customer only its own, another's answers like an absent one. */
@Injectable()
export class ReadAccounts {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly termsRows: TermsRepository,
    private readonly supply: SupplyRepository,
  ) {}

  async one(actor: Actor, accountId: string): Promise<AccountDetailView> {
    const row = await this.own(actor, accountId);
    const terms = await this.termsRows.list(accountId);
    return { ...accountView(row), terms: terms.map(termsView) };
  }

  async list(actor: Actor, query: AccountQuery): Promise<Page<AccountView>> {
    const [after = '0'] = decodeCursor(query.cursor, 1) ?? [];
    const scope = ownScope(actor);
    const filter = {
      accountNo: query.accountNo ?? null,
      customerId: query.customerId ?? null,
      onlyCustomerId: scope === null ? null : (scope.customerId ?? '0'),
      regionCode: query.regionCode ?? null,
      externalReference: query.externalReference ?? null,
      category: query.category ?? null,
      open: query.open ?? null,
    };
    const rows = await this.accounts.list(filter, after, query.limit + 1);
    return pageFrom(rows, query.limit, (row) => [row.account_id], accountView);
  }

  async terms(actor: Actor, accountId: string): Promise<TermsView[]> {
    await this.own(actor, accountId);
    return (await this.termsRows.list(accountId)).map(termsView);
  }

  async supplyCircuits(actor: Actor, accountId: string): Promise<SupplyCircuitView[]> {
    await this.own(actor, accountId);
    return (await this.supply.listCircuits(accountId)).map(circuitView);
  }

  async transformers(actor: Actor, accountId: string): Promise<TransformerView[]> {
    await this.own(actor, accountId);
    return (await this.supply.listTransformers(accountId)).map(transformerView);
  }

  async transformer(actor: Actor, accountId: string, transformerId: string): Promise<TransformerView> {
    const found = (await this.transformers(actor, accountId)).find((each) => each.transformerId === transformerId);
    if (!found) throw new AppError('CUSTOMERS.TRANSFORMER_NOT_FOUND');
    return found;
  }

  private async own(actor: Actor, accountId: string): Promise<ShownAccountRow> {
    const row = await this.accounts.find(accountId);
    if (!row) throw new AppError('CUSTOMERS.ACCOUNT_NOT_FOUND');
    requireOwn(actor, { customerId: row.customer_id }, 'CUSTOMERS.ACCOUNT_NOT_FOUND');
    return row;
  }
}
