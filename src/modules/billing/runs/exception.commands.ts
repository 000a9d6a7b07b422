import { actingPerson, TOKEN_OPTION, type OperationsSession, type RegisterCommands, type TokenOption } from '../../../platform/operations';
import { AssignException } from './assign-exception';
import { ExceptionQueries, EXCEPTION_STATES } from './exception-queries';
import { RecomputeAccount } from './recompute-account';
import { ResolveException } from './resolve-exception';
import { RunQueries } from './run-queries';
import { exceptionLines } from './run-report-lines';
import { exceptionView } from './run-views';

interface ListOptions extends TokenOption {
  readonly code?: string;
  readonly state: string;
  readonly owner?: string;
  readonly unowned?: boolean;
  readonly region?: string;
  readonly olderThan?: string;
  readonly limit: string;
  readonly after?: string;
}

const whole = (text: string, option: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${option} is a whole number`);
  return Number.parseInt(text, 10);
};

/** `run exceptions|assign|exclude|recompute`: the work list of a run from a terminal. */
export function registerExceptionCommands(run: Parameters<RegisterCommands>[0], session: OperationsSession): void {
  run
    .command('exceptions')
    .description('the accounts that a run could not bill, what was found and what can be done')
    .argument('<run>')
    .option('--code <code>', 'only this code')
    .option('--state <state>', EXCEPTION_STATES.codes.join(', '), 'open')
    .option('--owner <user>', 'only those of this user id')
    .option('--unowned', 'only those that nobody owns')
    .option('--region <code>', 'only this region')
    .option('--older-than <hours>', 'only those open for so long')
    .option('--limit <count>', 'at most so many', '50')
    .option('--after <exception>', 'go on after this one')
    .option(TOKEN_OPTION, 'who looks')
    .action(async (runId: string, options: ListOptions) => {
      const app = await session.app();
      await actingPerson(session, options.token, 'billing.exception.read');
      const { code, state, owner, unowned, region, olderThan } = options;
      const filter = { code, state, ownerUserId: owner, unowned, regionCode: region, olderThanHours: olderThan === undefined ? undefined : whole(olderThan, 'older-than') };
      await app.get(RunQueries).run(runId);
      const rows = await app.get(ExceptionQueries).list(runId, filter, whole(options.limit, 'limit'), options.after);
      const items = rows.map(exceptionView);
      session.print(items, exceptionLines(items));
    });
  registerDecisions(run, session);
}

function registerDecisions(run: Parameters<RegisterCommands>[0], session: OperationsSession): void {
  const actor = ({ token }: TokenOption) => actingPerson(session, token, 'billing.exception.resolve');
  run
    .command('assign')
    .description('give an exception to a user; without one to nobody')
    .argument('<run>')
    .argument('<exception>')
    .argument('[user]')
    .option(TOKEN_OPTION, 'who decides')
    .action(async (runId: string, exceptionId: string, user: string | undefined, options: TokenOption) => {
      if (user !== undefined && !/^[1-9]\d{0,18}$/.test(user)) throw new Error('a user is named by the id');
      await (await session.app()).get(AssignException).assign(runId, exceptionId, await actor(options), user ?? null);
      session.print({ exceptionId, ownerUserId: user ?? null }, `exception ${exceptionId} belongs to ${user ?? 'nobody'}`);
    });
  run
    .command('exclude')
    .description('leave the account of an exception out of the run')
    .argument('<run>')
    .argument('<exception>')
    .requiredOption('--reason <text>', 'why')
    .option(TOKEN_OPTION, 'who decides')
    .action(async (runId: string, exceptionId: string, options: TokenOption & { reason: string }) => {
      await (await session.app()).get(ResolveException).exclude(runId, exceptionId, await actor(options), options.reason);
      session.print({ exceptionId, state: 'excluded' }, `the account of exception ${exceptionId} is left out`);
    });
  run
    .command('recompute')
    .description('compute the account of an exception again, with what is recorded now')
    .argument('<run>')
    .argument('<exception>')
    .option(TOKEN_OPTION, 'who decides')
    .action(async (runId: string, exceptionId: string, options: TokenOption) => {
      const outcome = await (await session.app()).get(RecomputeAccount).recompute(runId, exceptionId, await actor(options));
      session.print(outcome, `exception ${exceptionId}: ${outcome.outcome} ${outcome.totalAmount ?? outcome.code ?? ''}`);
    });
}
