import { performance } from 'node:perf_hooks';

/** What some work answered, and how long it took in seconds. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** How long some work takes, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  return (await timed(work)).seconds;
}

/** To two decimals, as figures are printed. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
