import type { Tx } from '../../../platform/database';

/**
 * Binds the bills of a run that is being released to the cancelled bills of the same accounts and period: circuit by
 * circuit, and all of them where a cancelled circuit is no longer billed by itself.
 */
export async function bindSuccessors(tx: Tx, runId: string, period: string): Promise<void> {
  await tx.query(
    `with awaiting as (
       select c.account_id, c.bill_id, p.supply_circuit from bill_cancellations c
         join bills p on p.period = c.period and p.bill_id = c.bill_id
        where c.period = $2 and c.state = 'approved' and not exists (
          select from bill_successions s where s.period = c.period and s.predecessor_id = c.bill_id)),
     issued as (
       select n.account_id, n.bill_id, n.supply_circuit from bills n
        where n.period = $2 and n.run_id = $1 and n.live and n.account_id in (select account_id from awaiting))
     insert into bill_successions (period, predecessor_id, supply_circuit, successor_id, run_id)
     select $2, a.bill_id, i.supply_circuit, i.bill_id, $1 from awaiting a join issued i using (account_id)
      where i.supply_circuit = a.supply_circuit
         or not exists (select from issued own where own.account_id = a.account_id and own.supply_circuit = a.supply_circuit)`,
    [runId, period],
  );
}
