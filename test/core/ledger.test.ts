import fc from 'fast-check';
import { balancedJournal, journalOfBill, LEDGER_CODES, reversalOf, trialBalance } from '../../src/core/ledger';
import { Decimal, dec, sum, text } from '../../src/core/quantity';

const fen = fc.integer({ min: -100_000_000, max: 100_000_000 }).map((value) => new Decimal(value).div(100));

describe('journals of the ledger', () => {
  it('books a bill as owed by the customer against sales, tax and collected funds', () => {
    const journal = journalOfBill({ totalAmount: '113.00', taxAmount: '13.00', fundsAmount: '2.50' });
    expect(journal.entries.map((entry) => [entry.ledgerCode, text(entry.amount, 2)])).toEqual([
      [LEDGER_CODES.customerReceivable, '113.00'],
      [LEDGER_CODES.electricitySales, '-97.50'],
      [LEDGER_CODES.outputTax, '-13.00'],
      [LEDGER_CODES.fundsCollected, '-2.50'],
    ]);
  });

  it('books a negative bill as owed to the customer', () => {
    const journal = journalOfBill({ totalAmount: '-11.30', taxAmount: '-1.30', fundsAmount: '0.00' });
    expect(journal.entries.map((entry) => [entry.ledgerCode, text(entry.amount, 2)])).toEqual([
      [LEDGER_CODES.customerCredit, '-11.30'],
      [LEDGER_CODES.electricitySales, '10.00'],
      [LEDGER_CODES.outputTax, '1.30'],
    ]);
  });

  it('has no entries for a bill of nothing', () => {
    expect(journalOfBill({ totalAmount: '0.00', taxAmount: '0.00', fundsAmount: '0' }).entries).toEqual([]);
  });

  it('refuses debits that differ from credits, and parts of a fen', () => {
    expect(() => balancedJournal([{ ledgerCode: '1122', amount: dec('1.00') }, { ledgerCode: '6001', amount: dec('-0.99') }])).toThrow('LEDGER.UNBALANCED');
    expect(() => balancedJournal([{ ledgerCode: '1122', amount: dec('0.001') }, { ledgerCode: '6001', amount: dec('-0.001') }])).toThrow('LEDGER.NOT_IN_FEN');
  });

  it('always sums to zero, and its reversal takes every balance back', () => {
    fc.assert(
      fc.property(fen, fen, fen, (total, tax, funds) => {
        const journal = journalOfBill({ totalAmount: text(total, 2), taxAmount: text(tax, 2), fundsAmount: text(funds, 2) });
        expect(sum(journal.entries.map((entry) => entry.amount)).isZero()).toBe(true);
        for (const row of trialBalance([journal, reversalOf(journal)])) expect(row.debit.equals(row.credit)).toBe(true);
      }),
    );
  });
});
