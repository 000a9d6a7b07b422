import { dec, text } from '../../../src/core/quantity';
import { checkParts, debtAsOf, type Instalments, LATE_CHARGE_RULE, lateDaysWithout, missedOn, paidParts, pausesOf } from '../../../src/core/receivables';

const part = (dueOn: string, amount: string) => ({ dueOn, amount: dec(amount) });
const received = (on: string, amount: string) => ({ on, amount: dec(amount) });
const PARTS = [part('2026-07-10', '400'), part('2026-08-10', '300'), part('2026-09-10', '312')];
const agreement = (more: Partial<Instalments> = {}): Instalments => ({
  agreedOn: '2026-06-20', rule: { whileKept: 'suspended', afterBreak: 'from-first-due-date' }, parts: PARTS, receipts: [], cancelledOn: null, outgrownOn: null, ...more,
});

describe('the parts of an agreement', () => {
  test('add up to the debt to the fen, rise in time, begin no earlier than the agreement and are more than zero', () => {
    expect(() => { checkParts(PARTS, dec('1012.00'), '2026-06-20'); }).not.toThrow();
    expect(() => { checkParts(PARTS, dec('1012.01'), '2026-06-20'); }).toThrow(expect.objectContaining({ code: 'RECEIVABLES.PARTS_NOT_THE_DEBT' }));
    const wrong = [[part('2026-06-19', '1012')], [part('2026-07-10', '506'), part('2026-07-10', '506')], [part('2026-07-10', '1013'), part('2026-08-10', '-1')]];
    for (const parts of wrong) expect(() => { checkParts(parts, dec('1012'), '2026-06-20'); }).toThrow(expect.objectContaining({ code: 'RECEIVABLES.PARTS_NOT_IN_ORDER' }));
    expect(() => { checkParts([part('2026-06-20', '1012')], dec('1012'), '2026-06-20'); }).not.toThrow();
  });

  test('are paid the oldest first', () => {
    // 550 = 400 + 150
    expect(paidParts(PARTS, dec('550')).map(({ paid }) => text(paid, 2))).toEqual(['400.00', '150.00', '0.00']);
    expect(paidParts(PARTS, dec('1012')).map(({ paid }) => text(paid, 2))).toEqual(['400.00', '300.00', '312.00']);
  });

  test('are missed on the day after the due date of the first one that was not paid whole by then', () => {
    const receipts = [received('2026-07-10', '400.00'), received('2026-08-10', '299.99'), received('2026-08-11', '0.01')];
    expect(missedOn({ parts: PARTS, receipts: [] }, '2026-07-10')).toBeUndefined();
    expect(missedOn({ parts: PARTS, receipts: [] }, '2026-07-11')).toBe('2026-07-10');
    expect(missedOn({ parts: PARTS, receipts }, '2026-08-10')).toBeUndefined();
    expect(missedOn({ parts: PARTS, receipts }, '2026-08-11')).toBe('2026-08-10');
    // paid ahead: 700 before the first date covers two parts
    expect(missedOn({ parts: PARTS, receipts: [received('2026-07-01', '700')] }, '2026-09-10')).toBeUndefined();
    expect(missedOn({ parts: PARTS, receipts: [received('2026-07-01', '700')] }, '2026-09-11')).toBe('2026-09-10');
  });
});

describe('the late charge of a debt in instalments', () => {
  // 1000.00 of a shop, due on 2026-06-14; agreed on 2026-06-20: 6 days, 1000 × 2 ‰ × 6 = 12.00
  const charge = (agreements: readonly Instalments[], asOf: string): string => {
    const history = { amount: dec('1000'), dueOn: '2026-06-14', settled: [], lateChargePaid: dec('0'), writtenOff: dec('0'), pauses: pausesOf(agreements, asOf) };
    return text(debtAsOf(history, asOf, 'other', LATE_CHARGE_RULE).lateCharge, 2);
  };

  test('stands still while the agreement is kept', () => {
    expect(charge([agreement()], '2026-06-20')).toBe('12.00');
    expect(charge([agreement()], '2026-07-10')).toBe('12.00');
  });

  test('runs from the first due date once a part is missed, as if there had been no agreement', () => {
    // 14 June to 11 July: 27 days, 1000 × 2 ‰ × 27
    expect(charge([agreement()], '2026-07-11')).toBe('54.00');
  });

  test('leaves out the days up to the break where the rule says so', () => {
    const mild = agreement({ rule: { whileKept: 'suspended', afterBreak: 'from-break' } });
    // 6 days before the agreement and one after 10 July: 1000 × 2 ‰ × 7
    expect(charge([mild], '2026-07-11')).toBe('14.00');
    // up to the end of the year 10 July + 174 days = 180 at 2 ‰; then 10 days at 3 ‰: 360.00 + 30.00
    expect(charge([mild], '2027-01-10')).toBe('390.00');
  });

  test('goes on where the rule says so', () => {
    const strict = agreement({ rule: { whileKept: 'continued', afterBreak: 'from-break' } });
    // 14 June to 10 July: 26 days
    expect(charge([strict], '2026-07-10')).toBe('52.00');
  });

  test('runs again when a person ends the agreement, and stops again with the next one', () => {
    const ended = agreement({ cancelledOn: '2026-07-01', rule: { whileKept: 'suspended', afterBreak: 'from-break' } });
    // 6 days + 1 to 5 July: 4 days
    expect(charge([ended], '2026-07-05')).toBe('20.00');
    const second = agreement({ agreedOn: '2026-07-05', parts: [part('2026-12-31', '1020')] });
    expect(charge([ended, second], '2026-09-30')).toBe('20.00');
    // a first one that was never broken by then, replaced on 5 July: its pause ends where the second begins
    expect(pausesOf([agreement({ parts: [part('2027-01-31', '1012')] }), second], '2026-09-30')).toEqual([{ from: '2026-06-20', until: '2026-07-05' }, { from: '2026-07-05', until: null }]);
  });

  test('counts no day twice and none before the due date', () => {
    expect(lateDaysWithout('2026-06-14', '2026-06-30', [{ from: '2026-06-01', until: '2026-06-20' }])).toEqual({ currentYear: 10, crossYear: 0 });
    expect(lateDaysWithout('2026-12-20', '2027-01-20', [{ from: '2026-12-25', until: '2027-01-05' }])).toEqual({ currentYear: 5, crossYear: 15 });
    expect(lateDaysWithout('2026-06-14', '2026-06-10', [{ from: '2026-06-01', until: null }])).toEqual({ currentYear: 0, crossYear: 0 });
  });
});
