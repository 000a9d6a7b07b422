import fc from 'fast-check';
import { balancedJournal, journalOfBill, LEDGER_CODES, leviesCollected, reversalOf, trialBalance } from '../../src/core/ledger';
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

  it('books levies that the price contains as collected too: 100 kWh at 0.5380, of which 0.0062 and 0.019 are funds', () => {
    // 53.80 in all; tax 53.80 − 53.80 ÷ 1.13 = 53.80 − 47.61 = 6.19; funds 0.62 + 1.90 = 2.52; sales 53.80 − 6.19 − 2.52 = 45.09.
    const fund = (name: string, pricePerKwh: string, amount: string) => ({ name, label: { zh: name, en: name }, energyKwh: '100', pricePerKwh, amount });
    const insideFunds = [fund('reservoirResettlement', '0.0062', '0.62'), fund('renewableEnergy', '0.019', '1.90')];
    const journal = journalOfBill({ totalAmount: '53.80', taxAmount: '6.19', fundsAmount: '0.00', byGroup: { 'energy-charge': '53.80' }, insideFunds });
    expect(journal.entries.map((entry) => [entry.ledgerCode, text(entry.amount, 2)])).toEqual([
      [LEDGER_CODES.customerReceivable, '53.80'],
      [LEDGER_CODES.electricitySales, '-45.09'],
      [LEDGER_CODES.outputTax, '-6.19'],
      [LEDGER_CODES.fundsCollected, '-2.52'],
    ]);
  });

  it('books funds and other surcharges on top together with what the price contains', () => {
    const insideFunds = [{ name: 'f', label: { zh: '基金', en: 'fund' }, energyKwh: '100', pricePerKwh: '0.01', amount: '1.00' }];
    expect(text(leviesCollected({ fundsAmount: '2.50', byGroup: { fund: '2.50', surcharge: '0.30' }, insideFunds }), 2)).toBe('3.80');
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
