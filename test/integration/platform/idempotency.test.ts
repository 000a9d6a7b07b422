import { KeyStore } from '../../../src/platform/idempotency';
import { KETTLE, KETTLE_ROLES, KettlesController, KettleWork } from '../../support/kettle-app';
import { HttpApp, startHttpApp } from '../../support/http-app';

describe('a POST with an idempotency key', () => {
  let app: HttpApp;
  let work: KettleWork;
  let clerk: { Authorization: string };
  let key = 0;

  beforeAll(async () => {
    app = await startHttpApp({ controllers: [KettlesController], providers: [KettleWork], roles: KETTLE_ROLES });
    clerk = await app.as('clerk');
    work = app.app.get(KettleWork);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    key += 1;
    work.runs = 0;
    work.before = () => Promise.resolve();
    work.after = () => Promise.resolve();
  });

  const buy = async (input: object = KETTLE, headers: Record<string, string> = { 'Idempotency-Key': `purchase-${key}` }) => {
    const answer = await app.http.post('/v1/kettles').set(clerk).set(headers).send(input);
    return { status: answer.status, text: answer.text, code: (answer.body as { code?: string }).code, headers: answer.headers };
  };
  const expire = () =>
    app.database.owner.query(`UPDATE idempotency_keys SET lease_until = now() - interval '1 second' WHERE key = $1`, [`purchase-${key}`]);

  test('is refused without a well-formed key', async () => {
    expect(await buy(KETTLE, {})).toMatchObject({ status: 400, code: 'IDEMPOTENCY.KEY_REQUIRED' });
    expect(await buy(KETTLE, { 'Idempotency-Key': 'short' })).toMatchObject({ code: 'IDEMPOTENCY.KEY_REQUIRED' });
  });

  test('gets the first answer again, to the letter, in whatever order the input is written', async () => {
    const first = await buy();
    const again = await buy({ cups: 4, colour: 'red', volume: '1.70', name: 'Kettle' });
    expect(first.status).toBe(201);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(work.runs).toBe(1);
  });

  test('is refused when its key comes with other input', async () => {
    await buy();
    expect(await buy({ ...KETTLE, cups: 5 })).toMatchObject({ status: 422, code: 'IDEMPOTENCY.KEY_REUSED' });
  });

  test('belongs to its user: the same key of another user is another undertaking', async () => {
    await buy();
    expect((await buy(KETTLE, { 'Idempotency-Key': `purchase-${key}`, ...(await app.as('operator')) })).status).toBe(201);
    expect(work.runs).toBe(2);
  });

  test('runs again after a refusal, because nothing had happened', async () => {
    expect(await buy({ ...KETTLE, name: 'ghost' })).toMatchObject({ status: 404, code: 'KETTLES.NOT_FOUND' });
    expect(await buy({ ...KETTLE, volume: 3 })).toMatchObject({ status: 400 });
    expect((await buy()).status).toBe(201);
  });

  test('waits for the first attempt while that is running, and gets its answer', async () => {
    work.before = () => new Promise((resolve) => setTimeout(resolve, 400));
    const [one, two] = await Promise.all([buy(), buy()]);
    expect(two.text).toBe(one.text);
    expect(work.runs).toBe(1);
  });

  test('is told to come back when the first attempt takes longer than five seconds', async () => {
    let finish: () => void = () => undefined;
    work.before = () => new Promise((resolve) => (finish = resolve));
    const slow = buy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await buy()).toMatchObject({ status: 409, code: 'IDEMPOTENCY.IN_PROGRESS' });
    finish();
    expect((await slow).status).toBe(201);
  });

  test('runs again when the first attempt died before it did anything; the dead one cannot commit any more', async () => {
    let revive: () => void = () => undefined;
    work.before = () => new Promise((resolve) => (revive = resolve));
    const dead = buy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await expire();
    work.before = () => Promise.resolve();
    const second = await buy();
    expect(second.status).toBe(201);
    revive();
    expect(await dead).toMatchObject({ status: 409, code: 'IDEMPOTENCY.IN_PROGRESS' });
    const { rows } = await app.database.owner.query(
      `SELECT 1 FROM audit_events WHERE action = 'kettles.kettle.create'
       AND happened_at >= (SELECT created_at FROM idempotency_keys WHERE key = $1)`,
      [`purchase-${key}`],
    );
    expect(rows).toHaveLength(1);
    expect((await buy()).text).toBe(second.text);
  });

  test('is not done twice when the first attempt died between its commit and its answer', async () => {
    work.after = () => Promise.reject(new Error('the process is gone'));
    expect((await buy()).status).toBe(500);
    await expire();
    work.after = () => Promise.resolve();
    expect(await buy()).toMatchObject({ status: 409, code: 'IDEMPOTENCY.ANSWER_LOST' });
    expect(work.runs).toBe(1);
  });

  describe('whose work is one transaction', () => {
    const order = async (input: object = KETTLE) => {
      const answer = await app.http.post('/v1/kettles/orders').set(clerk).set('Idempotency-Key', `purchase-${key}`).send(input);
      return { status: answer.status, text: answer.text, code: (answer.body as { code?: string }).code };
    };

    test('gets its answer again when the first attempt died between its commit and its answer', async () => {
      work.after = () => Promise.reject(new Error('the process is gone'));
      expect((await order()).status).toBe(500);
      work.after = () => Promise.resolve();
      const again = await order();
      expect([again.status, JSON.parse(again.text)]).toEqual([201, { ...KETTLE, kettleId: '1' }]);
      expect(work.runs).toBe(1);
      expect(await order({ ...KETTLE, cups: 5 })).toMatchObject({ status: 422, code: 'IDEMPOTENCY.KEY_REUSED' });
    });

    test('runs again after a refusal, and when the first attempt died before its commit; the dead one cannot commit any more', async () => {
      expect(await order({ ...KETTLE, name: 'ghost' })).toMatchObject({ status: 404 });
      let revive: () => void = () => undefined;
      work.before = () => new Promise((resolve) => (revive = resolve));
      const dead = order();
      await new Promise((resolve) => setTimeout(resolve, 100));
      await expire();
      work.before = () => Promise.resolve();
      const second = await order();
      expect(second.status).toBe(201);
      revive();
      expect(await dead).toMatchObject({ status: 409, code: 'IDEMPOTENCY.IN_PROGRESS' });
      expect((await order()).text).toBe(second.text);
    });

    test('is a fault of ours where its handler answers anything else', async () => {
      expect(await order({ ...KETTLE, name: 'changed' })).toMatchObject({ status: 500, code: 'SERVICE.INTERNAL' });
    });
  });

  test('is remembered for a day at least and forgotten after a week', async () => {
    await buy();
    const age = (days: number) =>
      app.database.owner.query(`UPDATE idempotency_keys SET created_at = now() - make_interval(days => $2) WHERE key = $1`, [`purchase-${key}`, days]);
    const keys = app.app.get(KeyStore);
    await age(2);
    expect(await keys.forgetOlderThan(7)).toBe(0);
    await age(8);
    expect(await keys.forgetOlderThan(7)).toBe(1);
  });
});
