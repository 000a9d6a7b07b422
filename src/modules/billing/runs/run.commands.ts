import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { INestApplicationContext } from '@nestjs/common';
import { monthRule } from '../../../platform/http';
import { actingPerson, TOKEN_OPTION, type OperationsSession, type RegisterCommands, type TokenOption } from '../../../platform/operations';
import type { BillingPermission } from '../billing.permissions';
import { CheckRun } from './checks/check-run';
import { registerComparisonCommands } from './comparison/comparison.commands';
import { CreateRun } from './create-run';
import { DiscardRun } from './discard-run';
import type { RunView } from './dto/run.view';
import { registerExceptionCommands } from './exception.commands';
import { registerIntervalCommands } from './intervals/interval.commands';
import { checkPage } from './page/check-page';
import { BILLABLE_PERIODS } from './period-order';
import { POPULATION_KINDS, type PopulationInput } from './population';
import { ReleaseRun } from './release-run';
import { checkLines, runLines } from './run-report-lines';
import { RUN_KINDS } from './run-states';
import { RunViews } from './run-views';
import type { TrialTariffInput } from './trial-tariffs';
import { registerVerificationCommands } from './verification/verification.commands';

interface StartOptions extends TokenOption {
  readonly period: string;
  readonly kind: string;
  readonly region?: string[];
  readonly route?: string[];
  readonly account?: string[];
  readonly watch?: boolean;
  readonly tariff?: string[];
}

function populationFrom({ region, route, account }: StartOptions): PopulationInput {
  if (region) return { by: 'region', regionCodes: region };
  if (route) return { by: 'routes', routeCodes: route };
  if (account) return { by: 'accounts', accountNos: account };
  return { by: POPULATION_KINDS[0] };
}

/** `book=12` is a version, `book=other` another price book. */
function tariffsFrom({ tariff = [] }: StartOptions): TrialTariffInput[] {
  return tariff.map((given) => {
    const [, priceBook, name] = /^([^=]+)=([^=]+)$/.exec(given) ?? [];
    if (priceBook === undefined || name === undefined) throw new Error('--tariff is BOOK=VERSION or BOOK=OTHER-BOOK');
    return /^\d+$/.test(name) ? { priceBook, tariffVersionId: name } : { priceBook, underPriceBook: name };
  });
}

/** Nothing is left to compute but what was given up. */
const waitsForPerson = ({ progress: { intervals } }: RunView): boolean => intervals.parked > 0 && intervals.pending + intervals.computing === 0;

/** Shows a run until it waits for a person, and answers its last view. */
async function watch(app: INestApplicationContext, session: OperationsSession, runId: string): Promise<RunView> {
  const views = app.get(RunViews);
  const bar = new SingleBar({ format: '{bar} {percentage}% | {value}/{total} accounts | {speed}/s | {state}', stream: process.stderr, noTTYOutput: false });
  let view = await views.view(runId);
  if (!session.json) bar.start(view.counts.accounts, 0, { speed: 0, state: view.state });
  while ((view.state === 'draft' || view.state === 'frozen' || view.state === 'computing') && !waitsForPerson(view)) {
    await sleep(500);
    view = await views.view(runId);
    bar.setTotal(view.counts.accounts);
    bar.update(view.counts.accounts - view.counts.pending, { speed: view.progress.accountsPerSecond, state: view.state });
  }
  bar.stop();
  return view;
}

const actorOf = (session: OperationsSession, { token }: TokenOption, permission: BillingPermission) => actingPerson(session, token, permission);

/** `run create|watch|check|release|discard|exceptions`: the billing month from a terminal, as the person of the token. */
export const registerRunCommands: RegisterCommands = (program, session) => {
  const run = program.command('run').description('billing runs; the token may stand in WATTLEDGER_TOKEN');
  run
    .command('create')
    .description('start a run, or find the one that is under way; workers compute it')
    .requiredOption('--period <month>', 'such as 2026-05')
    .option('--kind <kind>', RUN_KINDS.codes.join(' or '), 'regular')
    .option('--region <code...>', 'only these regions')
    .option('--route <code...>', 'only these reading routes')
    .option('--account <number...>', 'only these accounts')
    .option('--tariff <book=version...>', 'trial: price a price book under this version id, or under another price book')
    .option('--watch', 'stay until it waits for a person')
    .option(TOKEN_OPTION, 'who starts it')
    .action(async (options: StartOptions) => {
      const kind = RUN_KINDS.codes.find((code) => code === options.kind);
      if (!kind || monthRule(BILLABLE_PERIODS.from, BILLABLE_PERIODS.to)(options.period) !== null) {
        throw new Error(`--period is a month from ${BILLABLE_PERIODS.from} to ${BILLABLE_PERIODS.to} and --kind one of ${RUN_KINDS.codes.join(', ')}`);
      }
      const app = await session.app();
      const actor = await actorOf(session, options, 'billing.run.create');
      const { runId } = await app.get(CreateRun).create({ period: options.period, kind, population: populationFrom(options), tariffs: tariffsFrom(options) }, actor);
      const view = options.watch === true ? await watch(app, session, runId) : await app.get(RunViews).view(runId);
      session.print(view, runLines(view));
    });
  run
    .command('watch')
    .description('follow a run until it waits for a person')
    .argument('<run>')
    .option(TOKEN_OPTION, 'who looks')
    .action(async (runId: string, options: TokenOption) => {
      const app = await session.app();
      await actorOf(session, options, 'billing.run.read');
      const view = await watch(app, session, runId);
      session.print(view, runLines(view));
    });
  run
    .command('check')
    .description('compare a computed run with the month before and mark it checked')
    .argument('<run>')
    .option('--jump-percent <percent>', 'a bill jumps above this change', '50')
    .option('--jump-yuan <yuan>', 'and above this amount', '100.00')
    .option('--page <file>', 'write the page with plots there, too')
    .option('--lang <language>', 'of the page: zh or en', 'zh')
    .option(TOKEN_OPTION, 'who checks')
    .action(async (runId: string, options: TokenOption & { jumpPercent: string; jumpYuan: string; page?: string; lang: string }) => {
      const app = await session.app();
      const actor = await actorOf(session, options, 'billing.run.verify');
      const limits = { percent: Number.parseInt(options.jumpPercent, 10), yuan: options.jumpYuan };
      const check = await app.get(CheckRun).check(runId, actor, limits);
      if (options.page !== undefined) await writeFile(options.page, checkPage(runId, check, options.lang === 'en' ? 'en' : 'zh'));
      session.print(check, checkLines(check.report));
    });
  registerComparisonCommands(run, session);
  registerExceptionCommands(run, session);
  registerVerificationCommands(run, session);
  registerDecisions(run, session);
  registerIntervalCommands(run, session);
};

function registerDecisions(run: Parameters<RegisterCommands>[0], session: OperationsSession): void {
  run
    .command('release')
    .description('make the bills of a verified run valid; never by the person who started it')
    .argument('<run>')
    .requiredOption('--reason <text>', 'why')
    .option(TOKEN_OPTION, 'who releases')
    .action(async (runId: string, options: TokenOption & { reason: string }) => {
      const app = await session.app();
      const opened = await app.get(ReleaseRun).release(runId, await actorOf(session, options, 'billing.run.release'), options.reason);
      session.print({ runId, ...opened }, `released: ${String(opened.receivables)} receivables, ${String(opened.credits)} credits, ${opened.amount} yuan`);
    });
  run
    .command('discard')
    .description('throw an unreleased run away')
    .argument('<run>')
    .requiredOption('--reason <text>', 'why')
    .option(TOKEN_OPTION, 'who discards')
    .action(async (runId: string, options: TokenOption & { reason: string }) => {
      const app = await session.app();
      await app.get(DiscardRun).discard(runId, await actorOf(session, options, 'billing.run.discard'), options.reason);
      session.print({ runId, state: 'discarded' }, `run ${runId} is discarded; its drafts are being removed`);
    });
}
