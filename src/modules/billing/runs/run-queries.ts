import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { TariffVariant } from '../../tariff';
import type { Population } from './population';
import type { RunKind, RunState } from './run-states';

/** A run with its counts: population = pending + billed + excluded + exceptions. */
export interface RunRow {
  readonly runId: string;
  readonly period: string;
  readonly kind: RunKind;
  readonly population: Population;
  readonly state: RunState;
  readonly frozenRevision: string | null;
  readonly resultHash: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
  readonly accounts: number;
  readonly billed: number;
  readonly excluded: number;
  readonly exceptions: number;
  readonly totalAmount: string;
  readonly tariffs: readonly TariffVariant[];
}

/** How fast a run goes, from its intervals. */
export interface RunPace {
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly accountsPerSecond: number;
  /** When the last interval was or will be finished at this pace; null while unknown. */
  readonly expectedEnd: Date | null;
}

export interface WorkerRow {
  readonly worker: string;
  readonly intervalsDone: number;
  readonly intervalsHeld: number;
  readonly accountsDone: number;
  readonly lastSeenAt: Date;
}

export interface TransitionRow {
  readonly fromState: RunState | null;
  readonly toState: RunState;
  readonly changedBy: string | null;
  readonly reason: string;
  readonly changedAt: Date;
}

export interface VerificationRow {
  readonly checkId: string;
  readonly sampleId: string;
  readonly verifiedBy: string;
  readonly verifiedAt: Date;
  readonly note: string;
}

/** What a draft waits for: a run of another period that is being computed, or one whose bills are still being removed. */
export interface WaitingRow {
  readonly reason: 'other-period-computing' | 'bills-being-removed';
  readonly runId: string;
  readonly period: string;
}

export interface RunFilter {
  readonly period?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
}

const RUN = `
  select r.run_id as "runId", r.period, r.kind, r.population, r.state, r.frozen_revision as "frozenRevision",
         r.result_hash as "resultHash", r.created_by as "createdBy", r.created_at as "createdAt",
         r.released_by as "releasedBy", r.released_at as "releasedAt", r.trial_tariffs as tariffs,
         i.accounts, i.billed, i.excluded, i.exceptions, i.total_amount as "totalAmount"
    from billing_runs r
    cross join lateral (
      select coalesce(sum(population), 0)::int as accounts, coalesce(sum(billed), 0)::int as billed,
             coalesce(sum(excluded), 0)::int as excluded, coalesce(sum(exceptions), 0)::int as exceptions,
             coalesce(sum(total_amount), 0)::numeric(18,2)::text as total_amount
        from billing_run_intervals where run_id = r.run_id) i`;

/** Reading of runs: what they are, how far they are, and who works at them. */
@Injectable()
export class RunQueries {
  constructor(private readonly database: Database) {}

  /** Throws BILLING.RUN_NOT_FOUND. */
  async run(runId: string): Promise<RunRow> {
    const [row] = await this.database.query<RunRow>(`${RUN} where r.run_id = $1`, [runId]);
    if (!row) throw new AppError('BILLING.RUN_NOT_FOUND');
    return row;
  }

  /** Runs from the newest on. */
  runs(filter: RunFilter, limit: number, before: string | undefined): Promise<RunRow[]> {
    return this.database.query<RunRow>(
      `${RUN} where ($1::text is null or r.period = $1) and ($2::text is null or r.kind = $2) and ($3::text is null or r.state = $3)
          and ($4::bigint is null or r.run_id < $4) order by r.run_id desc limit $5`,
      [filter.period ?? null, filter.kind ?? null, filter.state ?? null, before ?? null, limit],
    );
  }

  /** The pace over the last half minute of work, and what it means for the rest. */
  async pace(runId: string): Promise<RunPace> {
    const [row] = await this.database.query<RunPace>(
      `with run as (select min(claimed_at) as began, max(finished_at) as latest, sum(population) filter (where state <> 'done') as left_over,
                           bool_and(state = 'done') as done
                      from billing_run_intervals where run_id = $1),
            recent as (select coalesce(sum(i.population - i.excluded), 0) as accounts,
                              extract(epoch from max(run.latest) - greatest(max(run.began), max(run.latest) - interval '30 seconds')) as seconds
                         from billing_run_intervals i, run
                        where i.run_id = $1 and i.state = 'done' and i.finished_at > run.latest - interval '30 seconds')
       select began as "startedAt", case when done then latest end as "finishedAt",
              case when seconds > 0 then round(accounts / seconds) else 0 end::int as "accountsPerSecond",
              case when done then latest when accounts > 0 then clock_timestamp() + make_interval(secs => left_over * seconds / accounts) end as "expectedEnd"
         from run, recent`,
      [runId],
    );
    return row ?? { startedAt: null, finishedAt: null, accountsPerSecond: 0, expectedEnd: null };
  }

  workers(runId: string): Promise<WorkerRow[]> {
    return this.database.query<WorkerRow>(
      `select worker, count(*) filter (where state = 'done')::int as "intervalsDone", count(*) filter (where state = 'computing')::int as "intervalsHeld",
              coalesce(sum(population) filter (where state = 'done'), 0)::int as "accountsDone",
              max(greatest(claimed_at, finished_at)) as "lastSeenAt"
         from billing_run_intervals where run_id = $1 and worker is not null group by worker order by worker`,
      [runId],
    );
  }

  transitions(runId: string): Promise<TransitionRow[]> {
    return this.database.query<TransitionRow>(
      `select from_state as "fromState", to_state as "toState", changed_by as "changedBy", reason, changed_at as "changedAt"
         from billing_run_transitions where run_id = $1 order by transition_id`,
      [runId],
    );
  }

  /** The newest verification of a run. */
  async verification(runId: string): Promise<VerificationRow | undefined> {
    const [row] = await this.database.query<VerificationRow>(
      `select check_id as "checkId", sample_id as "sampleId", verified_by as "verifiedBy", verified_at as "verifiedAt", note
         from billing_run_verifications where run_id = $1 order by verification_id desc limit 1`,
      [runId],
    );
    return row;
  }

  /** Why a draft does not begin, by the same rules as the freeze goes by; undefined where it only waits for its turn. */
  async waiting(runId: string): Promise<WaitingRow | undefined> {
    const [row] = await this.database.query<WaitingRow>(
      `select case when other.state = 'discarded' then 'bills-being-removed' else 'other-period-computing' end as reason, other.run_id as "runId", other.period
         from billing_runs own join billing_runs other on other.run_id <> own.run_id and other.kind <> 'trial'
          and ((other.period <> own.period and own.frozen_revision is null and other.frozen_revision is not null and other.state in ('draft', 'frozen', 'computing'))
            or (other.period = own.period and other.state = 'discarded' and other.purged_at is null))
        where own.run_id = $1 and own.state = 'draft' and own.kind <> 'trial' order by other.run_id limit 1`,
      [runId],
    );
    return row;
  }
}
