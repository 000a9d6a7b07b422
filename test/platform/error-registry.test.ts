import { EventEmitter } from 'node:events';
import { Client, Pool } from 'pg';
import { AppError, codeOfConstraint, defineConstraintErrors, defineErrors, refusalOf } from '../../src/platform/errors';
import { problemOf, refusalFrom } from '../../src/platform/http/problem';
import { CoreError } from '../../src/core/errors';

defineErrors({
  'TEAPOTS.EMPTY': {
    status: 409,
    title: { en: 'The teapot is empty', zh: '茶壶是空的' },
    detail: { en: 'Fill {litres} litres.', zh: '请加 {litres} 升。' },
  },
});

/** As much of a connection as the pool looks at. */
class NeverConnected extends EventEmitter {
  connect(done: () => void): void {
    done();
  }

  end(done?: () => void): void {
    done?.();
  }
}

describe('error codes', () => {
  test('are declared once, in capitals, with one meaning', () => {
    expect(() => defineErrors({ 'teapots.empty': { status: 400, title: { en: 'x', zh: 'x' } } })).toThrow('AREA.UPPER_SNAKE');
    expect(() => defineErrors({ 'TEAPOTS.EMPTY': { status: 400, title: { en: 'x', zh: 'x' } } })).toThrow('declared twice');
  });

  test('cannot be thrown without being declared', () => {
    expect(() => new AppError('TEAPOTS.UNKNOWN')).toThrow('not declared');
  });

  test('are told in the language of the caller, with the figures of the occurrence', () => {
    const refusal = refusalFrom(new AppError('TEAPOTS.EMPTY', { params: { litres: '1.5' } }));
    expect(problemOf(refusal, 'en', 'r-1')).toEqual({
      type: 'urn:wattledger:problem:TEAPOTS.EMPTY',
      title: 'The teapot is empty',
      status: 409,
      detail: 'Fill 1.5 litres.',
      code: 'TEAPOTS.EMPTY',
      requestId: 'r-1',
      errors: [],
    });
    expect(problemOf(refusal, 'zh', null).detail).toBe('请加 1.5 升。');
  });

  test('of the calculation keep their code and say where in the document', () => {
    const refusal = refusalFrom(new CoreError('PRICES.MISSING', '/tariff/prices/2', { period: 'peak' }));
    expect([refusal.status, refusal.code, refusal.errors[0]?.field]).toEqual([422, 'PRICES.MISSING', 'tariff.prices.2']);
  });
});

describe('what the database refuses', () => {
  test('is answered with the code that claims the constraint', () => {
    defineConstraintErrors({ teapots_not_empty: 'TEAPOTS.EMPTY' });
    expect(codeOfConstraint('teapots_not_empty')).toBe('TEAPOTS.EMPTY');
    expect(refusalOf({ driverError: { code: '23514', constraint: 'teapots_not_empty' } })?.code).toBe('TEAPOTS.EMPTY');
    expect(() => defineConstraintErrors({ teapots_not_empty: 'REQUEST.CONFLICT' })).toThrow('two error codes');
  });

  test.each([
    ['23505', 'REQUEST.CONFLICT'],
    ['23P01', 'REQUEST.CONFLICT'],
    ['23503', 'REQUEST.CONFLICT'],
    ['23514', 'REQUEST.REFUSED_BY_RULE'],
    ['40001', 'REQUEST.RETRY'],
    ['40P01', 'REQUEST.RETRY'],
    ['57014', 'SERVICE.TIMEOUT'],
    ['ECONNREFUSED', 'SERVICE.UNAVAILABLE'],
    ['42501', undefined],
    ['23502', undefined],
  ])('%s without a claim is answered with %s', (code, expected) => {
    expect(refusalOf({ code, constraint: 'nobody_claims_this' })?.code).toBe(expected);
  });

  test('a pool whose connections are all taken is a service that is not available now, and no mistake of ours', async () => {
    const pool = new Pool({ host: '127.0.0.1', port: 1, max: 1, connectionTimeoutMillis: 20, Client: NeverConnected as unknown as typeof Client });
    const taken = await pool.connect();
    const error: unknown = await pool.connect().catch((reason: unknown) => reason);
    expect(refusalOf(error)?.code).toBe('SERVICE.UNAVAILABLE');
    expect(refusalOf({ driverError: error })?.code).toBe('SERVICE.UNAVAILABLE');
    taken.release();
  });

  test('a mistake of our own tells nothing of itself', () => {
    const refusal = refusalFrom(new TypeError('cannot read x of undefined'));
    expect(JSON.stringify(problemOf(refusal, 'en', null))).not.toContain('undefined');
    expect(refusal.code).toBe('SERVICE.INTERNAL');
  });
});
