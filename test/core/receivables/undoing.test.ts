import { dec, text } from '../../../src/core/quantity';
import { changeOf, debtAsOf, findHeld, keptOf, LATE_CHARGE_RULE, takeBack } from '../../../src/core/receivables';

const yuan = (principal: string, lateCharge: string) => ({ principal: dec(principal), lateCharge: dec(lateCharge) });
const bill = { amount: dec('1000.00'), dueOn: '2026-06-17', settled: [], lateChargePaid: dec('0'), writtenOff: dec('0') };
const owed = (history: Partial<Parameters<typeof debtAsOf>[0]>, asOf: string): string[] => {
  const debt = debtAsOf({ ...bill, ...history }, asOf, 'other', LATE_CHARGE_RULE);
  return [text(debt.outstanding, 2), text(debt.lateCharge, 2)];
};

describe('what is owed of a bill', () => {
  it('is charged for each part up to the day on which it was paid', () => {
    // 500 × 2 ‰ × 10 + 500 × 2 ‰ × 20 = 10.00 + 20.00
    expect(owed({ settled: [{ principal: dec('500'), on: '2026-06-27' }] }, '2026-07-07')).toEqual(['500.00', '30.00']);
    expect(owed({ settled: [{ principal: dec('500'), on: '2026-06-27' }], lateChargePaid: dec('20.00') }, '2026-07-07')).toEqual(['500.00', '10.00']);
  });

  it('stops growing once the principal is paid, and is nothing once the rest is written off', () => {
    const paid = [{ principal: dec('1000'), on: '2026-06-27' }];
    expect(owed({ settled: paid }, '2027-06-27')).toEqual(['0.00', '20.00']);
    expect(owed({ settled: [{ principal: dec('500'), on: '2026-06-27' }], writtenOff: dec('500') }, '2027-06-27')).toEqual(['0.00', '0.00']);
  });

  it('is not charged on what was written off, even where a payment is undone later', () => {
    // 400 × 2 ‰ × 31
    expect(owed({ writtenOff: dec('600') }, '2026-07-18')).toEqual(['400.00', '24.80']);
  });

  it('has one minimum, not one for each part', () => {
    const small = { amount: dec('20.00'), settled: [{ principal: dec('10.00'), on: '2026-06-18' }] };
    expect(owed(small, '2026-06-19')).toEqual(['10.00', '1.00']);
  });
});

describe('what was handed over', () => {
  it('gives change out of the cash only', () => {
    const tenders = [{ cash: false, amount: dec('150') }, { cash: true, amount: dec('5') }, { cash: true, amount: dec('50') }];
    const { tendered, change } = changeOf(tenders, dec('195'));
    expect([text(tendered, 2), text(change, 2)]).toEqual(['205.00', '10.00']);
    expect(keptOf(tenders, change).map(({ amount }) => text(amount, 2))).toEqual(['150.00', '0.00', '45.00']);
    expect(() => changeOf(tenders, dec('205.01'))).toThrow(expect.objectContaining({ code: 'RECEIVABLES.TENDERS_TOO_SMALL' }));
    expect(() => changeOf(tenders, dec('149.99'))).toThrow(expect.objectContaining({ code: 'RECEIVABLES.CHANGE_NOT_FROM_CASH' }));
  });
});

describe('a returned tender', () => {
  const part = (amount: string, booking: bigint) => ({ amount: dec(amount), booking });
  const use = (principal: string, lateCharge: string, booking: bigint) => ({ ...yuan(principal, lateCharge), booking });
  const found = (parts: ReturnType<typeof part>[], balance: string, uses: ReturnType<typeof use>[]): unknown[] => {
    const { held, uses: back, claim } = findHeld(parts, dec(balance), uses);
    return [text(held, 2), back.map(({ principal, lateCharge }) => `${text(principal, 2)}+${text(lateCharge, 2)}`), text(claim, 2)];
  };

  it('is looked for in what is held, then in what was used since, the youngest first; the rest has been paid out', () => {
    expect(found([part('20', 1n)], '25', [use('40', '0', 2n)])).toEqual(['20.00', [], '0.00']);
    expect(found([part('60', 1n)], '25', [use('20', '2', 3n), use('40', '0', 2n)])).toEqual(['25.00', ['20.00+2.00', '13.00+0.00'], '0.00']);
    expect(found([part('60', 1n)], '0', [use('20', '2', 3n)])).toEqual(['0.00', ['20.00+2.00'], '38.00']);
  });

  it('leaves alone what was used before its money came', () => {
    expect(found([part('60', 5n)], '10', [use('50', '0', 4n)])).toEqual(['10.00', [], '50.00']);
    // of 50 that came at 5 nothing is left; the 100 that came at 1 lie in the use at 4
    expect(found([part('100', 1n), part('50', 5n)], '0', [use('150', '0', 4n)])).toEqual(['0.00', ['100.00+0.00'], '50.00']);
    expect(found([part('50', 5n), part('100', 1n)], '20', [use('40', '0', 6n), use('30', '0', 4n)])).toEqual(['20.00', ['40.00+0.00', '30.00+0.00'], '60.00']);
  });

  it('takes from each settlement the principal before the late charge, and says what it did not find', () => {
    const { taken, rest } = takeBack([yuan('10', '1'), yuan('20', '2'), yuan('5', '0')], dec('31.50'));
    expect(taken.map(({ principal, lateCharge }) => [text(principal, 2), text(lateCharge, 2)])).toEqual([['10.00', '1.00'], ['20.00', '0.50']]);
    expect(text(rest, 2)).toBe('0.00');
    expect(text(takeBack([yuan('10', '1')], dec('12')).rest, 2)).toBe('1.00');
  });
});
