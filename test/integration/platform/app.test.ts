import { Clock } from '../../../src/platform/clock';
import { startApp, type TestApp } from '../../support/app';

describe('the application on a database of its own', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ at: '2026-03-31T23:30:00+08:00' });
  });
  afterAll(() => app.close());

  it('is ready when database and queue answer', async () => {
    const response = await app.http.get('/health/ready');
    expect([response.status, response.body]).toEqual([200, { status: 'ok' }]);
  });

  it('has the same moved clock in code and in SQL, and counts days as they are in China', async () => {
    expect(app.get(Clock).today()).toBe('2026-03-31');
    expect((await app.db.query('SELECT app_today()::text AS today')).rows).toEqual([{ today: '2026-03-31' }]);
    await app.clock.set('2026-03-31T16:00:01Z');
    expect(app.get(Clock).today()).toBe('2026-04-01');
    const [row] = (await app.db.query<{ at: Date }>('SELECT app_now() AS at')).rows;
    expect(Math.abs((row?.at.getTime() ?? 0) - app.get(Clock).now().getTime())).toBeLessThan(1_000);
  });

  it('lets only the owner of the database move the clock', async () => {
    const { rows } = await app.db.query(
      `SELECT has_table_privilege('wattledger_app', 'sandbox_clock', 'UPDATE, INSERT, DELETE') AS may`,
    );
    expect(rows).toEqual([{ may: false }]);
  });

  it('knows a user by the token that was issued to it', async () => {
    const refused = await app.http.get('/v1/audit-events');
    expect(refused.status).toBe(401);
    const allowed = await app.http.get('/v1/audit-events').set(await app.as('auditor'));
    expect(allowed.status).toBe(200);
  });
});
