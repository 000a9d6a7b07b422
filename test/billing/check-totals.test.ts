import { countOf, type MonthFigures, totalsBy, trendOf } from '../../src/modules/billing/runs/checks/check-totals';

const group = (category: string, regionCode: string, accounts: number, bills: number, energyKwh: string, amount: string) => ({ category, regionCode, accounts, bills, energyKwh, amount, zero: 1, negative: 0 });

/** Two households of the north and one of the south; one factory with a bill for each of its two circuits. */
const NOW: MonthFigures = {
  groups: [group('residential', 'N', 2, 2, '300.5', '150.25'), group('residential', 'S', 1, 1, '100', '50.00'), group('large-industrial', 'S', 0, 2, '90000', '60000.10')],
  circuits: [{ category: 'large-industrial', regionCode: null, accounts: 1 }, { category: null, regionCode: 'S', accounts: 1 }, { category: null, regionCode: null, accounts: 1 }],
};
const LAST: MonthFigures = { groups: [group('agricultural', 'N', 4, 4, '10', '4.10'), group('residential', 'N', 2, 2, '290', '145.00')], circuits: [] };

describe('the totals of a check', () => {
  it('are sums by category, and what one month only has stands against nothing', () => {
    expect(totalsBy('category', NOW, LAST)).toEqual([
      { key: 'agricultural', accounts: 0, energyKwh: '0', amount: '0.00', lastAccounts: 4, lastEnergyKwh: '10', lastAmount: '4.10' },
      { key: 'large-industrial', accounts: 1, energyKwh: '90000', amount: '60000.10', lastAccounts: 0, lastEnergyKwh: '0', lastAmount: '0.00' },
      { key: 'residential', accounts: 3, energyKwh: '400.5', amount: '200.25', lastAccounts: 2, lastEnergyKwh: '290', lastAmount: '145.00' },
    ]);
  });

  it('count an account that is billed by circuit once in its region and once in the total', () => {
    expect(totalsBy('regionCode', NOW, LAST).map(({ key, accounts, amount }) => [key, accounts, amount])).toEqual([['N', 2, '150.25'], ['S', 2, '60050.10']]);
    // 150.25 + 50.00 + 60000.10 and 145.00 + 4.10
    expect(totalsBy('total', NOW, LAST)).toEqual([{ key: 'total', accounts: 4, energyKwh: '90400.5', amount: '60200.35', lastAccounts: 6, lastEnergyKwh: '300', lastAmount: '149.10' }]);
    expect([countOf(NOW, 'bills'), countOf(NOW, 'zero'), countOf(LAST, 'negative')]).toEqual([5, 3, 0]);
  });

  it('call a code new that last month did not have, and otherwise say which way it goes', () => {
    expect([trendOf(5, 0), trendOf(5, 4), trendOf(4, 4), trendOf(0, 4)]).toEqual(['new', 'more', 'same', 'fewer']);
  });
});
