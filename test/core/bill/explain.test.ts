import { auditFigures, auditText, auditWorkings, computeBill, explainBill, explanationText, unprintedLines } from '../../../src/core/bill';
import { dial, documentOf, meter, point, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const bill = computeBill(
  documentOf(tariffOf([timeOfUsePlan('1.005', '0.6', '0.3')]), {
    usagePoints: [point({ timeOfUse: true, meters: [meter([dial('total', '99900', '100', { dialDigits: 5 }), dial('peak', '0', '3', {}), dial('valley', '0', '2', {})], { ct: [150, 5] })] })],
  }),
);

describe('the explanation of a bill', () => {
  it('shows each line with its arithmetic, and the readings behind it', () => {
    const explained = explainBill(bill, 'en');
    expect(explained.groups[0]).toMatchObject({ title: 'Energy charge', amount: bill.totals.byGroup['energy-charge'] });
    expect(explained.groups[0]?.lines[0]).toMatchObject({
      title: 'Energy (peak) [usage point 0001]',
      arithmetic: '90 kWh × 1.005 = 90.45',
      workings: ['usage point 0001 peak · billed energy: metered 90 = 90 kWh'],
    });
    expect(explained.workings[0]).toBe('usage point 0001 meter M1 · reading difference × multiplier: (100 − 99900 + 100000) × 30 = 6000 kWh');
  });

  it('speaks Chinese as well', () => {
    const text = explanationText(explainBill(bill, 'zh'));
    expect(text).toContain('电费账单');
    expect(text).toContain('计量点 0001 峰 · 计费电量: 抄见 90 = 90 千瓦时');
    expect(text).toMatch(/合计 \d+\.\d\d \(不含税 /);
  });
});

describe('the audit of a bill from elsewhere', () => {
  it('lists which printed figures are wrong, with the right ones and their lines', () => {
    const audited = auditFigures(bill, [
      { group: 'energy-charge', item: 'energy', pricePeriod: 'peak', printed: '90.450' },
      { group: 'energy-charge', item: 'energy', pricePeriod: 'valley', printed: '18.01' },
      { group: 'fund', printed: '1.00' },
      { group: 'total', printed: bill.totals.totalAmount },
    ]);
    expect(audited.map(({ right, correct, lineNos }) => [right, correct, lineNos.length])).toEqual([['90.45', true, 1], ['18.00', false, 1], [null, false, 0], [bill.totals.totalAmount, true, 3]]);
  });

  it('knows quantities, prices, totals and workings, how each comes about, and what the printed bill leaves out', () => {
    const printed = [
      { group: 'energy-charge', item: 'energy', pricePeriod: 'valley', of: 'quantity', printed: '61' },
      { group: 'energy-charge', item: 'energy', pricePeriod: 'peak', of: 'price', printed: '1.005' },
      { group: 'energy-charge', item: 'energy', of: 'price', printed: '1.005' },
      { group: 'working', item: 'point:0001:billed:peak', printed: '91' },
      { group: 'net', printed: bill.totals.netAmount },
      { group: 'energy-charge', item: 'energy', pricePeriod: 'peak', printed: '90.45' },
    ] as const;
    const audited = auditFigures(bill, printed);
    const valley = bill.lines.find((line) => line.pricePeriod === 'valley');
    expect(audited.map(({ right, correct }) => [right, correct])).toEqual([[valley?.quantity, valley?.quantity === '61'], ['1.005', true], [null, false], ['90', false], [bill.totals.netAmount, true], ['90.45', true]]);
    expect(audited[3]?.difference).toBe('1');
    expect(auditWorkings(bill, audited, 'en')[3]).toEqual(['usage point 0001 peak · billed energy: metered 90 = 90 kWh']);
    expect(unprintedLines(bill, printed).map(({ lineNo }) => lineNo)).toEqual(bill.lines.filter((line) => line.pricePeriod !== 'peak').map(({ lineNo }) => lineNo));
    const text = auditText(bill, printed, 'zh');
    expect(text).toContain('错误  working point:0001:billed:peak: 账单所印 91, 应为 90 (1)');
    expect(text).toContain('正确  energy-charge energy peak: 90.45');
    expect(text).toContain('账单未列: ');
  });
});
