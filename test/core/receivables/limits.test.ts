import { dec, text } from '../../../src/core/quantity';
import { allocatePayment, changeOf, lateDays, OLDEST_FIRST, takeBack } from '../../../src/core/receivables';
import { refusal } from '../../builders/refusal';

describe('money that cannot be right', () => {
  it('is refused with what it is and how much', () => {
    const bill = { billId: 'jan', principal: dec('10'), lateCharge: dec('0') };
    expect(() => allocatePayment([bill], dec('-0.5'), dec('0'))).toThrow(refusal('RECEIVABLES.AMOUNT_NEGATIVE', { what: 'payment', amount: '-0.5' }));
    expect(() => allocatePayment([bill], dec('5'), dec('-1'))).toThrow(refusal('RECEIVABLES.AMOUNT_NEGATIVE', { what: 'advanceBalance', amount: '-1' }));
    expect(() => allocatePayment([{ ...bill, lateCharge: dec('-2') }], dec('5'), dec('0'))).toThrow(refusal('RECEIVABLES.AMOUNT_NEGATIVE', { what: 'jan', amount: '-2' }));
  });

  it('is less than is to be paid, or change beyond the cash', () => {
    const tenders = [{ cash: false, amount: dec('150') }, { cash: true, amount: dec('5') }];
    expect(() => changeOf(tenders, dec('155.01'))).toThrow(refusal('RECEIVABLES.TENDERS_TOO_SMALL', { tendered: '155.00', amount: '155.01' }, '/tenders'));
    expect(() => changeOf(tenders, dec('149.99'))).toThrow(refusal('RECEIVABLES.CHANGE_NOT_FROM_CASH', { change: '5.01', cash: '5.00' }, '/tenders'));
    expect([changeOf(tenders, dec('155')), changeOf(tenders, dec('150'))].map(({ change }) => text(change, 2))).toEqual(['0.00', '5.00']);
  });
});

describe('bills that are settled as a whole', () => {
  it('are settled one after the other while the money covers them', () => {
    const bills = ['jan', 'feb', 'mar'].map((billId) => ({ billId, principal: dec('100'), lateCharge: dec('1') }));
    const { bills: settled, outstandingTotal, advanceBalanceAfter } = allocatePayment(bills, dec('210'), dec('0'), { ...OLDEST_FIRST, partial: false });
    expect(settled.map(({ principalPaid, lateChargePaid }) => `${text(principalPaid)} + ${text(lateChargePaid)}`)).toEqual(['100 + 1', '100 + 1', '0 + 0']);
    expect([text(outstandingTotal, 2), text(advanceBalanceAfter, 2)]).toEqual(['101.00', '8.00']);
  });
});

describe('what is taken back', () => {
  it('names settlements with a principal alone or a late charge alone, and none from which nothing is taken', () => {
    const settlements = [{ principal: dec('5'), lateCharge: dec('0') }, { principal: dec('0'), lateCharge: dec('2') }, { principal: dec('9'), lateCharge: dec('1') }];
    const { taken, rest } = takeBack(settlements, dec('7'));
    expect(taken.map(({ principal, lateCharge }) => `${text(principal)} + ${text(lateCharge)}`)).toEqual(['5 + 0', '0 + 2']);
    expect(text(rest)).toBe('0');
  });
});

it('a bill that fell due on New Year’s Eve is late in the next year only', () => {
  expect([lateDays('2025-12-31', '2025-12-31'), lateDays('2025-12-31', '2026-01-01'), lateDays('2025-12-30', '2026-01-02')]).toEqual([
    { currentYear: 0, crossYear: 0 }, { currentYear: 0, crossYear: 1 }, { currentYear: 1, crossYear: 2 },
  ]);
});
