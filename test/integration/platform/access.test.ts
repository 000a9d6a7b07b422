import { randomBytes } from 'node:crypto';
import { TokenStore } from '../../../src/platform/auth';
import { KETTLE_ROLES, KettlesController, KettleWork } from '../../support/kettle-app';
import { HttpApp, startHttpApp } from '../../support/http-app';

describe('who is let in', () => {
  let app: HttpApp;

  beforeAll(async () => {
    app = await startHttpApp({ controllers: [KettlesController], providers: [KettleWork], roles: KETTLE_ROLES });
  });
  afterAll(() => app.close());

  const codeFor = async (path: string, headers: Record<string, string> = {}) => {
    const { status, body } = await app.http.get(path).set(headers);
    return [status, (body as { code?: string }).code];
  };

  test('nobody without a token', async () => {
    expect(await codeFor('/v1/kettles')).toEqual([401, 'AUTH.TOKEN_MISSING']);
    expect((await app.http.get('/v1/kettles')).headers['www-authenticate']).toBe('Bearer');
  });

  test('nobody with a token that was never issued', async () => {
    const made = `wl_${randomBytes(32).toString('base64url')}`;
    for (const token of [made, 'x', `${made}x`]) {
      expect(await codeFor('/v1/kettles', { Authorization: `Bearer ${token}` })).toEqual([401, 'AUTH.TOKEN_INVALID']);
    }
  });

  test('nobody whose role lacks the permission', async () => {
    expect(await codeFor('/v1/kettles', await app.as('agent'))).toEqual([403, 'AUTH.NOT_PERMITTED']);
    expect((await codeFor('/v1/kettles', await app.as('auditor')))[0]).toBe(200);
  });

  test('nobody, whatever the role, where a route forgot to say who', async () => {
    expect(await codeFor('/v1/kettles/of/nobody', await app.as('operator'))).toEqual([403, 'AUTH.NOT_PERMITTED']);
    expect(await codeFor('/v1/kettles/of/nobody')).toEqual([401, 'AUTH.TOKEN_MISSING']);
  });

  test('nobody with a revoked or expired token, or as a disabled user', async () => {
    const revoked = await app.as('clerk', 'revoked');
    expect((await codeFor('/v1/kettles', revoked))[0]).toBe(200);
    expect(await app.app.get(TokenStore).revokeAll('revoked')).toBe(1);
    expect(await codeFor('/v1/kettles', revoked)).toEqual([401, 'AUTH.TOKEN_INVALID']);

    const expired = await app.as('clerk', 'expired');
    await app.database.owner.query(`UPDATE access_tokens SET created_at = '2020-01-01', expires_at = '2020-01-02'
      WHERE user_id = (SELECT user_id FROM users WHERE name = 'expired')`);
    expect(await codeFor('/v1/kettles', expired)).toEqual([401, 'AUTH.TOKEN_INVALID']);

    const disabled = await app.as('clerk', 'disabled');
    await app.database.owner.query(`UPDATE users SET disabled_at = now() WHERE name = 'disabled'`);
    expect(await codeFor('/v1/kettles', disabled)).toEqual([401, 'AUTH.TOKEN_INVALID']);
  });

  test('the database keeps a token as its hash only, and the readers of the database not even that', async () => {
    const { Authorization } = await app.as('clerk', 'hashed');
    const { rows } = await app.database.owner.query<{ row: string }>('SELECT t::text AS row FROM access_tokens t');
    expect(rows.some(({ row }) => row.includes(Authorization.slice(7)))).toBe(false);
    await expect(app.database.reader.query('SELECT * FROM access_tokens')).rejects.toMatchObject({ code: '42501' });
  });

  test('the application can neither change nor delete what the audit and the approvals record', async () => {
    for (const table of ['audit_events', 'approvals']) {
      for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET subject_id = '1'`, `TRUNCATE ${table}`]) {
        await expect(app.database.app.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(app.database.app.query('UPDATE access_tokens SET expires_at = now()')).rejects.toMatchObject({ code: '42501' });
  });

  test('the auditor reads who got which token, page by page', async () => {
    const auditor = await app.as('auditor');
    await app.as('clerk', 'paged-1');
    await app.as('clerk', 'paged-2');
    const first = await app.http.get('/v1/audit-events?limit=1&subjectType=user').set(auditor);
    expect(first.body).toMatchObject({ items: [{ action: 'platform.token.issue', userId: null }] });
    const { nextCursor } = first.body as { nextCursor: string };
    const second = await app.http.get('/v1/audit-events').query({ limit: 1, cursor: nextCursor }).set(auditor);
    expect(second.status).toBe(200);
    expect(second.body).not.toEqual(first.body);
    expect(await codeFor('/v1/audit-events?cursor=abc', auditor)).toEqual([400, 'REQUEST.INVALID']);
    expect(await codeFor('/v1/audit-events', await app.as('clerk'))).toEqual([403, 'AUTH.NOT_PERMITTED']);
  });

  test('the state of the process is public, its figures are not', async () => {
    expect((await app.http.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await app.http.get('/health/ready')).body).toEqual({ status: 'ok' });
    expect(await codeFor('/metrics')).toEqual([401, 'AUTH.TOKEN_MISSING']);
    const metrics = await app.http.get('/metrics').set(await app.as('operator'));
    expect(metrics.text).toContain('wattledger_http_request_seconds_count{method="GET",route="/health/ready",status="200"} 1');
  });

  test('answers carry the security headers and do not name the framework', async () => {
    const { headers } = await app.http.get('/health/live');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the limit of requests per minute', () => {
  test('answers 429 with the time to wait', async () => {
    const app = await startHttpApp({ controllers: [], roles: KETTLE_ROLES, settings: { REQUESTS_PER_MINUTE: '2' } });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await app.http.get('/v1/code-lists')).status);
    expect(statuses).toEqual([200, 200, 429]);
    const { body, headers } = await app.http.get('/v1/code-lists');
    expect((body as { code: string }).code).toBe('REQUEST.TOO_MANY');
    expect(headers['retry-after']).toMatch(/^\d+$/);
    await app.close();
  });
});
