import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { Bill, CALCULATION_DOCUMENT_SCHEMA, CalculationDocument, checkBill, computeBill } from '../../src/core/bill';
import { amounts, figure, hashOf } from '../builders/bill-documents';

function documentNamed(name: string): CalculationDocument {
  return JSON.parse(readFileSync(join(__dirname, 'documents', `${name}.json`), 'utf8')) as CalculationDocument;
}

const PUBLISHED = ['P-E01', 'P-seed-1', 'P-seed-2', 'P-real-1', 'P-real-1-readings', 'P-E24', 'P-E25-bill1', 'P-E25-bill2', 'P-crossing-month-bill1', 'P-crossing-month-bill2'];

describe('published bills as calculation documents', () => {
  it('are valid documents whose tariffs are what their hashes say', () => {
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(CALCULATION_DOCUMENT_SCHEMA);
    for (const name of PUBLISHED) {
      const document = documentNamed(name);
      expect([name, validate(document) || validate.errors]).toEqual([name, true]);
      for (const tariff of document.tariffs) expect(tariff.document && hashOf(tariff.document)).toBe(tariff.hash);
    }
  });

  it.each(['P-real-1', 'P-real-1-readings'])('%s: the two-part bill of May 2026 comes out to the fen', (name) => {
    const bill = computeBill(documentNamed(name));
    expect(amounts(bill, 'energy-charge')).toEqual({
      'energy:peak': '4437.25',
      'energy:flat': '4869.00',
      'energy:valley': '829.66',
      'transmissionDistribution:peak': '476.12',
      'transmissionDistribution:flat': '522.07',
      'transmissionDistribution:valley': '89.02',
      'lineLoss:peak': '185.89',
      'lineLoss:flat': '203.67',
      'lineLoss:valley': '34.68',
      'systemOperation:peak': '682.74',
      'systemOperation:flat': '748.95',
      'systemOperation:valley': '127.74',
    });
    expect(amounts(bill, 'capacity-charge')).toEqual({ T1: '14238.00' });
    expect(figure(bill, 'power-factor-base:0.90')).toBe('28397.14');
    expect(amounts(bill, 'power-factor-adjustment')).toEqual({ 'standard-0.90': '1561.84' });
    expect(bill.totals.fundsAmount).toBe('707.81');
    expect(bill.totals.totalAmount).toBe('30666.79');
    expect(bill.findings).toEqual([]);
  });

  it('P-E01: two-part large industry with a fixed quantity of lighting, from the readings to the total', () => {
    const bill = computeBill(documentNamed('P-E01'));
    // flat 511800 − 107700 − 80400 − 2000 = 321700; base 75000 + 72697.50 + 18090 + 144765 = 310552.50 × −0.75 %
    expect(amounts(bill, 'energy-charge')).toEqual({ 'energy:peak': '72697.50', 'energy:flat': '144765.00', 'energy:valley': '18090.00', energy: '1400.00' });
    expect(amounts(bill, 'capacity-charge')).toEqual({ 'approved-capacity': '75000.00' });
    expect([figure(bill, 'power-factor:0.90'), figure(bill, 'power-factor-base:0.90')]).toEqual(['0.98', '310552.5']);
    expect(amounts(bill, 'power-factor-adjustment')).toEqual({ 'standard-0.90': '-2329.14' });
    // 511800 × 0.02 + 511800 × 0.007 × 2 = 10236.00 + 7165.20
    expect(bill.totals).toMatchObject({ byGroup: { surcharge: '17401.20' }, totalAmount: '327024.56', averagePricePerKwh: '0.6390' });
  });

  it('P-seed-1: invoice energies with a loss shared upwards, reverse reactive energy and a wet-season price', () => {
    const bill = computeBill(documentNamed('P-seed-1'));
    expect(['peak', 'flat', 'valley'].map((period) => figure(bill, `point:0001:billed:${period}`))).toEqual(['9408', '12672', '2688']);
    expect(bill.carried.pointEnergy[0]?.billedReactiveKvarh).toBe('17967');
    // 9408, 12672 and 2688 kWh × 0.5895 = 5546.016, 7470.144, 1584.576
    expect(amounts(bill, 'energy-charge')).toEqual({ 'energy:peak': '5546.02', 'energy:flat': '7470.14', 'energy:valley': '1584.58' });
    expect(bill.totals.totalAmount).toBe('14600.74');
  });

  it('P-seed-2: transformer loss, two decimals of a kWh, and levies in the price that stay out of the base', () => {
    const bill = computeBill(documentNamed('P-seed-2'));
    expect([figure(bill, 'point:0001:meter:M1:total'), figure(bill, 'point:0001:billed:total'), bill.carried.pointEnergy[0]?.billedReactiveKvarh]).toEqual(['44083.2', '45635.2', '36248.6']);
    expect([amounts(bill, 'energy-charge'), amounts(bill, 'power-factor-adjustment')]).toEqual([{ energy: '38808.17' }, { 'standard-0.85': '1310.69' }]);
    expect([figure(bill, 'power-factor:0.85'), bill.totals.totalAmount]).toEqual(['0.78', '40118.86']);
  });

  it('P-E24: monthly blocks as increments over the base price', () => {
    const bill = computeBill(documentNamed('P-E24'));
    expect(amounts(bill, 'energy-charge')).toEqual({ energy: '382.20' });
    expect(amounts(bill, 'block-charge')).toEqual({ 'block-2': '13.50', 'block-3': '60.00' });
    expect(bill.totals.totalAmount).toBe('455.70');
  });

  it('P-E25: yearly blocks, a household extension between two bills gives nothing back', () => {
    const first = computeBill(documentNamed('P-E25-bill1'));
    expect(first.totals.totalAmount).toBe('1508.40');
    expect(first.carried.blockBalances?.remainingKwh).toEqual(['0', '2000', null]);
    const second = documentNamed('P-E25-bill2');
    expect(second.blocks?.balances?.remainingKwh).toEqual(first.carried.blockBalances?.remainingKwh);
    const bill = computeBill(second);
    expect([bill.totals.totalAmount, ...Object.values(amounts(bill, 'block-charge'))]).toEqual(['650.60', '5.00']);
    expect(bill.carried.blockBalances?.remainingKwh).toEqual(['0', '1900', null]);
  });

  it('P-crossing-month: one increment for peak and valley in the month that crosses, own prices from the next', () => {
    const first = computeBill(documentNamed('P-crossing-month-bill1'));
    expect(amounts(first, 'energy-charge')).toEqual({ 'block-1:peak': '123.40', 'block-1:valley': '36.84' });
    expect(amounts(first, 'block-charge')).toEqual({ 'block-2': '10.00' });
    expect([first.totals.totalAmount, first.carried.blockUsedKwh]).toEqual(['170.24', '3320']);
    const second = computeBill(documentNamed('P-crossing-month-bill2'));
    expect(amounts(second, 'energy-charge')).toEqual({ 'block-2:peak': '121.86', 'block-2:valley': '30.33' });
    expect([second.totals.totalAmount, second.carried.blockUsedKwh]).toEqual(['152.19', '3590']);
  });

  it.each(PUBLISHED)('%s: computed, stored as JSON, read and computed again is the same bill', (name) => {
    const document = documentNamed(name);
    const stored = JSON.parse(JSON.stringify(computeBill(document))) as Bill;
    expect(checkBill(JSON.parse(JSON.stringify(document)) as CalculationDocument, stored)).toMatchObject({ equal: true, differences: [] });
  });

  it('a stored bill with one changed fen is told apart, with the place', () => {
    const document = documentNamed('P-real-1');
    const bill = JSON.parse(JSON.stringify(computeBill(document))) as { lines: { amount: string }[] };
    (bill.lines[0] as { amount: string }).amount = '4437.26';
    expect(checkBill(document, bill as unknown as Bill).differences).toEqual([{ path: '/lines/0/amount', given: '4437.26', recomputed: '4437.25' }]);
  });
});
