/**
 * SQL for the hash of a run's result ($1 run id): SHA-256 over account number and result hash of every bill, and
 * account number and code of every open exception, in the order of account numbers. Equal inputs give equal hashes
 * whatever happened on the way, since ids, numbers and instants do not enter.
 */
export const RESULT_HASH = `
  select encode(sha256(
    coalesce((select string_agg(convert_to(b.account_no || '/' || b.supply_circuit || '=', 'UTF8') || b.result_hash, '\\x0a'::bytea
                                order by b.account_no, b.supply_circuit)
                from bills b where b.period = r.period and b.run_id = r.run_id), ''::bytea)
    || coalesce((select string_agg(convert_to(a.account_no || '!' || e.code, 'UTF8'), '\\x0a'::bytea order by a.account_no)
                   from billing_exceptions e join accounts a using (account_id)
                  where e.run_id = r.run_id and e.state = 'open'), ''::bytea)), 'hex')
    from billing_runs r where r.run_id = $1`;
