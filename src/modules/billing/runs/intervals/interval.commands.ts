import { actingPerson, TOKEN_OPTION, type OperationsSession, type RegisterCommands, type TokenOption } from '../../../../platform/operations';
import { RunQueries } from '../run-queries';
import { IntervalQueries, type IntervalRow } from './interval-queries';
import { intervalView } from './intervals.controller';
import { ResumeIntervals } from './resume-intervals';

/** Intervals in lines for a terminal. */
function intervalLines(rows: readonly IntervalRow[]): string[] {
  if (rows.length === 0) return ['none'];
  return rows.map(({ intervalNo, state, accounts, firstAccountNo, lastAccountNo, failures, losses, interruptions, faultCode, correlationId }) =>
    `${String(intervalNo).padStart(6)} ${state.padEnd(9)} ${String(accounts).padStart(4)} accounts ${firstAccountNo}–${lastAccountNo}: ` +
    `${String(failures)} failures, ${String(losses)} lost workers, ${String(interruptions)} interruptions${faultCode === null ? '' : `; ${faultCode}, correlation ${correlationId ?? '—'}`}`);
}

/** `run intervals` and `run resume`: what a run gave up, and putting it back to work. */
export function registerIntervalCommands(run: Parameters<RegisterCommands>[0], session: OperationsSession): void {
  run
    .command('intervals')
    .description('the intervals of a run with their attempts and faults')
    .argument('<run>')
    .option('--state <state>', 'only these: pending, computing, done or parked')
    .option('--limit <count>', 'at most so many', '50')
    .option(TOKEN_OPTION, 'who looks')
    .action(async (runId: string, options: TokenOption & { state?: string; limit: string }) => {
      const app = await session.app();
      await actingPerson(session, options.token, 'billing.run.read');
      await app.get(RunQueries).run(runId);
      const rows = await app.get(IntervalQueries).list(runId, options.state, Number.parseInt(options.limit, 10), undefined);
      session.print(rows.map(intervalView), intervalLines(rows));
    });
  run
    .command('resume')
    .description('put parked intervals of a run back to work, once what they failed with is mended')
    .argument('<run>')
    .requiredOption('--reason <text>', 'why')
    .option('--interval <number>', 'only this one')
    .option(TOKEN_OPTION, 'who resumes')
    .action(async (runId: string, options: TokenOption & { reason: string; interval?: string }) => {
      const app = await session.app();
      const actor = await actingPerson(session, options.token, 'billing.run.create');
      const numbers = await app.get(ResumeIntervals).resume(runId, actor, options.reason, options.interval === undefined ? null : Number.parseInt(options.interval, 10));
      session.print({ runId, intervalNos: numbers }, `run ${runId}: intervals ${numbers.join(', ')} go back to work`);
    });
}
