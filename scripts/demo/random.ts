/** A seeded source of choices: the same seed builds the same company on every machine. */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  /** The next 32-bit draw (xorshift), the base of every other choice. */
  private draw(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + (this.draw() % (high - low + 1));
  }

  /** True in about `percent` of the draws. */
  chance(percent: number): boolean {
    return this.whole(1, 1000) <= percent * 10;
  }

  /** One of the options, each equally likely. */
  pick<T>(options: readonly T[]): T {
    const option = options[this.whole(0, options.length - 1)];
    if (option === undefined) throw new RangeError('nothing to pick from');
    return option;
  }
}
