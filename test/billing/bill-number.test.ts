import fc from 'fast-check';
import { billNoOf, parseBillNo } from '../../src/modules/billing/bills/bill-number';

describe('The number of a bill', () => {
  it('names the period and leads back to the stored bill', () => {
    const billNo = billNoOf('2026-05', '12');
    expect(billNo).toMatch(/^2026050000000012\d$/);
    expect(parseBillNo(billNo)).toEqual({ period: '2026-05', billId: '12' });
  });

  it('leads back for every id of up to ten digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: 1, max: 12 }), (id, month) => {
        const period = `2026-${String(month).padStart(2, '0')}`;
        expect(parseBillNo(billNoOf(period, String(id)))).toEqual({ period, billId: String(id) });
      }),
    );
  });

  it('does not take a number with one wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (id, place, shift) => {
        const billNo = billNoOf('2026-05', String(id));
        const wrong = (Number(billNo[place]) + shift) % 10;
        expect(parseBillNo(`${billNo.slice(0, place)}${String(wrong)}${billNo.slice(place + 1)}`)).toBeNull();
      }),
    );
  });

  it('is refused for an id that has more than ten digits', () => {
    expect(() => billNoOf('2026-05', '12345678901')).toThrow(RangeError);
  });
});
