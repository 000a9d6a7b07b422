import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import type { TransformerInput, TransformerView } from '../dto/transformer.dto';
import { insertVersion } from '../repositories/dated-rows';
import { STATES_TABLE, SupplyRepository } from '../repositories/supply.repository';
import { lossProblems } from '../rules/terms-rules';
import { AccountChanges } from './account-changes';
import { ReadAccounts } from './read-accounts';

/** Connects a transformer to an account from a day on. */
@Injectable()
export class AddTransformer {
  constructor(
    private readonly changes: AccountChanges,
    private readonly supply: SupplyRepository,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, input: TransformerInput): Promise<TransformerView> {
    const errors = input.loss ? lossProblems(input.loss, 'loss') : [];
    if (errors.length > 0) throw new AppError('CUSTOMERS.TERMS_INVALID', { errors });
    const { transformerNo, capacityKva, connectedOn, reason } = input;
    const note = { action: 'customers.transformer.add', detail: { transformerNo, capacityKva, connectedOn, reason } };
    let transformerId = '';
    await this.changes.change(actor, accountId, note, async (tx) => {
      transformerId = await this.supply.insertTransformer(tx, accountId, input, actor.userId);
      const version = { key: [transformerId], values: [input.state ?? 'running'], from: connectedOn, to: null };
      await insertVersion(tx, STATES_TABLE, version, { userId: actor.userId, reason });
    });
    return this.read.transformer(actor, accountId, transformerId);
  }
}
