import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { CreateRun, DrawSample, JudgeSample, RunQueries, SampleViews, VerifyRun } from '../../src/modules/billing';
import type { Actor } from '../../src/platform/auth';
import { BENCH_PERIOD } from './company';

const LOOK_EVERY_MS = 50;

/** A computed run and how long its stages took, in seconds. */
export interface MeasuredRun {
  readonly runId: string;
  readonly counts: { readonly billed: number; readonly excluded: number; readonly exceptions: number };
  readonly stages: { readonly freeze: number; readonly compute: number; readonly complete: number; readonly total: number };
}

/** Starts the run as its creator would and waits until it is computed; stages from the intervals' own times. */
export async function measureRun(app: INestApplicationContext, creator: Actor): Promise<MeasuredRun> {
  const queries = app.get(RunQueries, { strict: false });
  const began = Date.now();
  const start = performance.now();
  const { runId } = await app.get(CreateRun, { strict: false }).create({ period: BENCH_PERIOD, kind: 'regular', population: { by: 'all' } }, creator);
  let row = await queries.run(runId);
  while (row.state === 'draft' || row.state === 'frozen' || row.state === 'computing') {
    await sleep(LOOK_EVERY_MS);
    row = await queries.run(runId);
  }
  const total = (performance.now() - start) / 1000;
  const { startedAt, finishedAt } = await queries.pace(runId);
  const freeze = startedAt === null ? 0 : (startedAt.getTime() - began) / 1000;
  const compute = startedAt === null || finishedAt === null ? 0 : (finishedAt.getTime() - startedAt.getTime()) / 1000;
  const { billed, excluded, exceptions } = row;
  return { runId, counts: { billed, excluded, exceptions }, stages: { freeze, compute, complete: Math.max(0, total - freeze - compute), total } };
}

/** Draws a sample, finds every bill right, and marks the run verified. */
export async function verifyRun(app: INestApplicationContext, runId: string, creator: Actor): Promise<void> {
  const sampleId = await app.get(DrawSample, { strict: false }).draw(runId, { random: 30, largest: 10, jumps: 10, seed: '1' }, creator);
  const { items } = await app.get(SampleViews, { strict: false }).view(runId, sampleId);
  const verdicts = items.map(({ billNo }) => ({ billNo, verdict: 'right' as const, note: null }));
  await app.get(JudgeSample, { strict: false }).judge(runId, sampleId, verdicts, creator);
  await app.get(VerifyRun, { strict: false }).verify(runId, creator, 'benchmark');
}
