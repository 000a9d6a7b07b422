import { open as openFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { Actor } from '../../platform/auth';
import { wholeNumber } from '../../platform/database';
import { actingPerson, TOKEN_OPTION, type OperationsSession, type RegisterCommands, type TokenOption } from '../../platform/operations';
import type { MeteringImportView } from './dto/import.dto';
import { EstimateReadings } from './estimates/estimate-readings';
import { ImportInstallations } from './imports/import-installations';
import { ImportReadings } from './imports/import-readings';
import type { MeteringPermission } from './metering.permissions';
import { ManageRoutes } from './routes/manage-routes';

interface Import {
  import(source: Readable, actor: Pick<Actor, 'userId'>, onProgress?: (lines: number) => void): Promise<MeteringImportView>;
}

function addImport(group: Command, session: OperationsSession, what: string, needed: MeteringPermission, open: () => Promise<Import>): void {
  group
    .command('import')
    .description(`import ${what} from a file; refused lines are listed by the API`)
    .argument('<file>', what === 'readings' ? 'CSV file' : 'NDJSON file')
    .option(TOKEN_OPTION, 'token of the person who imports')
    .action(async (file: string, options: TokenOption) => {
      const actor = await actingPerson(session, options.token, needed);
      const onProgress = (lines: number): void => {
        if (!session.json && process.stderr.isTTY) process.stderr.write(`\r${String(lines)} lines`);
      };
      // Opened first, so that a file that is not there is said to be so, and not to be malformed.
      const source = (await openFile(file)).createReadStream();
      const view = await (await open()).import(source, actor, onProgress);
      const { importId, state, lines, accepted, unchanged, refused, suspicious } = view;
      session.print(
        view,
        `import ${importId} ${state}: ${String(lines)} lines, ${String(accepted)} accepted (${String(suspicious)} doubtful), ` +
          `${String(unchanged)} unchanged, ${String(refused)} refused`,
      );
    });
}

/** `readings import`, `readings estimate`, `installations import`, `routes create`: the same work as the routes of these names. */
export const registerMeteringCommands: RegisterCommands = (program, session) => {
  const readings = program.command('readings').description('meter readings');
  addImport(readings, session, 'readings', 'metering.reading-import.create', async () => (await session.app()).get(ImportReadings, { strict: false }));
  readings
    .command('estimate')
    .description('estimate the readings that are missing on the reading day of a month')
    .option(TOKEN_OPTION, 'token of the person who lets them be estimated')
    .requiredOption('--month <month>', 'month whose reading day is looked at, YYYY-MM')
    .option('--route <code>', 'only accounts on this route')
    .option('--in-a-row <number>', 'estimates in a row that a dial may have', '2')
    .action(async (options: TokenOption & { month: string; route?: string; inARow: string }) => {
      const actor = await actingPerson(session, options.token, 'metering.reading.estimate');
      const { month, route, inARow } = options;
      if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || !/^[1-6]$/.test(inARow)) throw new Error('--month is YYYY-MM and --in-a-row 1 to 6');
      const input = { month, inARow: wholeNumber(inARow), ...(route === undefined ? {} : { routeCode: route }) };
      const view = await (await session.app()).get(EstimateReadings, { strict: false }).estimate(input, actor);
      session.print(view, `${String(view.estimated)} readings estimated, ${String(view.skipped)} left to a person`);
    });
  const installations = program.command('installations').description('usage points with their meters');
  addImport(installations, session, 'installations', 'metering.installation-import.create', async () =>
    (await session.app()).get(ImportInstallations, { strict: false }),
  );
  program
    .command('routes')
    .description('reading routes')
    .command('create')
    .description('enter a reading route')
    .option(TOKEN_OPTION, 'token of the person who enters it')
    .requiredOption('--code <code>', 'code of the route')
    .requiredOption('--region <code>', 'region that it lies in')
    .requiredOption('--day <day>', 'reading day, 1 to 28')
    .option('--window <days>', 'days to either side on which a reading still counts', '3')
    .action(async (options: TokenOption & { code: string; region: string; day: string; window: string }) => {
      const actor = await actingPerson(session, options.token, 'metering.route.change');
      const { code: routeCode, region: regionCode } = options;
      const route = { routeCode, regionCode, readingDay: wholeNumber(options.day), windowDays: wholeNumber(options.window) };
      const created = await (await session.app()).get(ManageRoutes, { strict: false }).create(route, actor);
      session.print(created, `route ${created.routeCode} is read on day ${String(created.readingDay)}`);
    });
};
