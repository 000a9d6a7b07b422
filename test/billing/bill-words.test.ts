import { computeBill } from '../../src/core/bill';
import { resultTexts } from '../../src/modules/billing/bills/bill-rows';
import { wordsOf } from '../../src/modules/billing/bills/bill-words';
import { publishedDocument } from '../support/billing-builder';

const bill = computeBill(publishedDocument('P-seed-2'));
const [line] = bill.lines;
if (line === undefined) throw new Error('a bill without lines');
const labelled = (...labels: [string, string][]): typeof bill.lines => labels.map(([zh, en]) => ({ ...line, label: { zh, en } }));

describe('the words of a bill', () => {
  it('are its different labels in the order in which they first appear, lines before contained levies', () => {
    const { set, wordsOfLine, wordsOfFund } = wordsOf({
      lines: labelled(['峰', 'peak'], ['谷', 'valley'], ['峰', 'peak']),
      totals: { ...bill.totals, insideFunds: [{ name: 'x', label: { zh: '谷', en: 'valley' }, energyKwh: '1', pricePerKwh: '1', amount: '1.00' }, { name: 'y', label: { zh: '基金', en: 'fund' }, energyKwh: '1', pricePerKwh: '1', amount: '1.00' }] },
    });
    expect(JSON.parse(set.text)).toEqual([{ zh: '峰', en: 'peak' }, { zh: '谷', en: 'valley' }, { zh: '基金', en: 'fund' }]);
    expect([wordsOfLine, wordsOfFund]).toEqual([[0, 1, 0], [1, 2]]);
  });

  it('are one set for two bills that say the same, and another where the words are cut differently', () => {
    const keys = [labelled(['峰谷', 'a']), labelled(['峰谷', 'a']), labelled(['峰', '谷a']), labelled(['峰谷a', '']), labelled(['峰谷', 'a'], ['峰谷', 'b'])].map((lines) => wordsOf({ lines, totals: { ...bill.totals, insideFunds: [] } }).set.key);
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toBe(keys[1]);
  });

  it('enter the hash of the result, and so does every figure of a line', () => {
    const hashOf = (lines: typeof bill.lines): string => resultTexts({ ...bill, lines }).hash;
    const others = [labelled(['别的', 'other']), [{ ...line, amount: '0.01' }], [{ ...line, quantity: '0.01' }], [{ ...line, from: ['elsewhere'] }], [{ ...line, tariffHash: 'other' }], [{ ...line, season: 'summer' }], []];
    expect(new Set([hashOf([line]), ...others.map(hashOf)]).size).toBe(others.length + 1);
    expect(hashOf([{ ...line }])).toBe(hashOf([line]));
  });
});
