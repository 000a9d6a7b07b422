import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { registerLedgerCommands } from '../../src/modules/collection';
import { startApp, type TestApp } from '../support/app';
import { addOwingAccounts, releaseBills, type OwingAccount } from '../support/collection-builder';
import { booksAgreeAfterEachTest } from '../support/ledger-check';
import { connectSuperuser, SEALING_TIMEOUT_MS } from '../support/ledger-builder';
import { testConfig } from '../support/platform-module';
import { eventually } from '../support/wait';
import { get, payCash, type Reply } from './collection/support';

jest.setTimeout(SEALING_TIMEOUT_MS);

let app: TestApp;
let accounts: OwingAccount[];

beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
  accounts = await addOwingAccounts(app, 6);
  await releaseBills(app, '2026-05', accounts.map(({ accountId }, index) => ({ accountId, total: `${String(100 + index)}.00` })));
  await sealed();
});

afterAll(() => app.close());
booksAgreeAfterEachTest(() => app);

/** The head of the chain, once the sealer has come to the end of the books. */
const sealed = (): Promise<Record<string, string>> =>
  eventually('every journal is sealed', async () => {
    await app.sweep();
    const { body } = await get(app, '/v1/ledger/head', 'auditor');
    return (body as { unsealedJournals: number }).unsealedJournals === 0 ? (body as Record<string, string>) : undefined;
  }, SEALING_TIMEOUT_MS - 10_000);

const verification = (query = ''): Promise<Reply> => get(app, `/v1/ledger/verification${query}`, 'auditor');

/** Lets a superuser do something that is taken back after the look. */
async function behindTheBack(edit: string, restore: string, look: () => Promise<unknown>): Promise<void> {
  const superuser = await connectSuperuser(app.database.name);
  try {
    await superuser.query(`set session_replication_role = 'replica'`);
    await superuser.query(edit);
    await look();
  } finally {
    await superuser.query(restore);
    await superuser.end();
  }
}

describe('the verification of the books', () => {
  it('shows an auditor that everything is as it was sealed, and the number and hash to write down', async () => {
    const head = await sealed();
    expect(head).toMatchObject({ sealNo: expect.stringMatching(/^[1-9]/), hash: expect.stringMatching(/^[0-9a-f]{64}$/), unsealedJournals: 0, oldestUnsealedAt: null });
    const { body } = await verification(`?anchor=${String(head['sealNo'])}:${String(head['hash'])}`);
    expect(body).toMatchObject({ lastSealNo: head['sealNo'], journals: 6, entries: 12, complete: true, broken: null });
    const { body: seal } = await get(app, `/v1/ledger/seals/${String(head['sealNo'])}`, 'auditor');
    expect(seal).toMatchObject({ hash: head['hash'], previousHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await get(app, '/v1/ledger/seals/0', 'auditor')).body).toMatchObject({ previousHash: null, journalCount: 0 });
    expect((await get(app, '/v1/ledger/seals/99999', 'auditor')).body).toMatchObject({ code: 'LEDGER.SEAL_NOT_FOUND' });
  });

  it('names the entry that was changed behind the back of the application', async () => {
    const change = (sign: string): string => `update journal_entries set amount = amount ${sign} 0.01 where journal_id = (select min(journal_id) from journals) and entry_no = 2`;
    await behindTheBack(change('+'), change('-'), async () => {
      const { body } = await verification();
      expect(body).toMatchObject({ complete: true, broken: { row: 'entry', fault: 'changed', entryNo: 2, journalId: expect.stringMatching(/^\d+$/), sealNo: '1' } });
      await expect(ops('ledger', 'verify', '--balances')).rejects.toThrow('The books are not as they must be.');
      expect(printed.at(-1)).toMatchObject({
        broken: { row: 'entry', entryNo: 2 },
        differences: expect.arrayContaining([expect.objectContaining({ check: 'every journal balances', rows: 1 })]),
      });
    });
  });

  it('begins after any seal, and compares what was written down with what is there', async () => {
    const before = await sealed();
    await payCash(app, '100.00', accounts[0] as OwingAccount);
    const head = await sealed();
    expect(Number(head['sealNo'])).toBeGreaterThan(Number(before['sealNo']));
    const { body } = await verification(`?afterSealNo=${String(before['sealNo'])}`);
    expect(body).toMatchObject({ lastSealNo: head['sealNo'], journals: 1, complete: true, broken: null });
    const { body: other } = await verification(`?anchor=${String(head['sealNo'])}:${'0'.repeat(64)}`);
    expect(other).toMatchObject({ broken: { row: 'seal', fault: 'changed', sealNo: head['sealNo'] } });
    const { body: gone } = await verification(`?anchor=5000:${'0'.repeat(64)}`);
    expect(gone).toMatchObject({ broken: { row: 'seal', fault: 'removed', sealNo: '5000' } });
    expect((await verification('?anchor=5000')).body).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ field: 'anchor' }] });
  });

  it('is for auditors and operators', async () => {
    expect((await get(app, '/v1/ledger/verification', 'cashier')).body).toMatchObject({ code: 'AUTH.NOT_PERMITTED' });
    expect((await get(app, '/v1/ledger/verification', 'operator')).status).toBe(200);
  });

  it('is an operator’s command too, with balances, and the gauges say what is not sealed', async () => {
    await sealed();
    await ops('ledger', 'verify', '--balances');
    expect(printed.at(-1)).toMatchObject({ complete: true, broken: null, differences: [] });
    await ops('ledger', 'head');
    const head = printed.at(-1) as { sealNo: string; hash: string };
    await ops('ledger', 'verify', '--anchor', `${head.sealNo}:${head.hash}`);
    await expect(ops('ledger', 'verify', '--anchor', 'abc')).rejects.toThrow('--anchor');
    await payCash(app, '101.00', accounts[1] as OwingAccount);
    const { text } = await get(app, '/metrics', 'operator');
    expect(text).toMatch(/^wattledger_ledger_unsealed_journals 1$/m);
    expect(text).toMatch(/^wattledger_ledger_unsealed_age_seconds \d/m);
    await sealed();
    expect((await get(app, '/metrics', 'operator')).text).toMatch(/^wattledger_ledger_unsealed_journals 0$/m);
  });

  it('can be done by hand: the statement in the handbook gives the text whose hash the seal is', async () => {
    const handbook = readFileSync(join(__dirname, '../../docs/ledger.md'), 'utf8');
    const statement = /```sql\n([^`]*?)```/.exec(handbook)?.[1] ?? '';
    expect(statement).toContain(':seal');
    await sealed();
    const { rows: seals } = await app.db.query<{ seal_no: string; hash: string }>(`select seal_no, encode(hash, 'hex') as hash from ledger_seals where seal_no > 0 order by seal_no`);
    expect(seals.length).toBeGreaterThan(0);
    for (const { seal_no: sealNo, hash } of seals) {
      const { rows } = await app.db.query<{ line: string }>(statement.replaceAll(':seal', sealNo));
      expect(createHash('sha256').update(rows.map(({ line }) => `${line}\n`).join('')).digest('hex')).toBe(hash);
    }
  });
});

const printed: unknown[] = [];

async function ops(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  const token = (await app.as('auditor')).Authorization.replace('Bearer ', '');
  registerLedgerCommands(program, {
    config: () => Promise.resolve(testConfig(app.database)),
    app: () => Promise.resolve(app.context),
    json: true,
    print: (value: unknown) => void printed.push(value),
  });
  await program.parseAsync(['node', 'ops', ...words, '--token', token]);
}
