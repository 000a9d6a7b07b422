import { Client } from 'pg';
import type { Config } from '../config';
import { migrate, migrationStatus, redoLast, revertLast } from '../database';
import type { RegisterCommands } from './session';

/** `migrate` and `clock`: commands that work as the owner of the database. */
export const registerDatabaseCommands: RegisterCommands = (program, session) => {
  const schema = program.command('migrate').description('bring the schema up to date, or take migrations back');
  const listed = (done: string, names: readonly string[]): void => {
    session.print({ [done]: names }, names.length === 0 ? 'nothing to do' : names.map((name) => `${done} ${name}`));
  };
  schema
    .command('up', { isDefault: true })
    .description('apply everything that is pending')
    .action(async () => { listed('applied', await migrate(ownerUrl(await session.config()))); });
  schema
    .command('down')
    .description('take back the last migration, or more')
    .option('--steps <count>', 'how many', '1')
    .action(async ({ steps }: { steps: string }) => { listed('reverted', await revertLast(ownerUrl(await session.config()), Number(steps))); });
  schema
    .command('redo')
    .description('take back the last migration and apply it again')
    .action(async () => { listed('applied', await redoLast(ownerUrl(await session.config()))); });
  schema
    .command('status')
    .description('every migration and whether it is applied')
    .action(async () => {
      const states = await migrationStatus(ownerUrl(await session.config()));
      session.print(states, states.map(({ name, applied }) => `${applied ? 'applied' : 'pending'} ${name}`));
    });

  const clock = program.command('clock').description('the clock of a sandbox (SANDBOX_CLOCK=1); all processes follow within a second');
  clock
    .command('set')
    .description('let it be another time from now on')
    .argument('<instant>', 'such as 2026-03-01T09:00:00+08:00')
    .action(async (instant: string) => {
      await moveClock(await session.config(), instant);
      session.print({ now: instant }, `it is now ${instant}`);
    });
  clock
    .command('reset')
    .description('back to the real time')
    .action(async () => {
      await moveClock(await session.config(), null);
      session.print({ now: null }, 'back to the real time');
    });
};

function ownerUrl(config: Config): string {
  if (config.databaseOwnerUrl === undefined) throw new Error('This command works as the owner of the database: set DATABASE_OWNER_URL.');
  return config.databaseOwnerUrl;
}

async function moveClock(config: Config, instant: string | null): Promise<void> {
  if (!config.sandboxClock) throw new Error('The clock can be moved in a sandbox only: SANDBOX_CLOCK=1.');
  const client = new Client({ connectionString: ownerUrl(config) });
  await client.connect();
  try {
    await client.query(`UPDATE sandbox_clock SET offset_by = coalesce($1::timestamptz - now(), interval '0')`, [instant]);
  } finally {
    await client.end();
  }
}
