import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { createHttpApp, listen } from '../src/create-app';
import { TokenStore } from '../src/platform/auth';
import { openEnvironment } from '../src/platform/embedded';
import { onShutdown, runCommand } from '../src/platform/lifecycle';
import { ApiClient } from './demo/api-client';
import { printBill, printSummary, printWhereToGo, type DemoResult } from './demo/report';
import { loadCompany } from './demo/load-company';
import { billMonth } from './demo/bill-month';
import { startWorker } from './demo/worker-process';

const DATABASE = 'wattledger_demo';

interface DemoOptions {
  readonly accounts: number;
  readonly seed: number;
  readonly exit: boolean;
}

function readOptions(): DemoOptions {
  const { values } = parseArgs({
    options: {
      accounts: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '20260101' },
      exit: { type: 'boolean', default: false },
    },
  });
  return { accounts: wholeNumber('--accounts', values.accounts, 20, 1_000_000), seed: wholeNumber('--seed', values.seed, 1, 2 ** 31), exit: values.exit };
}

function wholeNumber(name: string, text: string, low: number, high: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (!(value >= low && value <= high)) throw new Error(`${name} must be a whole number from ${low} to ${high}.`);
  return value;
}

/** Builds a company from a seed, reads its meters, bills its January, releases the bills, and stays to be looked at. */
runCommand(async () => {
  const options = readOptions();
  const started = process.hrtime.bigint();
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  say('Starting the database afresh …');
  const environment = await openEnvironment({ LOG_LEVEL: 'error', REQUESTS_PER_MINUTE: '0' }, { freshDatabase: DATABASE });
  const app = await createHttpApp(environment.config);
  onShutdown('HTTP server', () => app.close());
  const address = await listen(app, environment);
  const worker = startWorker(environment.config);
  onShutdown('worker', () => worker.stop());

  const tokens = app.get(TokenStore);
  const issue = async (name: string, role: 'operator' | 'supervisor' | 'clerk') => (await tokens.issue({ name, roles: [role], days: 7 })).token;
  const [operatorToken, supervisorToken, clerkToken] = [await issue('lin', 'operator'), await issue('zhao', 'supervisor'), await issue('chen', 'clerk')];
  const staff = {
    operator: new ApiClient(address, operatorToken),
    supervisor: new ApiClient(address, supervisorToken),
    clerk: new ApiClient(address, clerkToken),
  };

  await loadCompany(staff, options, say);
  const run = await billMonth(staff, say);
  const result: DemoResult = { ...run, seconds: Number((process.hrtime.bigint() - started) / 10_000_000n) / 100 };
  printSummary(result, say);
  await printBill(staff.operator, run.factoryBillNo, say);
  if (!options.exit) printWhereToGo({ address, operatorToken, supervisorToken, database: DATABASE }, say);
  const { accounts, billed, excluded, exceptions, total, seconds } = result;
  say(JSON.stringify({ accounts, billed, excluded, exceptions, total, seconds }));
  return options.exit ? 0 : new Promise<number>(() => undefined);
});
