import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerMeteringCommands } from '../../src/modules/metering';
import { openAccount } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { meteredPoint, totalDial } from '../support/metering-builder';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-10T09:00:00+08:00' });
  folder = mkdtempSync(join(tmpdir(), 'metering-commands-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.close();
});

/** Runs one operator's command against the application; answers what it printed. */
async function run(role: 'clerk' | 'auditor', ...words: string[]): Promise<unknown> {
  const printed: unknown[] = [];
  const program = new Command().exitOverride();
  registerMeteringCommands(program, {
    config: () => Promise.reject(new Error('not needed')),
    app: () => Promise.resolve(app.context),
    json: true,
    print: (value) => printed.push(value),
  });
  const token = (await app.as(role)).Authorization.replace('Bearer ', '');
  await program.parseAsync([...words, '--token', token], { from: 'user' });
  return printed[0];
}
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('routes, installations and readings are loaded by commands as by the API', async () => {
  const { accountNo } = await openAccount(app);
  expect(await run('clerk', 'routes', 'create', '--code', 'R-OPS', '--region', 'CN-SH', '--day', '7')).toMatchObject({ routeCode: 'R-OPS', readingDay: 7, windowDays: 3 });
  const installation = {
    accountNo,
    usagePoint: { ...meteredPoint, usagePointNo: 'P-OPS' },
    meter: { assetNo: 'M-OPS', phases: 1, registers: totalDial },
    installedOn: '2025-11-01',
    initialReadings: [{ register: 'total', reading: '0' }],
    routeCode: 'R-OPS',
  };
  expect(await run('clerk', 'installations', 'import', file('points.ndjson', `${JSON.stringify(installation)}\n`))).toMatchObject({ state: 'finished', accepted: 1 });
  const readings = file('readings.csv', 'meterNo,register,readOn,reading\nM-OPS,total,2026-01-07,90\nM-OPS,total,2026-02-07,x\n');
  expect(await run('clerk', 'readings', 'import', readings)).toMatchObject({ state: 'finished', accepted: 1, refused: 1 });
});

test('a command asks for the permission that the route asks for', async () => {
  await expect(run('auditor', 'readings', 'import', file('none.csv', 'meterNo,register,readOn,reading\n'))).rejects.toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
});

test('a file that is not there is said so, and no import is left running', async () => {
  await expect(run('clerk', 'readings', 'import', join(folder, 'nowhere.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
  const { rows } = await app.db.query(`SELECT 1 FROM metering_imports WHERE state = 'running'`);
  expect(rows).toEqual([]);
});
