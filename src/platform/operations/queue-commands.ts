import { OutboxDispatcher } from '../outbox';
import { JobQueue } from '../queue';
import type { RegisterCommands } from './session';

/** `jobs` and `outbox`: what waits, what was given up, and another try for it. */
export const registerQueueCommands: RegisterCommands = (program, session) => {
  const jobs = program.command('jobs').description('work in the queue');
  jobs
    .command('counts')
    .description('how many jobs of each kind wait, run, are delayed and are parked')
    .action(async () => {
      const counts = await (await session.app()).get(JobQueue).counts();
      session.print(
        counts,
        counts.map(({ job, waiting, active, delayed, parked }) => `${job}: ${String(waiting)} waiting, ${String(active)} running, ${String(delayed)} delayed, ${String(parked)} parked`),
      );
    });
  jobs
    .command('parked')
    .description('jobs whose attempts are used up')
    .action(async () => {
      const parked = await (await session.app()).get(JobQueue).parked();
      session.print(parked, parked.length === 0 ? 'none' : parked.map(({ job, jobId, attempts, reason }) => `${job} ${jobId}, ${String(attempts)} attempts: ${reason}`));
    });
  jobs
    .command('retry')
    .description('let parked jobs start afresh')
    .option('--job <name>', 'only of this kind')
    .option('--id <id>', 'only this one')
    .action(async ({ job, id }: { job?: string; id?: string }) => {
      const selection = { ...(job === undefined ? {} : { job }), ...(id === undefined ? {} : { jobId: id }) };
      const retried = await (await session.app()).get(JobQueue).retryParked(selection);
      session.print({ retried }, `${String(retried)} started afresh`);
    });

  const outbox = program.command('outbox').description('events between modules');
  outbox
    .command('parked')
    .description('deliveries whose attempts are used up')
    .action(async () => {
      const parked = await (await session.app()).get(OutboxDispatcher).parked();
      session.print(parked, parked.length === 0 ? 'none' : parked.map(({ deliveryId, topic, subscriber, lastError }) => `${deliveryId} ${topic} to ${subscriber}: ${lastError ?? ''}`));
    });
  outbox
    .command('retry')
    .description('let parked deliveries start afresh')
    .action(async () => {
      const retried = await (await session.app()).get(OutboxDispatcher).retryParked();
      session.print({ retried }, `${String(retried)} started afresh`);
    });
};
