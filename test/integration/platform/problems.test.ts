import { KETTLE, KETTLE_ROLES, KettlesController, KettleWork } from '../../support/kettle-app';
import { HttpApp, startHttpApp } from '../../support/http-app';

interface Problem {
  code: string;
  status: number;
  title: string;
  requestId: string;
  errors: { field: string; code: string; message: string; allowed?: string }[];
}

describe('what a request that cannot be served is answered with', () => {
  let app: HttpApp;
  let clerk: { Authorization: string };

  beforeAll(async () => {
    app = await startHttpApp({ controllers: [KettlesController], providers: [KettleWork], roles: KETTLE_ROLES });
    clerk = await app.as('clerk');
  });
  afterAll(() => app.close());

  const check = (body: string | object) => app.http.post('/v1/kettles/checks').set(clerk).set('Content-Type', 'application/json').send(body);

  test('valid input passes, and what may be left out is left out', async () => {
    const { body, status } = await check({ ...KETTLE, cups: null, parts: [{ name: 'lid', mass: '0.250' }], spare: null });
    expect(status).toBe(200);
    expect(body).toEqual({ echo: { ...KETTLE, cups: null, parts: [{ name: 'lid', mass: '0.250' }], spare: null } });
  });

  test('every wrong field is named with its path, what is wrong and what is allowed', async () => {
    const { body, status, headers } = await check({
      name: '',
      volume: 1.7,
      colour: 'green',
      boughtOn: '2026-02-29',
      parts: [{ name: 'lid', mass: '0.2500' }, { name: 'spout' }, 'handle'],
      spare: { name: 'lid', mass: '-0', weight: 1 },
      lid: true,
    });
    const problem = body as Problem;
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(problem).toMatchObject({ type: 'urn:wattledger:problem:REQUEST.INVALID', code: 'REQUEST.INVALID', status: 400 });
    const byField = Object.fromEntries(problem.errors.map(({ field, code, message }) => [field, [code, message]]));
    expect(byField).toMatchObject({
      name: ['LENGTH', 'must have 1 to 10 characters'],
      volume: ['MUST_BE_A_STRING', 'must be a string'],
      colour: ['NOT_ALLOWED', 'must be one of red | blue'],
      boughtOn: ['NOT_A_DATE', 'must be a date YYYY-MM-DD'],
      cups: ['REQUIRED', 'is required'],
      'parts.2': ['MUST_BE_AN_OBJECT', 'must be an object'],
      'spare.mass': ['OUT_OF_RANGE', 'must be within 0 … 999.999'],
      'spare.weight': ['UNKNOWN_FIELD', 'is not a field of this input'],
      lid: ['UNKNOWN_FIELD', 'is not a field of this input'],
    });
    expect(problem.errors.find(({ field }) => field === 'colour')?.allowed).toBe('red | blue');
  });

  test('the fields of list items are named by their index', async () => {
    const { body } = await check({ ...KETTLE, parts: [{ name: 'lid', mass: '0.2500' }, { name: 'spout' }] });
    expect((body as Problem).errors.map(({ field, code }) => [field, code])).toEqual([
      ['parts.0.mass', 'TOO_MANY_DECIMALS'],
      ['parts.1.mass', 'REQUIRED'],
    ]);
  });

  test.each([
    ['NUL in a text', { ...KETTLE, name: 'a\u0000b' }, 'name', 'FORBIDDEN_CHARACTER'],
    ['half a surrogate pair', '{"name":"\\ud800","volume":"1","colour":"red","cups":null}', 'name', 'FORBIDDEN_CHARACTER'],
    ['a list where an object belongs', [KETTLE], '', 'MUST_BE_AN_OBJECT'],
    ['nothing at all', '', 'name', 'REQUIRED'],
    ['a decimal in scientific notation', { ...KETTLE, volume: '1e1' }, 'volume', 'NOT_A_DECIMAL'],
    ['a whole number as text', { ...KETTLE, cups: '4' }, 'cups', 'MUST_BE_AN_INTEGER'],
    ['null where null means nothing', { ...KETTLE, colour: null }, 'colour', 'MUST_NOT_BE_NULL'],
    ['too many items', { ...KETTLE, parts: Array(4).fill({ name: 'lid', mass: '1' }) }, 'parts', 'ITEMS'],
    ['an absurdly deep document', `{"name":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, '', 'TOO_DEEP'],
  ])('refused: %s', async (_what, input, field, code) => {
    const { body, status } = await check(input);
    expect(status).toBe(400);
    expect((body as Problem).errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, code })]));
  });

  test('titles and messages come in Chinese where the caller prefers it', async () => {
    const { body, headers } = await check({ ...KETTLE, volume: 1 }).set('Accept-Language', 'zh-CN,zh;q=0.9,en;q=0.5');
    expect(body).toMatchObject({ title: '请求内容无效', errors: [{ field: 'volume', message: '必须是字符串' }] });
    expect(headers['content-language']).toBe('zh');
  });

  test.each([
    ['malformed JSON', '{"name":', 'application/json', 400, 'REQUEST.MALFORMED'],
    ['a body of more than 1 MiB', JSON.stringify({ name: 'x'.repeat(1_100_000) }), 'application/json', 413, 'REQUEST.TOO_LARGE'],
    ['a form', 'name=Kettle', 'application/x-www-form-urlencoded', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['JSON in another character set', '{}', 'application/json; charset=gbk', 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
  ])('refused: %s', async (_what, text, type, status, code) => {
    const answer = await app.http.post('/v1/kettles/checks').set(clerk).set('Content-Type', type).send(text);
    expect([answer.status, (answer.body as Problem).code]).toEqual([status, code]);
  });

  test('bytes that are not UTF-8 are refused instead of being replaced', async () => {
    const request = app.http.post('/v1/kettles/checks').set(clerk).set('Content-Type', 'application/json');
    request.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    const { body, status } = await request;
    expect([status, (body as Problem).code]).toEqual([400, 'REQUEST.MALFORMED']);
  });

  test.each([
    ['GET', '/v1/nowhere', 404, 'ROUTE.NOT_FOUND'],
    ['DELETE', '/v1/kettles/12', 405, 'ROUTE.METHOD_NOT_ALLOWED'],
    ['GET', '/v1/kettles/%E0%A4%A', 400, 'REQUEST.MALFORMED'],
    ['GET', '/v1/kettles/0', 400, 'REQUEST.INVALID'],
    ['GET', '/v1/kettles/9223372036854775808', 400, 'REQUEST.INVALID'],
    ['GET', '/v1/kettles/%00', 400, 'REQUEST.INVALID'],
    ['GET', '/v1/kettles/404', 404, 'KETTLES.NOT_FOUND'],
    ['GET', '/v1/kettles/409', 409, 'REQUEST.CONFLICT'],
    ['GET', '/v1/kettles/500', 500, 'SERVICE.INTERNAL'],
    ['GET', '/v1/kettles/503', 503, 'SERVICE.TIMEOUT'],
  ])('%s %s is answered with %i %s', async (method, path, status, code) => {
    const answer = await (method === 'GET' ? app.http.get(path) : app.http.delete(path)).set(clerk);
    expect([answer.status, (answer.body as Problem).code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('secret ingredient');
    if (status === 405) expect(answer.headers['allow']).toBe('GET, PUT');
  });

  test('the request id of the caller is kept where it is well formed, and else replaced', async () => {
    const kept = await app.http.get('/v1/nowhere').set('X-Request-Id', 'branch-7:000123');
    expect([kept.headers['x-request-id'], (kept.body as Problem).requestId]).toEqual(['branch-7:000123', 'branch-7:000123']);
    const replaced = await check('{').set('X-Request-Id', 'no good, with blanks');
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((replaced.body as Problem).requestId).toBe(replaced.headers['x-request-id']);
  });

  test('queries turn digits, flags and repeated words into their types, and refuse the rest', async () => {
    const fine = await app.http.get('/v1/kettles?cups=3&whole=true&colours=red&colours=blue&limit=10').set(clerk);
    expect(fine.body).toEqual({ echo: { cups: 3, whole: true, colours: ['red', 'blue'], limit: 10 } });
    const one = await app.http.get('/v1/kettles?colours=red').set(clerk);
    expect(one.body).toEqual({ echo: { colours: ['red'], limit: 50 } });
    const wrong = await app.http.get('/v1/kettles?cups=many&limit=201&colours=green&size=1').set(clerk);
    expect((wrong.body as Problem).errors.map(({ field }) => field).sort()).toEqual(['colours.0', 'cups', 'limit', 'size']);
  });

  test('an update needs the version that was read', async () => {
    const put = (ifMatch?: string) => {
      const request = app.http.put('/v1/kettles/12').set(clerk).send(KETTLE);
      return ifMatch === undefined ? request : request.set('If-Match', ifMatch);
    };
    expect((await put()).body).toMatchObject({ status: 428, code: 'REQUEST.PRECONDITION_REQUIRED' });
    expect((await put('"16"')).body).toMatchObject({ status: 412, code: 'REQUEST.VERSION_CONFLICT' });
    expect((await put('"17"')).status).toBe(200);
  });

  test('a stream of another media type reaches the route that asks for it, and no other type does', async () => {
    const csv = await app.http.post('/v1/kettles/imports').set(clerk).set('Content-Type', 'text/csv').send('x'.repeat(2_000_000));
    expect(csv.body).toEqual({ echo: { bytes: 2_000_000 } });
    const json = await app.http.post('/v1/kettles/imports').set(clerk).send({});
    expect(json.status).toBe(415);
  });

  test('code lists are served to everybody with both labels', async () => {
    const one = await app.http.get('/v1/code-lists/kettle-colours');
    expect(one.body).toEqual({ name: 'kettle-colours', items: [{ code: 'red', zh: '红', en: 'red' }, { code: 'blue', zh: '蓝', en: 'blue' }] });
    expect((await app.http.get('/v1/code-lists/none')).body).toMatchObject({ code: 'CODE_LISTS.NOT_FOUND', status: 404 });
    expect((await app.http.get('/v1/code-lists')).status).toBe(200);
  });
});
