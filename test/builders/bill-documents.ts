import { createHash } from 'node:crypto';
import { AccountTerms, Bill, BillLine, CALCULATION_FORMAT, CalculationDocument, computeBill, DocumentMeter, DocumentRegister, DocumentUsagePoint } from '../../src/core/bill';
import { canonicalJson, Register, TARIFF_FORMAT, TariffDocument, TariffPlan } from '../../src/core/tariff';

export const JUNE = { from: '2026-06-01', to: '2026-07-01' };

const L = (en: string): { zh: string; en: string } => ({ zh: en, en });

/** A plan with one all-in price. */
export function plainPlan(price: string, more: Partial<TariffPlan> = {}): TariffPlan {
  return {
    planId: 'plain',
    title: L('Plain'),
    category: 'general-industrial-commercial',
    parts: 'single-part',
    timeOfUse: false,
    prices: [{ voltages: ['below-1kv', '1-10kv'], prices: { energy: { total: price } } }],
    ...more,
  };
}

/** A time-of-use plan with peak, flat and valley prices. */
export function timeOfUsePlan(peak: string, flat: string, valley: string, more: Partial<TariffPlan> = {}): TariffPlan {
  return {
    planId: 'time-of-use',
    title: L('Time of use'),
    category: 'large-industrial',
    parts: 'single-part',
    timeOfUse: true,
    calendarId: 'day',
    prices: [{ voltages: ['below-1kv', '1-10kv'], prices: { energy: { peak, flat, valley } } }],
    ...more,
  };
}

export function tariffOf(plans: readonly TariffPlan[], more: Partial<TariffDocument> = {}): TariffDocument {
  return {
    format: TARIFF_FORMAT,
    priceBook: 'book',
    version: '1',
    regionCode: '000000',
    validFrom: '2000-01-01',
    validTo: null,
    title: L('Test tariff'),
    source: ['made for the test'],
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
              { period: 'valley', from: '22:00', to: '06:00' },
              { period: 'flat', from: '06:00', to: '08:00' },
              { period: 'peak', from: '08:00', to: '22:00' },
            ],
          },
        ],
      },
    ],
    components: [{ component: 'energy', title: L('Energy') }],
    plans,
    surcharges: [],
    ...more,
  };
}

export function hashOf(tariff: TariffDocument): string {
  return createHash('sha256').update(canonicalJson(tariff)).digest('hex');
}

/** A register read at the start and at the end of June, or on the given days. */
export function dial(register: Register, start: string, end: string, more: Partial<DocumentRegister> & { readonly on?: readonly [string, string] } = {}): DocumentRegister {
  const { on = [JUNE.from, JUNE.to], ...rest } = more;
  return { register, readings: [{ on: on[0], reading: start }, { on: on[1], reading: end }], ...rest };
}

export function meter(registers: readonly DocumentRegister[], more: Partial<DocumentMeter> = {}): DocumentMeter {
  return { meterNo: 'M1', registers, ...more };
}

export function point(more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint {
  return { usagePointNo: '0001', kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low', ...more };
}

export function statedPoint(activeKwh: NonNullable<DocumentUsagePoint['statedEnergy']>['activeKwh'], more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint {
  return point({ timeOfUse: !('total' in activeKwh), statedEnergy: { activeKwh }, ...more });
}

export function termsOf(more: Partial<AccountTerms> = {}): AccountTerms {
  return { ...JUNE, priceBook: 'book', planId: 'plain', category: 'general-industrial-commercial', voltage: '1-10kv', chargeMethod: 'none', powerFactorStandard: 'none', ...more };
}

export function documentOf(tariffs: TariffDocument | readonly TariffDocument[], more: Partial<CalculationDocument> & { readonly account?: Partial<AccountTerms> } = {}): CalculationDocument {
  const { account, ...rest } = more;
  const list = 'length' in tariffs ? tariffs : [tariffs];
  const planId = list[0]?.plans[0]?.planId ?? 'plain';
  return {
    format: CALCULATION_FORMAT,
    accountNo: '1000000001',
    kind: 'periodic',
    period: JUNE,
    billingMonth: '2026-06',
    tariffs: list.map((document) => ({ hash: hashOf(document), document })),
    terms: [termsOf({ planId, ...account })],
    usagePoints: [statedPoint({ total: '100' })],
    ...rest,
  };
}

/** Amounts of the lines of a group, `item[:period]` → amount. */
export function amounts(bill: Bill, group: BillLine['group']): Record<string, string> {
  return Object.fromEntries(
    bill.lines
      .filter((line) => line.group === group)
      .map((line) => [[line.item, line.pricePeriod === undefined || line.pricePeriod === 'total' ? '' : line.pricePeriod, line.segment ?? ''].filter((part) => part !== '').join(':'), line.amount]),
  );
}

export function figure(bill: Bill, id: string): string | undefined {
  return bill.figures.find((one) => one.id === id)?.value;
}

/** The code with which a document is refused. */
export function refusal(document: CalculationDocument): string {
  try {
    computeBill(document);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
    throw error;
  }
  return 'not refused';
}
