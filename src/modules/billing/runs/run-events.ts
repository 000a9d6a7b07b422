import { Injectable, MessageEvent } from '@nestjs/common';
import { concatMap, distinctUntilChanged, map, Observable, takeWhile, timer } from 'rxjs';
import { RunQueries } from './run-queries';
import type { RunState } from './run-states';
import { RunViews } from './run-views';

const EVERY_MS = 1_000;
/** States in which a run moves without anybody's decision. */
const MOVING: readonly RunState[] = ['draft', 'frozen', 'computing'];

/** Progress of a run as a stream: one event a second while something changed, ending when the run waits for a person. */
@Injectable()
export class RunEvents {
  constructor(
    private readonly queries: RunQueries,
    private readonly views: RunViews,
  ) {}

  /** Throws BILLING.RUN_NOT_FOUND before the stream begins. */
  async follow(runId: string): Promise<Observable<MessageEvent>> {
    await this.queries.run(runId);
    return timer(0, EVERY_MS).pipe(
      concatMap(() => this.views.view(runId)),
      takeWhile((view) => MOVING.some((state) => state === view.state), true),
      distinctUntilChanged((a, b) => JSON.stringify([a.state, a.counts, a.progress.intervals.parked]) === JSON.stringify([b.state, b.counts, b.progress.intervals.parked])),
      map((view) => ({ type: 'run', data: view })),
    );
  }
}
