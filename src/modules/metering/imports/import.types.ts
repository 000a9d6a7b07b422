import type { Refusal } from '../readings/reading.types';

/** Lines that were read together: those that can be understood, and those that cannot. */
export interface ImportBatch<Line> {
  readonly lines: readonly Line[];
  readonly refused: readonly Refusal[];
}

/** What became of the lines of a batch that could be understood. */
export interface BatchOutcome {
  readonly accepted: number;
  readonly unchanged: number;
  readonly suspicious: number;
  readonly refused: readonly Refusal[];
}

/** Counts of an import so far. */
export interface ImportCounts {
  readonly lines: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly suspicious: number;
}

/** Gathers parsed lines into batches of a size, one after the other. */
export async function* inBatches<Line>(
  parsed: AsyncIterable<{ readonly line: Line } | { readonly refusal: Refusal }>,
  size: number,
): AsyncGenerator<ImportBatch<Line>> {
  let lines: Line[] = [];
  let refused: Refusal[] = [];
  for await (const each of parsed) {
    if ('line' in each) lines.push(each.line);
    else refused.push(each.refusal);
    if (lines.length + refused.length === size) {
      yield { lines, refused };
      lines = [];
      refused = [];
    }
  }
  if (lines.length + refused.length > 0) yield { lines, refused };
}
