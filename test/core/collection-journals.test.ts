import { balancedJournal, Journal, journalOfBill, journalOfCollection, journalOfWriteOff, reversalOf, trialBalance } from '../../src/core/ledger';
import { dec, text } from '../../src/core/quantity';
import { refusal } from '../builders/refusal';

const booked = (journal: Journal<{ ledgerCode: string; accountId: string | null; amount: ReturnType<typeof dec> }>): string[] =>
  journal.entries.map(({ ledgerCode, accountId, amount }) => `${ledgerCode} ${accountId ?? '-'} ${text(amount, 2)}`);

describe('journals of collection', () => {
  it('book money where it lies against bills, late charges and prepayments of each account', () => {
    // 100.00 in cash and 51.00 by card pay 120.00 + 5.00 of account 1 and 20.00 of account 2; 6.00 stay prepaid
    const journal = journalOfCollection({
      money: [{ ledgerCode: '1001', amount: dec('100.00') }, { ledgerCode: '1012', amount: dec('51.00') }],
      settled: [{ accountId: '1', principal: dec('80.00'), lateCharge: dec('5.00') }, { accountId: '1', principal: dec('40.00'), lateCharge: dec('0') }, { accountId: '2', principal: dec('20.00'), lateCharge: dec('0') }],
      held: [{ accountId: '2', amount: dec('6.00') }],
    });
    expect(booked(journal)).toEqual(['1001 - 100.00', '1012 - 51.00', '1122 1 -120.00', '1122 2 -20.00', '6301 1 -5.00', '2203 2 -6.00']);
  });

  it('book money that was paid out and came back as a claim on the account', () => {
    // a cheque of 50.00 bounced: 30.00 had settled a bill, 20.00 had been refunded
    const journal = journalOfCollection({
      money: [{ ledgerCode: '1121', amount: dec('-50.00') }],
      settled: [{ accountId: '1', principal: dec('-30.00'), lateCharge: dec('0') }],
      held: [],
      claims: [{ accountId: '1', amount: dec('20.00') }],
    });
    expect(booked(journal)).toEqual(['1121 - -50.00', '1221 1 20.00', '1122 1 30.00']);
  });

  it('leave out what comes to nothing, and are refused where money is missing', () => {
    const prepaid = { money: [], settled: [{ accountId: '1', principal: dec('9.00'), lateCharge: dec('0') }], held: [{ accountId: '1', amount: dec('-9.00') }] };
    expect(booked(journalOfCollection(prepaid))).toEqual(['1122 1 -9.00', '2203 1 9.00']);
    expect(() => journalOfCollection({ ...prepaid, held: [] })).toThrow(refusal('LEDGER.UNBALANCED', { difference: '-9.00' }, '/entries'));
  });

  it('book a receivable that is given up as a loss', () => {
    expect(booked(journalOfWriteOff('7', dec('12.30')))).toEqual(['6701 7 12.30', '1122 7 -12.30']);
  });
});

describe('entries', () => {
  it('with parts of a fen are refused with their place', () => {
    const entries = [{ ledgerCode: '1122', amount: dec('1.00') }, { ledgerCode: '6001', amount: dec('-1.001') }];
    expect(() => balancedJournal(entries)).toThrow(refusal('LEDGER.NOT_IN_FEN', { amount: '-1.001' }, '/entries/1'));
  });
});

describe('the trial balance', () => {
  it('adds debits and credits apart, in the order of the codes', () => {
    const bill = journalOfBill({ totalAmount: '113.00', taxAmount: '13.00', fundsAmount: '2.50' });
    const more = journalOfBill({ totalAmount: '11.30', taxAmount: '1.30', fundsAmount: '0.00' });
    expect(trialBalance([bill, more, reversalOf(more)]).map(({ ledgerCode, debit, credit }) => `${ledgerCode} ${text(debit, 2)} ${text(credit, 2)}`)).toEqual([
      '1122 124.30 11.30',
      '222101 1.30 14.30',
      '2241 0.00 2.50',
      '6001 10.00 107.50',
    ]);
  });
});
