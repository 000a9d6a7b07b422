import { Client } from 'pg';

/** A copy of the application's SQL with one piece changed, for as long as a test needs it. */
export interface PatchedSql {
  /** How often a changed statement was sent. */
  hits(): number;
  restore(): void;
}

/** Changes a piece of every statement that this process sends, as if its source had been written so. */
export function patchSql(from: string, to: string): PatchedSql {
  let hits = 0;
  const original = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
  const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function patched(this: Client, ...args: unknown[]): never {
    const [first, ...rest] = args;
    const changed = change(first);
    return original.call(this, changed, ...rest) as never;
  });

  function change(statement: unknown): unknown {
    if (typeof statement === 'string' && statement.includes(from)) {
      hits += 1;
      return statement.replace(from, to);
    }
    return statement;
  }

  return { hits: () => hits, restore: () => { spy.mockRestore(); } };
}
