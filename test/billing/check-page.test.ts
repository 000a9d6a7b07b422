import type { CheckReport } from '../../src/modules/billing/runs/checks/check-report';
import { columns, pairedBars, stackedBar } from '../../src/modules/billing/runs/page/charts';
import { checkPage } from '../../src/modules/billing/runs/page/check-page';
import { changePercent, compact, energy, lengthOf, magnitude, yuan } from '../../src/modules/billing/runs/page/figures';

const row = (key: string, amount: string, lastAmount: string) => ({ key, accounts: 2, energyKwh: '1200', amount, lastAccounts: 2, lastEnergyKwh: '1000', lastAmount });
const bill = { accountNo: '1000000014', billNo: '20260500000000124', category: 'residential', amount: '-12.50', lastAmount: '50.00' };

const REPORT: CheckReport = {
  period: '2026-05', comparedWith: '2026-04', resultHash: 'c'.repeat(64), limits: { percent: 50, yuan: '100.00' },
  population: { accounts: 4, pending: 0, billed: 2, excluded: 1, exceptions: 1 },
  byCategory: [row('residential', '1234567.80', '1000000.00')], byRegion: [row('<script>alert(1)</script>', '1234567.80', '0.00')], total: row('total', '1234567.80', '1000000.00'),
  zeroBills: 1, lastZeroBills: 0, negativeBills: 1, lastNegativeBills: 0, newBills: 0, goneBills: 3,
  changes: [{ from: null, to: -50, bills: 1 }, { from: -50, to: 0, bills: 0 }, { from: 0, to: null, bills: 7 }],
  jumps: 1, jumpBills: [bill], largestBills: [bill], negativeBillSamples: [bill], zeroBillSamples: [],
  exceptions: [{ code: 'METERING.READING_MISSING', accounts: 1, found: 3, lastFound: 0, trend: 'new' }],
  exclusions: [{ code: 'CLOSED', accounts: 1 }],
  tariffs: [{ hash: 'b'.repeat(64), priceBook: 'testland', version: '2026.1', validFrom: '2026-01-01', validTo: '2026-05-16', standing: 'ends-in-period', bills: 2, sharedBills: 1, energyKwh: '1200', amount: '1234567.80' }],
  withoutTariff: 0,
};
const page = (language: 'zh' | 'en', report = REPORT): string => checkPage('17', { checkId: '5', madeBy: '3', madeAt: new Date('2026-06-01T02:00:00Z'), report }, language);

describe('the page of a check', () => {
  it.each(['zh', 'en'] as const)('loads nothing from elsewhere, runs nothing, and lets no name become markup (%s)', (language) => {
    const text = page(language);
    expect(text).not.toMatch(/<script|<link|<img|@import|url\(|https?:|onload=/);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  it('says every plotted figure in a table, too, and what a plot shows in words', () => {
    const text = page('en');
    const plots = text.match(/<svg[^>]*>/g) ?? [];
    expect(plots).toHaveLength(7);
    expect(plots.every((plot) => /role="img" aria-label="[^"]+"/.test(plot))).toBe(true);
    for (const caption of ['By category', 'By region', 'How single bills changed', 'Exceptions by code', 'Tariff coverage', 'The biggest jumps']) {
      expect(text).toContain(`<caption>${caption}</caption>`);
    }
    // 1234567.80 after 1000000.00 is 23.5 % more; -12.50 after 50.00 is 125 % less
    for (const shown of ['1,234,567.80', '+23.5 %', '-12.50', '-125.0 %', 'ends in the month', '-50 % and less', 'A reading is missing']) expect(text).toContain(shown);
  });

  it('is written in the language that was asked for', () => {
    expect(page('zh')).toContain('<html lang="zh-CN">');
    for (const word of ['核算审核报告', '按用电类别', '缺少示数', '期内到期', '上期无账单', '本期之前已销户']) expect(page('zh')).toContain(word);
  });

  it('stands for a run without bills as well', () => {
    const empty = { ...REPORT, byCategory: [], byRegion: [], changes: [], jumpBills: [], largestBills: [], negativeBillSamples: [], exceptions: [], exclusions: [], tariffs: [] };
    expect(page('en', empty)).toContain('None.');
  });
});

describe('figures of the pages about runs', () => {
  it('are grouped, shortened and compared with exact decimals', () => {
    expect([yuan('-1234567.8'), yuan('0'), energy('1000000.5000')]).toEqual(['-1,234,567.80', '0.00', '1,000,000.5']);
    expect([compact('2213181259.10', 'en'), compact('2213181259.10', 'zh'), compact('99964503', 'zh'), compact('812', 'en'), compact('12345', 'en')]).toEqual(['2.21 bn', '22.13 亿', '9,996 万', '812', '12.35 k']);
    expect([changePercent('103', '100'), changePercent('50', '-50'), changePercent('5', '0'), changePercent('100', '100')]).toEqual(['+3.0', '+200.0', null, '0.0']);
  });

  it('are drawn by their share of the largest one; a negative one has no bar, and a small part is still seen', () => {
    expect([lengthOf('50', magnitude(['50', '-200']), 520), lengthOf('-5', magnitude(['10']), 520), magnitude(['0', '0']).toFixed()]).toEqual(['130', '0', '1']);
    expect(pairedBars('x', [{ label: 'a', now: '50', last: '100', shownNow: '50', shownLast: '100', note: '-50.0 %' }]).markup).toContain('width="260" height="14"');
    expect(columns('x', [{ label: 'a', count: 1, shown: '1', side: 'up' }, { label: 'b', count: 4, shown: '4', side: 'down' }]).markup).toContain('height="55"');
    expect(stackedBar('x', [{ label: 'a', count: 99_999, kind: 'now' }, { label: 'b', count: 1, kind: 'up' }]).markup).toContain('width="3.0"');
  });
});
