import type { Tx } from '../../../platform/database';
import { awaitingRebill } from '../runs/population';

/**
 * Binds the bills of a run that is being released to the cancelled bills of the same accounts and period: circuit by
 * circuit, and all of them where a cancelled circuit is no longer billed by itself. In nearly every month nothing is
 * cancelled, and the run's million bills are not looked at.
 */
export async function bindSuccessors(tx: Tx, runId: string, period: string): Promise<void> {
  const waiting = await tx.query<{ accountId: string }[]>(`select account_id as "accountId" from (${awaitingRebill('$1')}) waiting`, [period]);
  if (waiting.length === 0) return;
  await tx.query(
    `with awaiting as materialized (
       select c.account_id, c.bill_id, p.supply_circuit from bill_cancellations c
         join bills p on p.period = c.period and p.bill_id = c.bill_id
        where c.period = $2 and c.state = 'approved' and not exists (
          select from bill_successions s where s.period = c.period and s.predecessor_id = c.bill_id)),
     issued as materialized (
       select n.account_id, n.bill_id, n.supply_circuit from bills n
        where n.period = $2 and n.run_id = $1 and n.live and n.account_id = any($3::bigint[]))
     insert into bill_successions (period, predecessor_id, supply_circuit, successor_id, run_id)
     select $2, a.bill_id, i.supply_circuit, i.bill_id, $1 from awaiting a join issued i using (account_id)
      where i.supply_circuit = a.supply_circuit
         or not exists (select from issued own where own.account_id = a.account_id and own.supply_circuit = a.supply_circuit)`,
    [runId, period, waiting.map(({ accountId }) => accountId)],
  );
}
