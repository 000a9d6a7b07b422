import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** How arrivals at one rate were answered. */
export interface Step {
  readonly perSecond: number;
  readonly arrivals: number;
  readonly failed: number;
  /** Milliseconds from the instant at which a request was due, not from when it was sent. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Requests that were still unanswered when the last one was due. */
  readonly backlog: number;
}

/**
 * Sends requests when they are due, whatever became of the earlier ones: an open loop, so that a slow answer does not
 * keep the next request from coming (no coordinated omission). Arrivals are a Poisson process of the given rate.
 */
export async function openLoop(perSecond: number, seconds: number, send: () => Promise<boolean>): Promise<Step> {
  const latencies: number[] = [];
  let failed = 0;
  let open = 0;
  const one = async (due: number): Promise<void> => {
    open += 1;
    const good = await send();
    open -= 1;
    latencies.push(performance.now() - due);
    if (!good) failed += 1;
  };
  const sent: Promise<void>[] = [];
  const begin = performance.now();
  for (let due = begin; due < begin + seconds * 1_000; due -= (Math.log(1 - Math.random()) * 1_000) / perSecond) {
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(one(due));
  }
  const backlog = open;
  await Promise.all(sent);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => Math.round((latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0) * 10) / 10;
  return { perSecond, arrivals: sent.length, failed, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), backlog };
}
