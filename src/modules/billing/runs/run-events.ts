import { Injectable, Logger, MessageEvent } from '@nestjs/common';
import { catchError, concatMap, distinctUntilChanged, map, Observable, of, takeWhile, timer } from 'rxjs';
import type { Language } from '../../../platform/errors';
import { problemOf, refusalFrom } from '../../../platform/http';
import { currentRequestId } from '../../../platform/logging/request-context';
import type { RunState } from './run-states';
import { RunViews } from './run-views';

const EVERY_MS = 1_000;
/** States in which a run moves without anybody's decision. */
const MOVING: readonly RunState[] = ['draft', 'frozen', 'computing'];

/** Progress of a run as a stream: one event a second while something changed, ending when the run waits for a person. */
@Injectable()
export class RunEvents {
  private readonly logger = new Logger('RunEvents');

  constructor(private readonly views: RunViews) {}

  /** The stream of a run that exists. What fails in it is its last event, "error", with the problem as other answers have it. */
  follow(runId: string, language: Language): Observable<MessageEvent> {
    return timer(0, EVERY_MS).pipe(
      concatMap(() => this.views.view(runId)),
      takeWhile((view) => MOVING.some((state) => state === view.state), true),
      distinctUntilChanged((a, b) => JSON.stringify([a.state, a.counts, a.progress.intervals.parked]) === JSON.stringify([b.state, b.counts, b.progress.intervals.parked])),
      map((view) => ({ type: 'run', data: view })),
      catchError((error: unknown) => {
        this.logger.error(`run ${runId} is not followed any longer: ${String(error)}`);
        return of({ type: 'error', data: problemOf(refusalFrom(error), language, currentRequestId()) });
      }),
    );
  }
}
