import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { JobQueue } from '../../../platform/queue';
import { Population, populationHash, PopulationInput, populationOf, requireAwaiting, requireKnown } from './population';
import { freezeRunJob } from './run-job-names';
import { RunKind, RunStates } from './run-states';
import { type TrialTariffInput, TrialTariffs } from './trial-tariffs';

export interface RunRequest {
  readonly period: string;
  readonly kind: RunKind;
  readonly population: PopulationInput;
  /** Tariffs that a trial prices under in place of those in force. */
  readonly tariffs?: readonly TrialTariffInput[] | undefined;
}

/** Starts a run, or answers the one that runs already: one live run for a period, kind, population and the tariffs of a trial. */
@Injectable()
export class CreateRun {
  constructor(
    private readonly database: Database,
    private readonly states: RunStates,
    private readonly audit: Audit,
    private readonly queue: JobQueue,
    private readonly trialTariffs: TrialTariffs,
  ) {}

  /** The id of the live run; `created` tells whether this call made it. The computing follows in the workers. */
  async create(request: RunRequest, actor: Actor): Promise<{ runId: string; created: boolean }> {
    const population = populationOf(request.population);
    await requireKnown(this.database, population);
    if (request.kind === 'rebill') await requireAwaiting(this.database, population, request.period);
    const result = await this.database.transaction((tx) => this.insert(tx, request, population, actor));
    if (result.created) await this.queue.enqueue(freezeRunJob, { runId: result.runId }, { jobId: result.runId });
    return result;
  }

  private async insert(tx: Tx, { period, kind, tariffs = [] }: RunRequest, population: Population, actor: Actor): Promise<{ runId: string; created: boolean }> {
    const trialTariffs = await this.trialTariffs.prepare(tx, kind, period, tariffs, actor.userId);
    const identity = [period, kind, populationHash(population, trialTariffs.map(({ priceBook, contentHash }) => [priceBook, contentHash]))];
    // A second attempt is needed only where the live run was discarded between the two statements.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const created = await tx.query<{ run_id: string }[]>(
        `insert into billing_runs (period, kind, population_hash, population, trial_tariffs, created_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (period, kind, population_hash) where state not in ('released', 'discarded') do nothing returning run_id`,
        [...identity, JSON.stringify(population), JSON.stringify(trialTariffs), actor.userId],
      );
      const runId = created[0]?.run_id;
      if (runId !== undefined) {
        await this.states.record(tx, runId, null, 'draft', { by: actor.userId, reason: 'started' });
        await this.audit.record(tx, { actor, action: 'billing.run.create', subjectType: 'billing-run', subjectId: runId, detail: { period, kind } });
        return { runId, created: true };
      }
      const live = await tx.query<{ run_id: string }[]>(
        `select run_id from billing_runs
          where period = $1 and kind = $2 and population_hash = $3 and state not in ('released', 'discarded')`,
        identity,
      );
      if (live[0]) return { runId: live[0].run_id, created: false };
    }
    throw new Error('the live run of this period and population keeps changing');
  }
}
