import { Option } from 'commander';
import { refusalOf } from '../../../platform/errors';
import { actingPerson, TOKEN_OPTION, type RegisterCommands, type TokenOption } from '../../../platform/operations';
import { DetachedPeriods, type DetachedPeriod } from './detached-periods';

interface ReasonOption extends TokenOption {
  readonly reason: string;
}

const REASON = (): Option => new Option('--reason <text>', 'why; it stands in the audit').makeOptionMandatory();

const line = ({ period, bills, lines, documents, bytes }: DetachedPeriod): string =>
  `${period}: ${bills} bills, ${lines} lines, ${documents} documents, ${String(BigInt(bytes) / 1_048_576n)} MiB`;

/** A refusal of the database in words, with its code. */
async function said<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const refusal = refusalOf(error);
    throw refusal ? new Error(`${refusal.code}: ${refusal.message}`) : error;
  }
}

/** `period list|detach|attach`: lines and documents of old months, out of the database and back. */
export const registerPeriodCommands: RegisterCommands = (program, session) => {
  const period = program.command('period').description('old months: lines and documents out of the partitioned tables, and back');
  period
    .command('list')
    .description('the months that are detached')
    .option(TOKEN_OPTION, 'who looks')
    .action(async ({ token }: TokenOption) => {
      const app = await session.app();
      await actingPerson(session, token, 'billing.run.read');
      const periods = await app.get(DetachedPeriods).list();
      session.print(periods, periods.length === 0 ? 'none' : periods.map(line));
    });
  period
    .command('detach')
    .description('take a finished month out; its tables stand in the schema "detached" afterwards')
    .argument('<month>', 'such as 2024-05')
    .addOption(REASON())
    .option(TOKEN_OPTION, 'who detaches')
    .action(async (month: string, { token, reason }: ReasonOption) => {
      const app = await session.app();
      const detached = await said(app.get(DetachedPeriods).detach(month, await actingPerson(session, token, 'billing.period.detach'), reason));
      session.print(detached, `detached ${line(detached)}: detached.bill_lines_${month.replace('-', '_')}, detached.bill_documents_${month.replace('-', '_')}`);
    });
  period
    .command('attach')
    .description('put a detached month back, once its two tables stand in the schema "detached" again')
    .argument('<month>')
    .addOption(REASON())
    .option(TOKEN_OPTION, 'who attaches')
    .action(async (month: string, { token, reason }: ReasonOption) => {
      const app = await session.app();
      await said(app.get(DetachedPeriods).attach(month, await actingPerson(session, token, 'billing.period.detach'), reason));
      session.print({ period: month }, `${month} is attached`);
    });
};
