import { writeFile } from 'node:fs/promises';
import { actingPerson, TOKEN_OPTION, type OperationsSession, type RegisterCommands, type TokenOption } from '../../../../platform/operations';
import { comparisonPage } from '../page/comparison-page';
import { RunQueries } from '../run-queries';
import { CompareRuns } from './compare-runs';
import type { Comparison } from './comparison';

interface CompareOptions extends TokenOption {
  readonly with?: string;
  readonly page?: string;
  readonly lang: string;
  readonly limit: string;
}

/** A comparison in lines for a terminal. */
export function comparisonLines({ runId, withRunId, total, byCategory, more, less, equal, onlyInRun, onlyInOther }: Comparison): string[] {
  return [
    `run ${runId} against run ${withRunId}`,
    ...[...byCategory, total].map(({ key, accounts, amount, lastAmount }) => `${key.padEnd(32)} ${String(accounts).padStart(9)} accounts ${amount.padStart(18)} yuan (against ${lastAmount})`),
    `${String(more.bills)} bills cost ${more.amount} yuan more, ${String(less.bills)} cost ${less.amount} yuan less, ${String(equal)} the same`,
    `${String(onlyInRun)} are billed in run ${runId} alone, ${String(onlyInOther)} in run ${withRunId} alone`,
  ];
}

/** `run compare`: a trial against a real run. */
export function registerComparisonCommands(run: Parameters<RegisterCommands>[0], session: OperationsSession): void {
  run
    .command('compare')
    .description('set a run, such as a trial, against a real one')
    .argument('<run>')
    .option('--with <run>', 'which one; else of the period the released one that shares most accounts, or the computed one that does')
    .option('--page <file>', 'write the page with plots there, too')
    .option('--lang <language>', 'of the page: zh or en', 'zh')
    .option('--limit <count>', 'name so many bills with the biggest differences', '20')
    .option(TOKEN_OPTION, 'who looks')
    .action(async (runId: string, options: CompareOptions) => {
      const app = await session.app();
      await actingPerson(session, options.token, 'billing.run.read');
      const compare = app.get(CompareRuns);
      const comparison = await compare.compare(runId, options.with);
      const limit = Number.parseInt(options.limit, 10);
      const items = await compare.bills(runId, comparison.withRunId, {}, limit);
      if (options.page !== undefined) {
        const more = await compare.bills(runId, comparison.withRunId, { direction: 'more' }, limit);
        const less = await compare.bills(runId, comparison.withRunId, { direction: 'less' }, limit);
        const { tariffs } = await app.get(RunQueries).run(runId);
        await writeFile(options.page, comparisonPage({ comparison, tariffs, more, less }, options.lang === 'en' ? 'en' : 'zh'));
      }
      const lines = items.map(({ accountNo, category, amount, withAmount, difference }) => `${accountNo} ${category} ${amount ?? '—'} against ${withAmount ?? '—'}: ${difference}`);
      session.print({ ...comparison, items }, [...comparisonLines(comparison), ...lines]);
    });
}
