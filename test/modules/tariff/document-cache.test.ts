import { DocumentCache } from '../../../src/modules/tariff/port/document-cache';

test('the document that was not used for longest goes first, and no more than the limit stay', () => {
  const cache = new DocumentCache<string>(2);
  cache.set('a', 'A');
  cache.set('b', 'B');
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C');
  expect([cache.get('a'), cache.get('b'), cache.get('c'), cache.size]).toEqual(['A', undefined, 'C', 2]);
});
