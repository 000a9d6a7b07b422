import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { FreezeRun, registerRunCommands } from '../../src/modules/billing';
import { eventually } from '../support/wait';
import { testConfig } from '../support/platform-module';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

let runs: RunFixture;
let operator: Record<string, string>;
beforeAll(async () => {
  runs = await openRuns(20);
  operator = await runs.as('operator', 'operator.ou');
});
afterAll(() => runs.close());

const post = (path: string, body: object, headers = operator) => runs.http.post(path).set(headers).set('Accept-Language', 'en').set('Idempotency-Key', randomUUID()).send(body);
const get = (path: string) => runs.http.get(path).set(operator);
const start = (period: string, population: object = { by: 'all' }) => post('/v1/billing-runs', { period, kind: 'regular', population });

describe('a period that no bill can be stored for', () => {
  test.each(['1999-12', '2100-01'])('%s is refused before anything is written', async (period) => {
    const { body } = await start(period).expect(400);
    expect(body).toMatchObject({ code: 'REQUEST.INVALID', errors: [{ field: 'period', code: 'OUT_OF_RANGE', allowed: '2000-01 … 2099-12' }] });
  });

  test('leaves nothing behind in the freeze, so that nobody waits for it', async () => {
    const { rows } = await runs.database.owner.query(
      `insert into billing_runs (period, kind, population, population_hash, created_by) select '2100-01', 'regular', '{"by":"all"}', repeat('0', 64), user_id from users limit 1 returning run_id`,
    );
    const runId = rows[0].run_id as string;
    await expect(runs.app.get(FreezeRun).freeze(runId)).rejects.toThrow('a billing period is written YYYY-MM');
    expect((await get(`/v1/billing-runs/${runId}`)).body).toMatchObject({ state: 'draft', frozenRevision: null });
    const { runId: other } = (await start('2026-01').expect(202)).body as { runId: string };
    expect(await runs.app.get(FreezeRun).freeze(other)).toBe('frozen');
    for (const each of [runId, other]) await post(`/v1/billing-runs/${each}/discard`, { reason: 'seen' }).expect(202);
  });
});

describe('a run that is not there', () => {
  test('is not followed: the refusal is the answer, not an event in it', async () => {
    const { body } = await get('/v1/billing-runs/9999/events').expect(404).expect('Content-Type', /problem/);
    expect(body).toMatchObject({ code: 'BILLING.RUN_NOT_FOUND' });
    await get('/v1/billing-runs/none/events').expect(400);
  });

  test.each([['exceptions'], ['intervals']])('has no %s to list in a terminal', async (words) => {
    const program = new Command().exitOverride();
    registerRunCommands(program, { config: () => Promise.resolve(testConfig(runs.database)), app: () => Promise.resolve(runs.app), json: true, print: () => undefined });
    const token = operator['Authorization']?.replace('Bearer ', '') ?? '';
    await expect(program.parseAsync(['node', 'ops', 'run', words, '9999', '--token', token])).rejects.toMatchObject({ code: 'BILLING.RUN_NOT_FOUND' });
  });
});

/** Computed, checked and verified on a sample whose bills are all right. */
async function verified(population: object): Promise<string> {
  const { runId } = (await start('2026-05', population).expect(202)).body as { runId: string };
  const path = `/v1/billing-runs/${runId}`;
  await eventually('the run to be computed', async () => ((await get(path)).body.state === 'computed' ? true : undefined));
  await post(`${path}/checks`, {}).expect(201);
  const { sampleId, items } = (await post(`${path}/samples`, { random: 3, largest: 1, jumps: 0 }).expect(201)).body as { sampleId: string; items: { billNo: string }[] };
  if (items.length > 0) await post(`${path}/samples/${sampleId}/verdicts`, { verdicts: items.map(({ billNo }) => ({ billNo, verdict: 'right' })) }).expect(200);
  await post(`${path}/verification`, { note: 'looked through' }).expect(200);
  return path;
}

describe('people', () => {
  beforeAll(() => runs.work());

  test('who may not resolve exceptions own none, and a released run leaves other remedies', async () => {
    runs.computation.faults.set('7', 'missing-reading');
    const supervisor = await runs.as('supervisor', 'supervisor.sun');
    await runs.as('auditor', 'auditor.ai');
    const path = await verified({ by: 'accounts', accountNos: ['0000000006', '0000000007'] });
    const open = async () => ((await get(`${path}/exceptions`)).body as { items: { exceptionId: string; remedies: string[] }[] }).items[0];
    const exceptionId = (await open())?.exceptionId ?? '';
    const { rows } = await runs.database.owner.query<{ user_id: string; name: string }>('select user_id, name from users');
    const give = (name: string) => runs.http.put(`${path}/exceptions/${exceptionId}/owner`).set(operator).send({ ownerUserId: rows.find((user) => user.name === name)?.user_id });
    expect((await give('auditor.ai').expect(422)).body).toMatchObject({ code: 'BILLING.OWNER_NOT_PERMITTED' });
    await give('supervisor.sun').expect(200);
    expect((await open())?.remedies).toEqual(['correct-readings', 'recompute', 'exclude']);
    await post(`${path}/release`, { reason: 'totals looked through' }, supervisor).expect(200);
    expect((await open())?.remedies).toEqual(['correct-readings', 'bill-in-another-run']);
  });

  test('do not release a run over nobody', async () => {
    await runs.database.owner.query(`insert into reading_routes (route_code, region_code, reading_day, window_days) values ('EMPTY', 'R1', 1, 3)`);
    const path = await verified({ by: 'routes', routeCodes: ['EMPTY'] });
    expect((await post(`${path}/release`, { reason: 'nothing in it' }, await runs.as('supervisor', 'supervisor.sun')).expect(409)).body).toMatchObject({ code: 'BILLING.RUN_EMPTY' });
  });
});
