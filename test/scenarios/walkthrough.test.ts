import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { computeBill } from '../../src/core/bill';
import { journalOfBill } from '../../src/core/ledger';
import { text } from '../../src/core/quantity';
import { publishedDocument } from '../support/billing-builder';

/** The page as a reader types its numbers, without the commas between thousands. */
const page = readFileSync(join(__dirname, '../../docs/bill-walkthrough.md'), 'utf8').replace(/(\d),(\d{3})/g, '$1$2');
const { lines, figures, totals } = computeBill(publishedDocument('P-real-1-readings'));
const mentions = (value: string): boolean => new RegExp(`(^|[^\\d.])${value.replace('.', '\\.')}(?!\\d|\\.\\d)`).test(page);

test('the walk through a bill shows every line as the engine computes it', () => {
  const shown = lines.flatMap(({ group, quantity, price, exactAmount, amount }) => (group === 'energy-charge' ? [quantity, price, exactAmount, amount] : [amount]));
  expect(shown.filter((value) => !mentions(value))).toEqual([]);
  expect(lines).toHaveLength(27);
  expect(lines.map(({ rule }) => rule).filter((rule) => !page.includes(`\`${rule}\``))).toEqual([]);
});

test('it shows every metered energy, the totals and the journal of the release', () => {
  const energies = figures.filter(({ rule, unit, value }) => rule === 'register-consumption' && unit === 'kWh' && value !== '0').map(({ value }) => value);
  expect(energies.length).toBeGreaterThan(2);
  const booked = journalOfBill(totals).entries.map(({ amount }) => text(amount.abs(), 2));
  const shown = [...energies, totals.totalAmount, totals.netAmount, totals.taxAmount, totals.fundsAmount, totals.averagePricePerKwh ?? '', ...booked];
  expect(shown.filter((value) => !mentions(value))).toEqual([]);
});
