import { defineGauge } from '../../../platform/health';

/** Each run under way is a handful of series; what is released or discarded does not change any more. */
const UNDER_WAY = `select run_id, period, kind from billing_runs where state in ('frozen', 'computing', 'computed', 'checked', 'verified')`;

interface Row {
  readonly run: string;
  readonly period: string;
  readonly kind: string;
  readonly word: string;
  readonly value: number;
}

const labelled = (label: string) => ({ run, period, kind, word, value }: Row) => ({ labels: { run, period, kind, [label]: word }, value });

defineGauge({
  name: 'wattledger_billing_run_accounts',
  help: 'Accounts of each run under way by what became of them so far; the rate of all but pending is accounts per second.',
  labels: ['run', 'period', 'kind', 'outcome'],
  read: async (database) =>
    (await database.query<Row>(
      `select run_id as run, period, kind, outcome as word, count as value
         from (${UNDER_WAY}) r
         cross join lateral (select sum(population)::int as accounts, sum(billed)::int as billed, sum(excluded)::int as excluded, sum(exceptions)::int as exceptions
                               from billing_run_intervals where run_id = r.run_id) i
         cross join lateral (values ('pending', accounts - billed - excluded - exceptions), ('billed', billed),
                                    ('excluded', excluded), ('exception', exceptions)) as part (outcome, count)`,
    )).map(labelled('outcome')),
});

defineGauge({
  name: 'wattledger_billing_run_intervals',
  help: 'Intervals of each run under way by state; overdue ones are held by a worker whose lease is over, parked ones wait for a person.',
  labels: ['run', 'period', 'kind', 'state'],
  read: async (database) =>
    (await database.query<Row>(
      `select run_id as run, period, kind, known.state as word,
              (select count(*)::int from billing_run_intervals i
                where i.run_id = r.run_id
                  and known.state = case when i.state = 'computing' and i.lease_until < clock_timestamp() then 'overdue' else i.state end) as value
         from (${UNDER_WAY}) r cross join (values ('pending'), ('computing'), ('overdue'), ('done'), ('parked')) as known (state)`,
    )).map(labelled('state')),
});

defineGauge({
  name: 'wattledger_billing_run_open_exceptions',
  help: 'Open exceptions of each run under way by code; a code that rises at once in many accounts has one cause.',
  labels: ['run', 'period', 'kind', 'code'],
  read: async (database) =>
    (await database.query<Row>(
      `select run_id as run, period, kind, code as word, count(*)::int as value
         from (${UNDER_WAY}) r join billing_exceptions e using (run_id) where e.state = 'open'
        group by run_id, period, kind, code order by run_id, code`,
    )).map(labelled('code')),
});
