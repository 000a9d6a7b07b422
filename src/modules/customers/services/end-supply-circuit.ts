import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import type { SupplyCircuitEnd, SupplyCircuitView } from '../dto/supply-circuit.dto';
import { splitVersion, versionOn } from '../repositories/dated-rows';
import { CIRCUITS_TABLE } from '../repositories/supply.repository';
import { AccountChanges } from './account-changes';
import { ReadAccounts } from './read-accounts';

/** Ends a supply circuit on a day. Answers all versions of the account's circuits. */
@Injectable()
export class EndSupplyCircuit {
  constructor(
    private readonly changes: AccountChanges,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, supplyCircuitNo: string, { endsOn, reason }: SupplyCircuitEnd): Promise<SupplyCircuitView[]> {
    const note = { action: 'customers.supply-circuit.end', detail: { supplyCircuitNo, endsOn, reason } };
    await this.changes.change(actor, accountId, note, async (tx) => {
      const key = [accountId, supplyCircuitNo];
      const inForce = await versionOn(tx, CIRCUITS_TABLE, key, endsOn);
      if (!inForce) throw new AppError('CUSTOMERS.SUPPLY_CIRCUIT_NOT_FOUND');
      await splitVersion(tx, CIRCUITS_TABLE, { key, inForce, day: endsOn, values: null }, { userId: actor.userId, reason });
    });
    return this.read.supplyCircuits(actor, accountId);
  }
}
