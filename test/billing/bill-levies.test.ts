import { computeBill } from '../../src/core/bill';
import { journalOfBill } from '../../src/core/ledger';
import { text } from '../../src/core/quantity';
import { BILL_COLUMNS, prepareBill } from '../../src/modules/billing/bills/bill-rows';
import { computedBill } from '../../src/modules/billing/bills/computed-bill';
import { publishedDocument } from '../support/billing-builder';

describe('a bill at an all-in price that contains 0.0298 yuan of levies', () => {
  const document = publishedDocument('P-seed-2');
  const bill = computeBill(document);

  it('is booked without the levies as sales: 45,635.2 kWh × 0.0298 = 1,359.92896, collected for others', () => {
    // 40,118.86 in all, tax 40,118.86 − 40,118.86 ÷ 1.13 = 4,615.44, sales 40,118.86 − 4,615.44 − 1,359.93 = 34,143.49.
    expect(journalOfBill(bill.totals).entries.map(({ ledgerCode, amount }) => [ledgerCode, text(amount, 2)])).toEqual([
      ['1122', '40118.86'],
      ['6001', '-34143.49'],
      ['222101', '-4615.44'],
      ['2241', '-1359.93'],
    ]);
  });

  it('is stored with them in its head, apart from the funds on top', () => {
    const account = { accountId: '7', accountNo: '1000000001', regionCode: 'R1' } as Parameters<typeof prepareBill>[1]['account'];
    const { head } = prepareBill({ period: '2026-06', runId: '1', trial: false }, computedBill(account, document, bill));
    // The two columns in front, id and number, are given when it is written.
    const column = (name: (typeof BILL_COLUMNS)[number]): string | undefined => head.trimEnd().split('\t')[BILL_COLUMNS.indexOf(name) - 2];
    expect([column('total_amount'), column('funds_amount'), column('levies_amount')]).toEqual(['40118.86', '0.00', '1359.93']);
  });
});
