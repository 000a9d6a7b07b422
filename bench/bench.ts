/** What a benchmark found: numbers with the unit in their names, and groups of them. */
export type Figures = Record<string, unknown>;

/** A benchmark is a file in bench/ that exports `run`; its options come from the command line as text. */
export interface Bench {
  run: (options: Readonly<Record<string, string>>) => Promise<Figures>;
}
