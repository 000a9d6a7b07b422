import type { RegisterCommands } from '../../../../platform/operations';
import { actingPerson, TOKEN_OPTION, type OperationsSession, type TokenOption } from '../../../../platform/operations';
import { RunViews } from '../run-views';
import { runLines } from '../run-report-lines';
import { CorrectAccount } from './correct-account';
import { DrawSample, freshSeed } from './draw-sample';
import { JudgeSample } from './judge-sample';
import type { SampledBillView, SampleView } from './dto/sample.dto';
import { VERDICTS } from './sample';
import { SampleRepository } from './sample.repository';
import { SampleViews } from './sample-views';
import { VerifyRun } from './verify-run';

type Program = Parameters<RegisterCommands>[0];

const NUMBER = /^\d{1,3}$/;

function within(text: string, option: string, most: number): number {
  const value = Number.parseInt(text, 10);
  if (!NUMBER.test(text) || value > most) throw new Error(`--${option} is a whole number up to ${String(most)}`);
  return value;
}

function billLine({ billNo, accountNo, category, energyKwh, amount, lastAmount, drawnAs, verdict, settled }: SampledBillView): string {
  const figures = `${energyKwh.padStart(14)} kWh ${amount.padStart(14)} yuan (last ${lastAmount ?? '—'})`;
  return `${billNo} ${accountNo} ${category.padEnd(20)} ${figures} ${drawnAs.join('+')} ${settled ?? verdict ?? 'to be looked at'}`;
}

/** A sample in lines for a terminal. */
export function sampleLines({ sampleId, seed, bills, open, wrong, items }: SampleView): string[] {
  return [`sample ${sampleId}, seed ${seed}: ${String(bills)} bills, ${String(open)} to be looked at, ${String(wrong)} wrong`, ...items.map(billLine)];
}

/** `run sample|look|override|verify|recompute-account|exclude-account`: the look at single bills, and the mending of single accounts. */
export function registerVerificationCommands(run: Program, session: OperationsSession): void {
  registerSamples(run, session);
  registerCorrections(run, session);
  run
    .command('verify')
    .description('mark a checked run verified; every bill of its newest sample was looked at')
    .argument('<run>')
    .requiredOption('--note <text>', 'what was looked at')
    .option(TOKEN_OPTION, 'who verifies')
    .action(async (runId: string, options: TokenOption & { note: string }) => {
      const app = await session.app();
      await app.get(VerifyRun).verify(runId, await actingPerson(session, options.token, 'billing.run.verify'), options.note);
      const view = await app.get(RunViews).view(runId);
      session.print(view, runLines(view));
    });
}

function registerSamples(run: Program, session: OperationsSession): void {
  const show = async (runId: string, sampleId: string): Promise<void> => {
    const view = await (await session.app()).get(SampleViews).view(runId, sampleId);
    session.print(view, sampleLines(view));
  };
  run
    .command('sample')
    .description('draw bills of a checked run to look at; with --show the newest sample again')
    .argument('<run>')
    .option('--random <count>', 'about so many at random, one of each category and plan at least', '30')
    .option('--largest <count>', 'of the largest bills', '10')
    .option('--jumps <count>', 'of the biggest jumps', '10')
    .option('--seed <digits>', 'start of the random order')
    .option('--show', 'draw nothing')
    .option(TOKEN_OPTION, 'who draws')
    .action(async (runId: string, options: TokenOption & { random: string; largest: string; jumps: string; seed?: string; show?: boolean }) => {
      const app = await session.app();
      if (options.show === true) {
        await actingPerson(session, options.token, 'billing.run.read');
        const [newest] = await app.get(SampleRepository).list(runId, 1, undefined);
        if (!newest) throw new Error(`run ${runId} has no sample`);
        await show(runId, newest.sampleId);
        return;
      }
      const { seed = freshSeed() } = options;
      if (!/^\d{1,18}$/.test(seed)) throw new Error('--seed has 1 to 18 digits');
      const order = { random: Math.max(1, within(options.random, 'random', 500)), largest: within(options.largest, 'largest', 20), jumps: within(options.jumps, 'jumps', 20), seed };
      await show(runId, await app.get(DrawSample).draw(runId, order, await actingPerson(session, options.token, 'billing.run.verify')));
    });
  run
    .command('look')
    .description('say what the look at bills of a sample showed')
    .argument('<run>')
    .argument('<sample>')
    .argument('<verdict>', VERDICTS.codes.join(' or '))
    .argument('[bill...]', 'without any: all that nobody looked at yet')
    .option('--note <text>', 'what was seen; required where it is wrong')
    .option(TOKEN_OPTION, 'who looked')
    .action(async (runId: string, sampleId: string, word: string, bills: string[], options: TokenOption & { note?: string }) => {
      const verdict = VERDICTS.codes.find((code) => code === word);
      if (!verdict) throw new Error(`the verdict is ${VERDICTS.codes.join(' or ')}`);
      const app = await session.app();
      const actor = await actingPerson(session, options.token, 'billing.run.verify');
      const open = (await app.get(SampleViews).view(runId, sampleId)).items.filter((item) => item.verdict === null && item.settled === null);
      const billNos = bills.length > 0 ? bills : open.map(({ billNo }) => billNo);
      await app.get(JudgeSample).judge(runId, sampleId, billNos.map((billNo) => ({ billNo, verdict, note: options.note ?? null })), actor);
      await show(runId, sampleId);
    });
  run
    .command('override')
    .description('let a bill through that was found wrong')
    .argument('<run>')
    .argument('<sample>')
    .argument('<bill>')
    .requiredOption('--reason <text>', 'why')
    .option(TOKEN_OPTION, 'who decides')
    .action(async (runId: string, sampleId: string, billNo: string, options: TokenOption & { reason: string }) => {
      const actor = await actingPerson(session, options.token, 'billing.run.verify');
      await (await session.app()).get(JudgeSample).override(runId, sampleId, billNo, actor, options.reason);
      await show(runId, sampleId);
    });
}

function registerCorrections(run: Program, session: OperationsSession): void {
  const words = { recompute: 'compute one billed account again, with what is recorded now', exclude: 'leave one billed account out' } as const;
  for (const action of ['recompute', 'exclude'] as const) {
    run
      .command(`${action}-account`)
      .description(`${words[action]}; the run is checked anew`)
      .argument('<run>')
      .argument('<account>')
      .requiredOption('--reason <text>', 'why')
      .option(TOKEN_OPTION, 'who decides')
      .action(async (runId: string, accountNo: string, options: TokenOption & { reason: string }) => {
        const actor = await actingPerson(session, options.token, 'billing.exception.resolve');
        const outcome = await (await session.app()).get(CorrectAccount)[action](runId, accountNo, actor, options.reason);
        session.print(outcome, `account ${accountNo}: ${outcome.outcome} ${outcome.totalAmount ?? outcome.code ?? ''}`);
      });
  }
}
