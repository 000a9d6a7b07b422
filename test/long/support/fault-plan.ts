/** How much is disturbed, and how often; all of it counts for each store of the queue. */
export interface FaultPlan {
  readonly accounts: number;
  /** Workers that are killed without a chance to clean up. */
  readonly kills: number;
  /** Workers that are paused until their lease is over and somebody else has their interval. */
  readonly stops: number;
  /** How long a paused worker's interval is waited for: over 60 also where the worker was writing, whose session the server ends then. */
  readonly takeoverSeconds: number;
  /** Times that Redis is emptied, and times that it is emptied and killed. */
  readonly flushes: number;
  readonly redis: number;
  /** Times that PostgreSQL ends without a checkpoint and recovers. */
  readonly postgres: number;
  /** Times that the disk of the month's bills is full for a while. */
  readonly disk: number;
  /** Choice of moments and victims; printed, so that a failure can be played again. */
  readonly seed: number;
}

export type Fault = 'kill' | 'stop' | 'redis-flush' | 'redis-restart' | 'postgres-restart' | 'disk-full';

const USUAL: FaultPlan = { accounts: 8_000, kills: 5, stops: 3, takeoverSeconds: 12, flushes: 1, redis: 1, postgres: 2, disk: 1, seed: 1 };
const FULL: FaultPlan = { ...USUAL, kills: 20, stops: 10, takeoverSeconds: 80, flushes: 5, redis: 5, postgres: 5, disk: 2 };

/** Reads `full` or `kills=20,stops=10,seed=7`; what is not named stays as usual. Throws for words that it does not know. */
export function readPlan(words: string | undefined): FaultPlan {
  if (words === undefined || words === '') return USUAL;
  if (words === 'full') return FULL;
  const changes = words.split(',').map((word) => {
    const [name = '', value = ''] = word.split('=');
    if (!(name in USUAL) || !/^\d{1,6}$/.test(value)) throw new Error(`RUN_FAULTS is "full" or NAME=NUMBER,… of ${Object.keys(USUAL).join(', ')}`);
    return [name, Number(value)] as const;
  });
  return { ...USUAL, ...Object.fromEntries(changes) };
}

/** The faults of a plan in a random order; those of Redis only where the queue lives there, a full disk only where there is one to fill. */
export function faultsOf(plan: FaultPlan, store: 'postgres' | 'redis', disk: boolean, random: () => number): Fault[] {
  const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);
  const faults = [
    ...times(plan.kills, 'kill'),
    ...times(plan.stops, 'stop'),
    ...times(plan.postgres, 'postgres-restart'),
    ...(store === 'redis' ? [...times(plan.flushes, 'redis-flush'), ...times(plan.redis, 'redis-restart')] : []),
    ...(disk ? times(plan.disk, 'disk-full') : []),
  ];
  return faults.map((fault) => ({ fault, at: random() })).sort((a, b) => a.at - b.at).map(({ fault }) => fault);
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
