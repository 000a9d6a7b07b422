import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import type { SupplyCircuitChange, SupplyCircuitView } from '../dto/supply-circuit.dto';
import { insertVersion, splitVersion, versionOn } from '../repositories/dated-rows';
import { circuitColumns, CIRCUITS_TABLE } from '../repositories/supply.repository';
import { AccountChanges } from './account-changes';
import { ReadAccounts } from './read-accounts';

/** Records a supply circuit from a day on, or new figures for one in force. Answers all versions. */
@Injectable()
export class RecordSupplyCircuit {
  constructor(
    private readonly changes: AccountChanges,
    private readonly read: ReadAccounts,
  ) {}

  async execute(actor: Actor, accountId: string, change: SupplyCircuitChange): Promise<SupplyCircuitView[]> {
    const { supplyCircuitNo, validFrom: day, reason } = change;
    const note = { action: 'customers.supply-circuit.record', detail: { supplyCircuitNo, validFrom: day, reason } };
    const by = { userId: actor.userId, reason };
    await this.changes.change(actor, accountId, note, async (tx) => {
      const key = [accountId, supplyCircuitNo];
      const values = circuitColumns(change);
      const inForce = await versionOn(tx, CIRCUITS_TABLE, key, day);
      if (inForce) await splitVersion(tx, CIRCUITS_TABLE, { key, inForce, day, values }, by);
      else await insertVersion(tx, CIRCUITS_TABLE, { key, values, from: day, to: null }, by);
    });
    return this.read.supplyCircuits(actor, accountId);
  }
}
