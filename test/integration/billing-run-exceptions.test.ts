import { randomUUID } from 'node:crypto';
import { eventually } from '../support/wait';
import { openRuns, type RunFixture } from './support/run-fixture';

jest.mock('../../src/modules/billing/preview/bill-computation', () => ({ BillComputation: class BillComputation {} }));

interface ExceptionAnswer {
  exceptionId: string;
  accountNo: string;
  code: string;
  state: string;
  correlationId: string | null;
  remedies: string[];
  ownerUserId: string | null;
  ageHours: number;
}

describe('the exceptions of a run', () => {
  let runs: RunFixture;
  let operator: Record<string, string>;
  let runId: string;

  beforeAll(async () => {
    runs = await openRuns(1_100);
    operator = await runs.as('operator', 'operator.ou');
    for (const accountId of ['7', '8', '9', '700']) runs.computation.faults.set(accountId, 'missing-reading');
    for (const accountId of ['20', '21', '1100']) runs.computation.faults.set(accountId, 'throws');
    await runs.work();
    const started = await runs.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', randomUUID()).send({ period: '2026-05', kind: 'regular', population: { by: 'all' } });
    runId = started.body.runId;
    await eventually('the run to be computed', async () => ((await run()).state === 'computed' ? true : undefined));
  });

  afterAll(() => runs.close());

  const run = async () => (await runs.http.get(`/v1/billing-runs/${runId}`).set(operator)).body;
  const list = async (query = 'state=open'): Promise<ExceptionAnswer[]> =>
    (await runs.http.get(`/v1/billing-runs/${runId}/exceptions?${query}`).set(operator).expect(200)).body.items;
  const act = (exceptionId: string, action: string, body?: object) =>
    runs.http.post(`/v1/billing-runs/${runId}/exceptions/${exceptionId}/${action}`).set(operator).set('Idempotency-Key', randomUUID()).send(body);
  const of = async (accountId: number): Promise<ExceptionAnswer> => {
    const found = (await list()).find((each) => each.accountNo === String(accountId).padStart(10, '0'));
    if (!found) throw new Error(`account ${String(accountId)} is no exception`);
    return found;
  };

  it('are accounts with a code, also those that failed by a fault of ours, and the run goes on', async () => {
    expect((await run()).counts).toEqual({ accounts: 1100, pending: 0, billed: 1093, excluded: 0, exceptions: 7 });
    const open = await list();
    expect(open.map((each) => [Number(each.accountNo), each.code])).toEqual(
      expect.arrayContaining([[7, 'METERING.READING_MISSING'], [20, 'BILLING.UNEXPECTED'], [1100, 'BILLING.UNEXPECTED']]),
    );
    expect(await of(20)).toMatchObject({ correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/), remedies: ['report-fault', 'recompute', 'exclude'] });
    expect(await list('code=BILLING.UNEXPECTED&state=open')).toHaveLength(3);
  });

  it('can be given to a person', async () => {
    const { exceptionId } = await of(8);
    const { rows } = await runs.database.owner.query(`select user_id from users where name = 'operator.ou'`);
    const owner = { ownerUserId: rows[0].user_id };
    await runs.http.put(`/v1/billing-runs/${runId}/exceptions/${exceptionId}/owner`).set(operator).send(owner).expect(200).expect(({ body }) => expect(body).toMatchObject(owner));
    await runs.http.put(`/v1/billing-runs/${runId}/exceptions/${exceptionId}/owner`).set(operator).send({ ownerUserId: '999' }).expect(422);
    expect(await list(`ownerUserId=${rows[0].user_id}`)).toHaveLength(1);
  });

  it('are computed again alone once they are mended, and stay exceptions until then', async () => {
    const first = await of(7);
    const stillMissing = await act(first.exceptionId, 'recomputation').expect(200);
    expect(stillMissing.body).toMatchObject({ outcome: 'exception', code: 'METERING.READING_MISSING' });
    await act(first.exceptionId, 'recomputation').expect(409).expect(({ body }) => expect(body.code).toBe('BILLING.EXCEPTION_CLOSED'));
    runs.computation.faults.delete('7');
    const before = await run();
    const mended = await act(stillMissing.body.exceptionId, 'recomputation').expect(200);
    expect(mended.body).toMatchObject({ outcome: 'billed', totalAmount: '9.04', billNos: [expect.stringMatching(/^202605/)] });
    const after = await run();
    expect(after.counts).toEqual({ ...before.counts, billed: before.counts.billed + 1, exceptions: before.counts.exceptions - 1 });
    expect(Number(after.totalAmount) - Number(before.totalAmount)).toBeCloseTo(9.04);
  });

  it('keep their owner and their age when another finding takes their place, also in the next run after this one was discarded', async () => {
    const { rows } = await runs.database.owner.query(`select user_id from users where name = 'operator.ou'`);
    const ownerUserId = rows[0].user_id as string;
    const first = await of(700);
    await runs.http.put(`/v1/billing-runs/${runId}/exceptions/${first.exceptionId}/owner`).set(operator).send({ ownerUserId }).expect(200);
    await runs.database.owner.query(`update billing_exceptions set opened_at = opened_at - interval '30 hours' where exception_id = $1`, [first.exceptionId]);
    runs.computation.faults.set('700', 'throws');
    const { body: replaced } = await act(first.exceptionId, 'recomputation').expect(200);
    expect(replaced).toMatchObject({ outcome: 'exception', code: 'BILLING.UNEXPECTED' });
    expect(await of(700)).toMatchObject({ exceptionId: replaced.exceptionId, ownerUserId, ageHours: 30, code: 'BILLING.UNEXPECTED' });
    runs.computation.faults.set('700', 'missing-reading');
    const may = (await runs.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', randomUUID()).send({ period: '2026-04', kind: 'regular', population: { by: 'accounts', accountNos: ['0000000700', '0000000007'] } })).body.runId as string;
    const path = `/v1/billing-runs/${may}`;
    const computed = (route: string) => eventually('the run to be computed', async () => ((await runs.http.get(route).set(operator)).body.state === 'computed' ? true : undefined));
    await computed(path);
    const [april] = (await runs.http.get(`${path}/exceptions`).set(operator)).body.items;
    expect(april).toMatchObject({ accountNo: '0000000700', ownerUserId: null, ageHours: 0 });
    await runs.http.put(`${path}/exceptions/${april.exceptionId}/owner`).set(operator).send({ ownerUserId }).expect(200);
    await runs.http.post(`${path}/discard`).set(operator).send({ reason: 'once more' }).expect(202);
    const again = (await runs.http.post('/v1/billing-runs').set(operator).set('Idempotency-Key', randomUUID()).send({ period: '2026-04', kind: 'regular', population: { by: 'accounts', accountNos: ['0000000700'] } })).body.runId as string;
    await computed(`/v1/billing-runs/${again}`);
    expect((await runs.http.get(`/v1/billing-runs/${again}/exceptions`).set(operator)).body.items).toMatchObject([{ accountNo: '0000000700', state: 'open', ownerUserId }]);
    await runs.http.post(`/v1/billing-runs/${again}/discard`).set(operator).send({ reason: 'seen' }).expect(202);
  });

  it('are found by owner, region, account and age, page by page', async () => {
    const accounts = async (query: string) => (await list(`state=open&${query}`)).map(({ accountNo }) => Number(accountNo)).sort((a, b) => a - b);
    expect(await accounts('olderThanHours=24')).toEqual([700]);
    expect(await accounts('unowned=true')).toEqual([9, 20, 21, 1100]);
    expect(await accounts('accountNo=0000000008')).toEqual([8]);
    // regions are R1 … R3 by the serial's rest of three
    expect(await accounts('regionCode=R3')).toEqual([8, 20, 1100]);
    const first = (await runs.http.get(`/v1/billing-runs/${runId}/exceptions?state=open&limit=4`).set(operator)).body;
    const rest = (await runs.http.get(`/v1/billing-runs/${runId}/exceptions?state=open&limit=4&cursor=${String(first.nextCursor)}`).set(operator)).body;
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 2, null]);
  });

  it('are excluded with a reason, and a checked run must then be checked again', async () => {
    await runs.http.post(`/v1/billing-runs/${runId}/checks`).set(operator).send({}).expect(201);
    expect((await run()).state).toBe('checked');
    const { exceptionId } = await of(9);
    await act(exceptionId, 'exclusion', {}).expect(400);
    await act(exceptionId, 'exclusion', { reason: 'Vacant, supply is cut' }).expect(200).expect(({ body }) => expect(body).toMatchObject({ state: 'excluded', remedies: [] }));
    const after = await run();
    expect(after.state).toBe('computed');
    expect(after.counts).toEqual({ accounts: 1100, pending: 0, billed: 1094, excluded: 1, exceptions: 5 });
  });

  it('of another run, and those that are not there, are answered alike', async () => {
    await act('999999', 'recomputation').expect(404).expect(({ body }) => expect(body.code).toBe('BILLING.EXCEPTION_NOT_FOUND'));
    await runs.http.get('/v1/billing-runs/4711/exceptions').set(operator).expect(404);
  });
});
