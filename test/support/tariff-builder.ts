import { TARIFF_FORMAT, type TariffDocument } from '../../src/core/tariff';

const label = (en: string): { en: string; zh: string } => ({ en, zh: en });

/** A small sound tariff: one plain household plan and one time-of-use plan of industry; parts can be replaced. */
export function tariffDocument(changes: Partial<TariffDocument> = {}): TariffDocument {
  return {
    format: TARIFF_FORMAT,
    priceBook: 'testland',
    version: '2026',
    regionCode: 'TEST',
    validFrom: '2026-01-01',
    validTo: null,
    title: label('Prices of Testland'),
    source: ['made for a test'],
    currency: 'CNY',
    taxRatePercent: '13',
    calendars: [
      {
        calendarId: 'day',
        complete: true,
        seasons: [
          {
            season: 'all',
            months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
            windows: [
              { period: 'peak', from: '08:00', to: '22:00' },
              { period: 'valley', from: '22:00', to: '08:00' },
            ],
          },
        ],
      },
    ],
    components: [{ component: 'energy', title: label('Energy') }],
    plans: [
      {
        planId: 'household',
        title: label('Household'),
        category: 'residential',
        parts: 'single-part',
        timeOfUse: false,
        prices: [{ voltages: ['below-1kv'], prices: { energy: { total: '0.5000' } } }],
      },
      {
        planId: 'industry',
        title: label('Industry'),
        category: 'large-industrial',
        parts: 'two-part',
        timeOfUse: true,
        calendarId: 'day',
        prices: [{ voltages: ['1-10kv'], prices: { energy: { peak: '0.9000', flat: '0.6000', valley: '0.3000' } } }],
        basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '28', demandPricePerKwMonth: '42' }],
      },
    ],
    surcharges: [],
    ...changes,
  };
}
