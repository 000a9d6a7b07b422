import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerAccountCommands } from '../../src/modules/customers';
import { registerTariffCommands } from '../../src/modules/tariff';
import { accountLine } from '../support/account-builder';
import { startApp, type TestApp } from '../support/app';
import { testConfig } from '../support/platform-module';
import { tariffDocument } from '../support/tariff-builder';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  app = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'wattledger-commands-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await app.close();
});

/** What a command prints as JSON. */
async function run<Answer>(...words: string[]): Promise<Answer> {
  const printed: unknown[] = [];
  const program = new Command().exitOverride();
  const session = {
    config: () => Promise.resolve(testConfig(app.database)),
    app: () => Promise.resolve(app.context),
    json: true,
    print: (value: unknown) => void printed.push(value),
  };
  registerAccountCommands(program, session);
  registerTariffCommands(program, session);
  await program.parseAsync(['node', 'ops', ...words]);
  return printed[0] as Answer;
}

const token = async (role: Parameters<TestApp['as']>[0], name: string): Promise<string> => (await app.as(role, name)).Authorization.replace('Bearer ', '');

test('the shipped tariffs are recorded by one person and published by another, once', async () => {
  const load = async () =>
    run<{ state: string }[]>('tariffs', 'load', '--token', await token('operator', 'recorder'), '--publisher-token', await token('supervisor', 'publisher'));
  const states = (await load()).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['published']));
  expect((await load()).map(({ state }) => state)).toEqual(states);
});

test('a tariff of a file is not published by who recorded it, and not without permission', async () => {
  const file = join(folder, 'tariff.json');
  writeFileSync(file, JSON.stringify(tariffDocument()));
  const same = await token('supervisor', 'publisher');
  await expect(run('tariffs', 'load', file, '--token', same, '--publisher-token', same)).rejects.toMatchObject({ code: '23514', constraint: 'approvals_by_another_person' });
  await expect(run('tariffs', 'load', file, '--token', await token('clerk', 'somebody'))).rejects.toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
  await expect(run('tariffs', 'load', file, '--token', 'wl_unknown')).rejects.toMatchObject({ code: 'AUTH.TOKEN_INVALID' });
});

test('accounts are loaded from a file, and the refused lines counted', async () => {
  const file = join(folder, 'accounts.ndjson');
  writeFileSync(file, [JSON.stringify(accountLine('O-1')), '{', JSON.stringify(accountLine('O-3'))].join('\n'));
  const view = await run('accounts', 'import', file, '--token', await token('clerk', 'loader'), '--label', 'from a file');
  expect(view).toMatchObject({ state: 'finished', label: 'from a file', rowsRead: 3, rowsAccepted: 2, rowsRefused: 1 });
  await expect(run('accounts', 'import', file, '--token', await token('auditor', 'watcher'))).rejects.toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
});
