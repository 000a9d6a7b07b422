import { Command } from 'commander';
import { registerPeriodCommands } from '../../src/modules/billing';
import { startApp, type TestApp } from '../support/app';
import { post, publishTariff, releaseRun } from '../support/billing-builder';
import { testConfig } from '../support/platform-module';
import { get, runReaches, type RunView, send } from '../scenarios/support/story';
import { household, testlandPrices, type Household } from '../scenarios/support/testland';

/** Two households of Testland at 0.5000, 100 kWh a month, billed for May, June and July 2024; one of them also for August. A year later they are old. */
const READ = [['2024-05-01', '0'], ['2024-06-01', '100'], ['2024-07-01', '200'], ['2024-08-01', '300'], ['2024-09-01', '400']] as const;
const MAY = '2024-05';

let app: TestApp;
let staying: Household;
let ending: Household;
const billNos = new Map<string, string>();

/** What a command of the terminal prints as JSON. */
async function ops<Answer>(...words: string[]): Promise<Answer> {
  const printed: unknown[] = [];
  const program = new Command().exitOverride();
  registerPeriodCommands(program, { config: () => Promise.resolve(testConfig(app.database)), app: () => Promise.resolve(app.context), json: true, print: (value: unknown) => void printed.push(value) });
  const token = (await app.as('operator', 'operator.ou')).Authorization.replace('Bearer ', '');
  await program.parseAsync(['node', 'ops', 'period', ...words, '--token', token]);
  return printed[0] as Answer;
}
const detach = (period: string) => ops<{ period: string; bills: string; lines: string; documents: string }>('detach', period, '--reason', 'kept on tape');
const attach = (period: string) => ops<{ period: string }>('attach', period, '--reason', 'asked for by the court');
const owner = (sql: string) => app.db.query<Record<string, unknown>>(sql);
const billOf = ({ accountNo }: Household, period: string): string => billNos.get(`${accountNo}/${period}`) ?? '';
const start = (period: string, kind = 'regular') => send<RunView & { code: string }>(app, 'operator', '/v1/billing-runs', { period, kind, population: { by: 'all' } });

async function bill(period: string, accounts: readonly Household[]): Promise<void> {
  const { body } = await send<RunView>(app, 'operator', '/v1/billing-runs', { period, kind: 'regular', population: { by: 'accounts', accountNos: accounts.map(({ accountNo }) => accountNo) } });
  expect((await runReaches(app, body.runId, 'computed')).counts).toMatchObject({ billed: accounts.length, exceptions: 0 });
  await releaseRun(app, body.runId);
  const { rows } = await app.db.query<{ account_no: string; bill_no: string }>('select account_no, bill_no from bills where period = $1', [period]);
  for (const row of rows) billNos.set(`${row.account_no}/${period}`, row.bill_no);
}

beforeAll(async () => {
  app = await startApp({ at: '2024-09-02T09:00:00+08:00', worker: true });
  await publishTariff(app, testlandPrices({ validFrom: '2024-01-01' }));
  staying = await household(app, 'STAYING', READ);
  ending = await household(app, 'ENDING', READ.slice(0, 4));
  for (const period of [MAY, '2024-06', '2024-07']) await bill(period, [staying, ending]);
  await bill('2024-08', [staying]);
}, 120_000);
afterAll(() => app.close());

describe('an old month', () => {
  test('stays as long as it is younger than a year', async () => {
    await expect(detach(MAY)).rejects.toThrow('BILLING.PERIOD_RECENT');
    await app.clock.set('2025-09-02T08:00:00+08:00');
  });

  test('stays while the next bill of an open account begins with it, while its successor is unfinished, while a run computes, or where it was never billed', async () => {
    await expect(detach('2024-07')).rejects.toThrow('BILLING.PERIOD_NEEDED');
    await expect(detach('2023-01')).rejects.toThrow('BILLING.PERIOD_UNKNOWN');
    await expect(detach('2024-13')).rejects.toThrow('BILLING.PERIOD_UNKNOWN');
    const { body: trial } = await start('2024-06', 'trial');
    await runReaches(app, trial.runId, 'computed');
    await expect(detach(MAY)).rejects.toThrow('BILLING.PERIOD_NOT_CLOSED');
    await post(app, 'operator', `/v1/billing-runs/${trial.runId}/discard`, { reason: 'seen' });
    await app.sweep();
    await expect(app.db.query(`select 1 from billing_runs where run_id = $1 and purged_at is not null`, [trial.runId])).resolves.toBeDefined();
    const { body: request } = await send<{ requestId: string }>(app, 'operator', `/v1/bills/${billOf(ending, '2024-07')}/cancellation-requests`, { reason: 'misread' });
    await expect(detach('2024-06')).rejects.toThrow('BILLING.PERIOD_NOT_CLOSED');
    await post(app, 'supervisor', `/v1/cancellation-requests/${request.requestId}/refusal`, { reason: 'it was right' });
  });

  test('is detached by a person who may, with its lines and documents alone; the bills stay in lists, and their details are refused by a code', async () => {
    const before = await get<{ totalAmount: string; content: { lines: object[] } }>(app, 'operator', `/v1/bills/${billOf(staying, MAY)}`);
    await waitForPurge();
    expect(await detach(MAY)).toMatchObject({ period: MAY, bills: '2', documents: '2', lines: String(2 * before.body.content.lines.length) });
    expect((await owner(`select relname from pg_class where relnamespace = 'detached'::regnamespace and relkind = 'r' order by 1`)).rows).toEqual([{ relname: 'bill_documents_2024_05' }, { relname: 'bill_lines_2024_05' }]);
    for (const path of ['', '/document', '/explanation', '/page', '/replays'].map((end) => `/v1/bills/${billOf(staying, MAY)}${end}`)) {
      const { status, body } = path.endsWith('/replays') ? await send(app, 'operator', path) : await get(app, 'operator', path);
      expect([path, status, body.code]).toEqual([path, 409, 'BILLING.PERIOD_DETACHED']);
    }
    const { body: list } = await get<{ items: { billNo: string; totalAmount: string }[] }>(app, 'operator', `/v1/bills?period=${MAY}&accountNo=${staying.accountNo}`);
    expect(list.items).toMatchObject([{ billNo: billOf(staying, MAY), totalAmount: before.body.totalAmount }]);
    expect((await get(app, 'operator', `/v1/bills/${billOf(staying, '2024-06')}`)).status).toBe(200);
    expect((await get(app, 'operator', '/v1/bills/2024050000000000')).body.code).not.toBe('BILLING.PERIOD_DETACHED');
    await expect(detach(MAY)).rejects.toThrow('BILLING.PERIOD_DETACHED');
    expect((await ops<{ period: string }[]>('list')).map(({ period }) => period)).toEqual([MAY]);
  });

  test('lets no run begin that would need its documents, no bill be cancelled that could not be made again, and no preview begin with an older bill', async () => {
    for (const period of [MAY, '2024-06']) for (const kind of ['regular', 'trial']) expect((await start(period, kind)).body.code).toBe('BILLING.PERIOD_DETACHED');
    for (const period of [MAY, '2024-06']) {
      const refused = await send(app, 'operator', `/v1/bills/${billOf(ending, period)}/cancellation-requests`, { reason: 'misread', dependents: 'cancel' });
      expect(refused.body.code).toBe('BILLING.PERIOD_DETACHED');
    }
    const preview = await send(app, 'operator', `/v1/accounts/${staying.accountNo}/bill-previews`, { period: '2024-06' });
    expect([preview.status, preview.body.code]).toEqual([409, 'BILLING.PERIOD_DETACHED']);
  });

  test('does not keep the months after it from being computed', async () => {
    const { body } = await start('2024-07', 'trial');
    expect((await runReaches(app, body.runId, 'computed')).counts).toMatchObject({ billed: 2, exceptions: 0 });
    await post(app, 'operator', `/v1/billing-runs/${body.runId}/discard`, { reason: 'seen' });
  });

  test('is attached again only as it was, and then is as before', async () => {
    await owner(`update detached.bill_documents_2024_05 set document = replace(document::text, 'household', 'tampered')::json`);
    await expect(attach(MAY)).rejects.toThrow('BILLING.PERIOD_CHANGED');
    await owner(`update detached.bill_documents_2024_05 set document = replace(document::text, 'tampered', 'household')::json`);
    await owner('alter table detached.bill_lines_2024_05 rename to lines_away');
    await expect(attach(MAY)).rejects.toThrow('BILLING.PERIOD_TABLES_MISSING');
    await owner('alter table detached.lines_away rename to bill_lines_2024_05');
    await expect(attach('2024-06')).rejects.toThrow('BILLING.PERIOD_NOT_DETACHED');
    await attach(MAY);
    const { status, body } = await send<{ equal: boolean; documentIntact: boolean }>(app, 'operator', `/v1/bills/${billOf(staying, MAY)}/replays`);
    expect([status < 300, body.equal, body.documentIntact]).toEqual([true, true, true]);
    const { rows } = await owner(`select has_table_privilege('wattledger_app', 'bill_lines_2024_05', 'select') as direct, (select count(*)::int from bill_lines where period = '2024-05') as lines`);
    expect(rows).toMatchObject([{ direct: false }]);
    await expect(owner(`update bill_lines set amount = amount where period = '2024-05'`)).rejects.toMatchObject({ constraint: 'bill_lines_never_edited' });
    expect((await owner(`select action from audit_events where action like 'billing.period%' order by audit_event_id`)).rows).toEqual([{ action: 'billing.period.detach' }, { action: 'billing.period.attach' }]);
    expect((await start(MAY, 'trial')).status).toBe(202);
  });

  test('without the guard of the database a run would begin whose accounts have lost their beginning', async () => {
    const { rows } = await owner(`select run_id from billing_runs where state not in ('released', 'discarded')`);
    for (const { run_id: runId } of rows) {
      await runReaches(app, String(runId), 'computed');
      await post(app, 'operator', `/v1/billing-runs/${String(runId)}/discard`, { reason: 'seen' });
    }
    await waitForPurge();
    await detach(MAY);
    await owner('drop trigger billing_runs_guard_detached on billing_runs');
    const { body } = await start('2024-06', 'trial');
    expect((await runReaches(app, body.runId, 'computed')).counts).toMatchObject({ billed: 0, exceptions: 2 });
  });

  async function waitForPurge(): Promise<void> {
    for (;;) {
      const { rows } = await owner(`select 1 from billing_runs where state = 'discarded' and purged_at is null`);
      if (rows.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});
