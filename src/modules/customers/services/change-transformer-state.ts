import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import type { TransformerStateChange, TransformerView } from '../dto/transformer.dto';
import { insertVersion, splitVersion, versionOn } from '../repositories/dated-rows';
import { STATES_TABLE, SupplyRepository } from '../repositories/supply.repository';
import { AccountChanges } from './account-changes';
import { ReadAccounts } from './read-accounts';

/** Runs, suspends or removes a transformer from a day on. A removed one can be connected again later. */
@Injectable()
export class ChangeTransformerState {
  constructor(
    private readonly changes: AccountChanges,
    private readonly supply: SupplyRepository,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, transformerId: string, change: TransformerStateChange): Promise<TransformerView> {
    const { state, validFrom: day, reason } = change;
    const note = { action: 'customers.transformer.change-state', detail: { transformerId, state, validFrom: day, reason } };
    const by = { userId: actor.userId, reason };
    await this.changes.change(actor, accountId, note, async (tx) => {
      if (!(await this.supply.transformerExists(tx, accountId, transformerId))) throw new AppError('CUSTOMERS.TRANSFORMER_NOT_FOUND');
      const inForce = await versionOn(tx, STATES_TABLE, [transformerId], day);
      if ((inForce?.['state'] ?? 'removed') === state) throw new AppError('CUSTOMERS.NOTHING_CHANGES');
      const values = state === 'removed' ? null : [state];
      if (inForce) await splitVersion(tx, STATES_TABLE, { key: [transformerId], inForce, day, values }, by);
      else if (values) await insertVersion(tx, STATES_TABLE, { key: [transformerId], values, from: day, to: null }, by);
    });
    return this.read.transformer(actor, accountId, transformerId);
  }
}
