import fc from 'fast-check';
import { journalOfCancelled, journalOfRecall } from '../../../src/core/ledger';
import { allocateHeld, partsOfCancelled, recallCredit } from '../../../src/core/receivables';
import { dec, sum, ZERO } from '../../../src/core/quantity';

const bill = (billId: string, principal: string, lateCharge = '0') => ({ billId, principal: dec(principal), lateCharge: dec(lateCharge) });
const held = (balance: string, forSuccessors = '0', forOthers = '0') => ({ balance: dec(balance), forSuccessors: dec(forSuccessors), forOthers: dec(forOthers) });
const shown = ({ bills, advanceBalanceAfter }: ReturnType<typeof allocateHeld>): string[] =>
  [...bills.map(({ billId, principalPaid, lateChargePaid }) => `${billId} ${principalPaid.toFixed(2)}+${lateChargePaid.toFixed(2)}`), `left ${advanceBalanceAfter.toFixed(2)}`];

describe('what stood against a cancelled bill', () => {
  const standing = [
    { principal: dec('60.00'), lateCharge: dec('1.00'), writeOff: false },
    { principal: dec('15.00'), lateCharge: ZERO, writeOff: false },
    { principal: dec('25.00'), lateCharge: ZERO, writeOff: true },
  ];

  test('becomes credit with its late charge, and a write-off becomes nothing', () => {
    const { principal, lateCharge, writtenOff } = partsOfCancelled(standing);
    expect([principal, lateCharge, writtenOff].map((part) => part.toFixed(2))).toEqual(['75.00', '1.00', '25.00']);
  });

  test('leaves the receivables with the opposite of the bill, so that its reversal closes them', () => {
    const { entries } = journalOfCancelled({ accountId: '1', ...partsOfCancelled(standing) });
    expect(entries.map(({ ledgerCode, amount }) => `${ledgerCode} ${amount.toFixed(2)}`)).toEqual(['1122 100.00', '6301 1.00', '2203 -76.00', '6701 -25.00']);
  });

  test('is no journal where nothing stood', () => {
    expect(journalOfCancelled({ accountId: '1', principal: ZERO, lateCharge: ZERO, writtenOff: ZERO }).entries).toEqual([]);
  });
});

test('a cancelled credit is taken from what is held, and what is missing is owed', () => {
  const { held: taken, shortfall } = recallCredit(dec('30.00'), dec('12.00'));
  expect([taken.toFixed(2), shortfall.toFixed(2)]).toEqual(['12.00', '18.00']);
  expect(recallCredit(dec('30.00'), dec('40.00')).shortfall.isZero()).toBe(true);
  expect(journalOfRecall('1', shortfall).entries.map(({ ledgerCode, amount }) => `${ledgerCode} ${amount.toFixed(2)}`)).toEqual(['1122 18.00', '2203 -18.00']);
});

describe('money held at a release', () => {
  test('pays the successor before older debts with what waits for it', () => {
    // 100.00 wait for the successor of 80.00; the 20.00 that are left pay the older bill in part
    expect(shown(allocateHeld([bill('old', '50.00', '1.00'), bill('new', '80.00')], held('100.00', '100.00'), new Set(['new'])))).toEqual(['old 19.00+1.00', 'new 80.00+0.00', 'left 0.00']);
  });

  test('pays a dearer successor in part and leaves the rest owed', () => {
    expect(shown(allocateHeld([bill('new', '120.00')], held('100.00', '100.00'), new Set(['new'])))).toEqual(['new 100.00+0.00', 'left 0.00']);
  });

  test('stays prepayment where the successor is cheaper and nothing else is owed', () => {
    expect(shown(allocateHeld([bill('new', '80.00')], held('100.00', '100.00'), new Set(['new'])))).toEqual(['new 80.00+0.00', 'left 20.00']);
  });

  test('that waits for another successor is not touched', () => {
    // 70.00 of 100.00 wait for June: May's successor has its 20.00 and 10.00 are free
    expect(shown(allocateHeld([bill('old', '90.00'), bill('may', '20.00')], held('100.00', '20.00', '70.00'), new Set(['may'])))).toEqual(['old 10.00+0.00', 'may 20.00+0.00', 'left 70.00']);
  });

  test('of which something was refunded goes to the bills of this release first', () => {
    expect(shown(allocateHeld([bill('may', '20.00')], held('15.00', '20.00', '70.00'), new Set(['may'])))).toEqual(['may 15.00+0.00', 'left 0.00']);
    expect(shown(allocateHeld([bill('old', '20.00')], held('15.00', '0', '70.00'), new Set()))).toEqual(['old 0.00+0.00', 'left 15.00']);
  });

  test('is paid or left to the fen, pays no bill more than it owes, and leaves what waits for others where enough is held', () => {
    const fen = fc.integer({ min: 0, max: 50_000 }).map((value) => dec(`${String(Math.floor(value / 100))}.${String(value % 100).padStart(2, '0')}`));
    const bills = fc.array(fc.record({ principal: fen, lateCharge: fen }), { maxLength: 6 }).map((all) => all.map((each, no) => ({ ...each, billId: String(no) })));
    fc.assert(
      fc.property(bills, fen, fen, fen, fc.nat(5), (open, balance, forSuccessors, forOthers, successor) => {
        const result = allocateHeld(open, { balance, forSuccessors, forOthers }, new Set([String(successor)]));
        const paid = sum(result.bills.flatMap(({ principalPaid, lateChargePaid }) => [principalPaid, lateChargePaid]));
        expect(paid.plus(result.advanceBalanceAfter).equals(balance)).toBe(true);
        const fits = result.bills.every((each, no) =>
          each.principalPaid.plus(each.principalOutstanding).equals(open[no]?.principal ?? ZERO) &&
          each.lateChargePaid.plus(each.lateChargeOutstanding).equals(open[no]?.lateCharge ?? ZERO) &&
          ![each.principalPaid, each.lateChargePaid, each.principalOutstanding, each.lateChargeOutstanding].some((part) => part.isNegative() && !part.isZero()));
        expect(fits).toBe(true);
        const enough = balance.greaterThanOrEqualTo(forSuccessors.plus(forOthers));
        expect(!enough || result.advanceBalanceAfter.greaterThanOrEqualTo(forOthers)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is never negative', () => {
    expect(() => allocateHeld([], held('-1.00'), new Set())).toThrow(expect.objectContaining({ code: 'RECEIVABLES.AMOUNT_NEGATIVE' }));
  });
});
