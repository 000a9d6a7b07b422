import * as fc from 'fast-check';
import { allocatePayment, fillInOrder, LATE_CHARGE_RULE, lateCharge, lateDays, OLDEST_FIRST } from '../../../src/core/receivables';
import { dec, Decimal, sum, text } from '../../../src/core/quantity';

const fen = (value: Decimal): string => text(value, 2);

describe('late-payment charge', () => {
  it('counts from the day after the due date to the day of payment', () => {
    expect(lateDays('2000-12-15', '2001-01-18')).toEqual({ currentYear: 16, crossYear: 18 });
    expect(lateDays('2001-01-15', '2001-01-18')).toEqual({ currentYear: 3, crossYear: 0 });
    expect(lateDays('2001-01-15', '2001-01-15')).toEqual({ currentYear: 0, crossYear: 0 });
    expect(lateDays('2001-01-15', '2001-01-10')).toEqual({ currentYear: 0, crossYear: 0 });
    // a leap day counts; 31 December is the last day of the due year
    expect(lateDays('2024-02-28', '2024-03-01')).toEqual({ currentYear: 2, crossYear: 0 });
    expect(lateDays('2023-12-31', '2025-01-01')).toEqual({ currentYear: 0, crossYear: 367 });
  });

  it('takes each day at the rate of its year, or all at the higher one', () => {
    const days = { currentYear: 16, crossYear: 18 };
    // 2000 × 16 × 2 ‰ + 2000 × 18 × 3 ‰ = 64 + 108
    expect(fen(lateCharge(dec('2000'), days, 'other'))).toBe('172.00');
    // 2000 × 34 × 3 ‰
    expect(fen(lateCharge(dec('2000'), days, 'other', { ...LATE_CHARGE_RULE, method: 'whole-period-cross-year-rate' }))).toBe('204.00');
    expect(fen(lateCharge(dec('2000'), { currentYear: 3, crossYear: 0 }, 'other', { ...LATE_CHARGE_RULE, method: 'whole-period-cross-year-rate' }))).toBe('12.00');
    // residential: 2000 × 34 × 1 ‰
    expect(fen(lateCharge(dec('2000'), days, 'residential'))).toBe('68.00');
  });

  it('is at least one yuan once anything is late, and nothing before', () => {
    expect(fen(lateCharge(dec('10'), { currentYear: 1, crossYear: 0 }, 'other'))).toBe('1.00');
    expect(fen(lateCharge(dec('10'), { currentYear: 0, crossYear: 0 }, 'other'))).toBe('0.00');
    expect(fen(lateCharge(dec('0'), { currentYear: 9, crossYear: 0 }, 'other'))).toBe('0.00');
  });
});

describe('allocation of a payment', () => {
  const bills = [
    { billId: 'jan', principal: dec('100'), lateCharge: dec('5') },
    { billId: 'feb', principal: dec('200'), lateCharge: dec('2') },
  ];

  it('settles the oldest bill first, within a bill the late charge first', () => {
    const { bills: settled, outstandingTotal, advanceBalanceAfter } = allocatePayment(bills, dec('150'), dec('7'));
    expect(settled.map((bill) => [bill.billId, fen(bill.lateChargePaid), fen(bill.principalPaid), fen(bill.principalOutstanding)])).toEqual([
      ['jan', '5.00', '100.00', '0.00'],
      ['feb', '2.00', '50.00', '150.00'],
    ]);
    expect([fen(outstandingTotal), fen(advanceBalanceAfter)]).toEqual(['150.00', '0.00']);
  });

  it('can take the principal first', () => {
    const { bills: settled } = allocatePayment(bills, dec('102'), dec('0'), { ...OLDEST_FIRST, order: ['principal', 'lateCharge'] });
    expect(fen(settled[0]?.lateChargeOutstanding ?? dec('0'))).toBe('3.00');
  });

  it('keeps what is left as prepayment', () => {
    expect(fen(allocatePayment(bills, dec('400'), dec('0')).advanceBalanceAfter)).toBe('93.00');
  });

  it('stops at the first bill that it cannot settle where partial payment is not allowed', () => {
    const { bills: settled, advanceBalanceAfter } = allocatePayment([...bills, { billId: 'mar', principal: dec('1'), lateCharge: dec('0') }], dec('120'), dec('0'), { ...OLDEST_FIRST, partial: false });
    expect(settled.map((bill) => fen(bill.principalPaid))).toEqual(['100.00', '0.00', '0.00']);
    expect(fen(advanceBalanceAfter)).toBe('15.00');
  });

  it('refuses negative money', () => {
    expect(() => allocatePayment(bills, dec('-1'), dec('0'))).toThrow(expect.objectContaining({ code: 'RECEIVABLES.AMOUNT_NEGATIVE', params: { what: 'payment', amount: '-1' } }));
    expect(() => allocatePayment([{ billId: 'x', principal: dec('-1'), lateCharge: dec('0') }], dec('1'), dec('0'))).toThrow(expect.objectContaining({ code: 'RECEIVABLES.AMOUNT_NEGATIVE' }));
  });

  it('neither makes nor loses a fen', () => {
    const money = fc.integer({ min: 0, max: 100_000 }).map((value) => new Decimal(value).div(100));
    fc.assert(
      fc.property(fc.array(fc.tuple(money, money), { maxLength: 6 }), money, money, fc.boolean(), (debts, payment, advance, partial) => {
        const open = debts.map(([principal, late], index) => ({ billId: String(index), principal, lateCharge: late }));
        const result = allocatePayment(open, payment, advance, { ...OLDEST_FIRST, partial });
        const paid = sum(result.bills.map((bill) => bill.principalPaid.plus(bill.lateChargePaid)));
        const owed = sum(open.map((bill) => bill.principal.plus(bill.lateCharge)));
        return paid.plus(result.advanceBalanceAfter).equals(payment.plus(advance)) && paid.plus(result.outstandingTotal).equals(owed);
      }),
    );
  });
});

describe('money against claims', () => {
  const claims = [{ claimId: 'old', open: dec('70') }, { claimId: 'young', open: dec('30') }];
  const filled = (money: string): string[] => {
    const { parts, rest } = fillInOrder(claims, dec(money));
    return [...parts.map(({ claimId, amount }) => `${claimId} ${fen(amount)}`), `rest ${fen(rest)}`];
  };

  it('fills them in their order, each as far as it goes, and keeps the rest', () => {
    expect(filled('0')).toEqual(['rest 0.00']);
    expect(filled('70')).toEqual(['old 70.00', 'rest 0.00']);
    expect(filled('70.01')).toEqual(['old 70.00', 'young 0.01', 'rest 0.00']);
    expect(filled('100.50')).toEqual(['old 70.00', 'young 30.00', 'rest 0.50']);
  });
});
