import { startApp, type TestApp } from '../../support/app';

describe('the log of requests', () => {
  let app: TestApp;
  const lines: string[] = [];

  beforeAll(async () => {
    jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      lines.push(String(chunk));
      return true;
    });
    app = await startApp({ settings: { LOG_LEVEL: 'info' } });
  });
  afterAll(async () => {
    await app.close();
    jest.restoreAllMocks();
  });

  test('has id, method, path and status of each request, and nothing that a caller entrusted to it', async () => {
    const headers = await app.as('clerk');
    const answer = await app.http
      .get('/v1/audit-events?subjectId=13812345678')
      .set({ ...headers, 'X-Request-Id': 'branch-7:000123', Cookie: 'session=s3cret' });
    expect(answer.status).toBe(403);
    const text = lines.join('');
    const line = lines.find((each) => each.includes('/v1/audit-events') && each.includes('statusCode'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      requestId: 'branch-7:000123',
      req: { method: 'GET', path: '/v1/audit-events' },
      res: { statusCode: 403 },
    });
    for (const secret of ['13812345678', 's3cret', headers.Authorization.slice(7)]) expect(text).not.toContain(secret);
  });
});
