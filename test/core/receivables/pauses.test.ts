import { dec } from '../../../src/core/quantity';
import { allocateHeld, checkParts, type Instalments, lateDaysWithout, pausesOf } from '../../../src/core/receivables';
import { refusal } from '../../builders/refusal';

const part = (dueOn: string, amount: string) => ({ dueOn, amount: dec(amount) });
const agreement = (more: Partial<Instalments> = {}): Instalments => ({
  agreedOn: '2026-06-20', rule: { whileKept: 'suspended', afterBreak: 'from-break' }, parts: [part('2026-07-10', '400')], receipts: [{ on: '2026-07-10', amount: dec('400') }], cancelledOn: null, outgrownOn: null, ...more,
});

describe('the parts of an agreement', () => {
  it('are refused with the part that is out of order, or with both sums', () => {
    expect(() => checkParts([part('2026-07-10', '5'), part('2026-07-10', '5')], dec('10'), '2026-06-20')).toThrow(refusal('RECEIVABLES.PARTS_NOT_IN_ORDER', { dueOn: '2026-07-10' }, '/parts/1'));
    expect(() => checkParts([part('2026-07-10', '5')], dec('5.01'), '2026-06-20')).toThrow(refusal('RECEIVABLES.PARTS_NOT_THE_DEBT', { total: '5.00', owed: '5.01' }, '/parts'));
  });
});

describe('days that are not charged', () => {
  it('end on the day of a break, of a debt that grew, of a cancellation, or of the next agreement, whichever is first', () => {
    const missed = { receipts: [] };
    const until = (asOf: string, more: Partial<Instalments>, next?: string): unknown => pausesOf([agreement(more), ...(next === undefined ? [] : [agreement({ agreedOn: next, parts: [] })])], asOf)[0]?.until;
    expect(until('2026-08-01', {})).toBeNull();
    expect([until('2026-08-01', missed), until('2026-07-10', missed)]).toEqual(['2026-07-10', null]);
    expect([until('2026-07-05', { cancelledOn: '2026-07-05' }), until('2026-07-05', { cancelledOn: '2026-07-06' })]).toEqual(['2026-07-05', null]);
    expect([until('2026-08-01', { ...missed, cancelledOn: '2026-07-05' }), until('2026-08-01', { ...missed, cancelledOn: '2026-07-15' })]).toEqual(['2026-07-05', '2026-07-10']);
    expect([until('2026-07-05', { outgrownOn: '2026-07-05' }), until('2026-07-06', { outgrownOn: '2026-07-05' })]).toEqual([null, '2026-07-05']);
    expect([until('2026-08-01', { ...missed, outgrownOn: '2026-07-05' }), until('2026-08-01', { ...missed, outgrownOn: '2026-07-15' })]).toEqual(['2026-07-05', '2026-07-10']);
    expect(until('2026-08-01', { outgrownOn: '2026-07-05', cancelledOn: '2026-07-04' })).toBe('2026-07-04');
    expect([until('2026-08-01', {}, '2026-07-20'), until('2026-08-01', missed, '2026-07-01'), until('2026-08-01', missed, '2026-07-20')]).toEqual(['2026-07-20', '2026-07-01', '2026-07-10']);
  });

  it('are none where the charge goes on, or starts again from the due date after a break', () => {
    expect(pausesOf([agreement({ rule: { whileKept: 'continued', afterBreak: 'from-break' } })], '2026-08-01')).toEqual([]);
    const again = agreement({ rule: { whileKept: 'suspended', afterBreak: 'from-first-due-date' }, receipts: [] });
    expect([pausesOf([again], '2026-08-01'), pausesOf([again], '2026-07-10')]).toEqual([[], [{ from: '2026-06-20', until: null }]]);
  });

  it('are taken out of the year that they lie in, and only up to the payment', () => {
    // 11 days of December and 10 of January; the pause has 6 and 5 of them
    expect(lateDaysWithout('2025-12-20', '2026-01-10', [{ from: '2025-12-25', until: '2026-01-05' }])).toEqual({ currentYear: 5, crossYear: 5 });
    expect(lateDaysWithout('2025-12-20', '2026-01-10', [{ from: '2025-12-25', until: null }])).toEqual({ currentYear: 5, crossYear: 0 });
    expect(lateDaysWithout('2025-12-20', '2025-12-24', [{ from: '2025-12-22', until: '2026-01-05' }, { from: '2026-01-07', until: null }])).toEqual({ currentYear: 2, crossYear: 0 });
    expect(lateDaysWithout('2025-12-20', '2026-01-10', [{ from: '2026-01-02', until: '2026-01-04' }])).toEqual({ currentYear: 11, crossYear: 8 });
  });
});

describe('money held at a release', () => {
  it('is refused below zero, and pays bills in parts whatever their own rule', () => {
    expect(() => allocateHeld([], { balance: dec('-1'), forSuccessors: dec('0'), forOthers: dec('0') }, new Set())).toThrow(refusal('RECEIVABLES.AMOUNT_NEGATIVE', { what: 'balance', amount: '-1' }));
    const whole = { billId: 'june', principal: dec('100'), lateCharge: dec('3'), rule: { order: ['principal', 'lateCharge'] as const, partial: false } };
    const { bills } = allocateHeld([whole], { balance: dec('40'), forSuccessors: dec('0'), forOthers: dec('0') }, new Set());
    expect(bills.map(({ principalPaid, lateChargePaid }) => [principalPaid.toFixed(), lateChargePaid.toFixed()])).toEqual([['40', '0']]);
  });
});
