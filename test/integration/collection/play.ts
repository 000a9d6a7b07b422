import { addOwingAccounts } from '../../support/collection-builder';
import { ledgerDifferences } from '../../support/ledger-check';
import { chance, type Stage, Story } from './story';

export interface Plan {
  readonly sequences: number;
  readonly steps: number;
  /** Seed of the first sequence; the others follow. */
  readonly seed: number;
}

/** What random sequences came to: every kind of event with how often it was done and refused, and the books' journals by kind. */
export interface Played {
  readonly events: Readonly<Record<string, number>>;
  readonly journals: Readonly<Record<string, number>>;
}

/** Takes accounts through random events and compares each with its model after every one; the books as a whole now and then. */
export async function play(stage: Stage, { sequences, steps, seed }: Plan, told: (sequence: number) => void = () => undefined): Promise<Played> {
  const { app, happened } = stage;
  const accounts = await addOwingAccounts(app, sequences);
  for (const [index, account] of accounts.entries()) {
    const story = new Story(stage, account, chance(seed + index));
    for (let no = 1; no <= steps; no += 1) {
      await story.step(no);
      await story.compare();
    }
    if (index % 20 === 19 || index === sequences - 1) expect(await ledgerDifferences(app.db)).toEqual({});
    told(index + 1);
  }
  const { rows } = await app.db.query<{ kind: string; count: number }>('select kind, count(*)::int as count from journals group by kind order by kind');
  return { events: Object.fromEntries([...happened].sort()), journals: Object.fromEntries(rows.map(({ kind, count }) => [kind, count])) };
}
