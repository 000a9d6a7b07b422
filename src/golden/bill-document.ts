import { createHash } from 'node:crypto';
import { CalculationDocument, CALCULATION_FORMAT } from '../core/bill';
import { addMonths, firstOfNextMonth, monthOf } from '../core/calendar';
import { Decimal, text } from '../core/quantity';
import { canonicalJson, PricePeriod, TariffDocument, TARIFF_FORMAT, TimeOfUsePeriod } from '../core/tariff';
import type { Policies } from '../core/policy';
import { TablePowerFactorStandard } from '../core/usage';
import { isObject } from './case-policy';
import { PERIODS } from './periods';
import { Scope } from './scope';

const PLAN = 'case';
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const HOURS = 24;

export type PeriodAmounts = Readonly<Partial<Record<PricePeriod, Decimal>>>;

/** What a case says of a whole bill; the document is made from it. */
export interface BillCase {
  readonly energies: PeriodAmounts;
  /** Component → period → yuan per kWh. */
  readonly components: ReadonlyMap<string, PeriodAmounts>;
  readonly funds: ReadonlyMap<string, Decimal>;
  readonly fundsPlacement: 'on-top' | 'inside';
  readonly monthlyAmounts?: ReadonlyMap<string, Decimal>;
  readonly standard: TablePowerFactorStandard | 'none';
  readonly powerFactor?: Decimal;
  readonly reactiveForward?: Decimal;
  readonly reactiveReverse?: Decimal;
  readonly capacity?: { readonly kva: Decimal; readonly price: Decimal };
  readonly demand?: { readonly kw: Decimal; readonly price: Decimal };
  readonly residential?: TariffDocument['plans'][number]['blocks'];
  readonly policies: Partial<Policies>;
}

function label(name: string): { zh: string; en: string } {
  return { zh: name, en: name };
}

function texts(values: PeriodAmounts): Partial<Record<PricePeriod, string>> {
  return Object.fromEntries(Object.entries(values).map(([period, value]) => [period, text(value)]));
}

/** A day divided among the periods that the case prices; the hours themselves do not matter for a case. */
function calendarOf(periods: readonly TimeOfUsePeriod[]): TariffDocument['calendars'] {
  const hour = (index: number): string => `${String(Math.floor((HOURS * index) / periods.length)).padStart(2, '0')}:00`;
  const windows = periods.map((period, index) => ({ period, from: hour(index), to: hour(index + 1) }));
  return [{ calendarId: PLAN, complete: true, seasons: [{ season: 'all', months: MONTHS, windows }] }];
}

function tariffOf(bill: BillCase, from: string, timeOfUse: readonly TimeOfUsePeriod[]): TariffDocument {
  const twoPart = bill.capacity !== undefined || bill.demand !== undefined;
  const prices = Object.fromEntries([...bill.components].map(([component, each]) => [component, texts(each)]));
  return {
    format: TARIFF_FORMAT,
    priceBook: PLAN,
    version: PLAN,
    regionCode: '000000',
    validFrom: from,
    validTo: null,
    title: label(PLAN),
    source: [],
    currency: 'CNY',
    taxRatePercent: '13',
    calendars: timeOfUse.length === 0 ? [] : calendarOf(timeOfUse),
    components: [...bill.components.keys()].map((component) => ({ component, title: label(component) })),
    plans: [
      {
        planId: PLAN,
        title: label(PLAN),
        category: bill.residential === undefined ? 'large-industrial' : 'residential',
        parts: twoPart ? 'two-part' : 'single-part',
        timeOfUse: timeOfUse.length > 0,
        ...(timeOfUse.length === 0 ? {} : { calendarId: PLAN }),
        prices: [{ voltages: ['1-10kv'], prices }],
        ...(bill.residential === undefined ? {} : { blocks: bill.residential }),
        ...(twoPart
          ? {
              basicPrices: [
                {
                  voltages: ['1-10kv'],
                  ...(bill.capacity === undefined ? {} : { capacityPricePerKvaMonth: text(bill.capacity.price) }),
                  ...(bill.demand === undefined ? {} : { demandPricePerKwMonth: text(bill.demand.price) }),
                },
              ],
            }
          : {}),
      },
    ],
    surcharges: [...bill.funds].map(([name, price]) => ({ name, title: label(name), pricePerKwh: text(price), placement: bill.fundsPlacement, kind: 'fund' })),
  };
}

/** The month of the case where it names a whole one, else any whole month: a case charges the basic price of one. */
function periodOf(scope: Scope): { from: string; to: string } {
  const stated = scope.raw('period');
  const period = stated !== undefined && isObject(stated) ? scope.part('period', stated) : null;
  const from = period?.string('from') ?? `${(scope.string('billingMonth') ?? '2024-01').slice(0, 7)}-01`;
  const to = period?.string('to') ?? firstOfNextMonth(from.slice(0, 7));
  if (from.slice(8) === to.slice(8) && addMonths(monthOf(from), 1) === monthOf(to)) return { from, to };
  return { from: `${from.slice(0, 7)}-01`, to: firstOfNextMonth(from.slice(0, 7)) };
}

function chargeMethod(bill: BillCase): 'capacity' | 'actual-demand' | 'none' {
  if (bill.capacity !== undefined) return 'capacity';
  return bill.demand === undefined ? 'none' : 'actual-demand';
}

/** The calculation document of a case: one usage point, one tariff made of the case's own prices. */
export function billDocument(bill: BillCase, scope: Scope): CalculationDocument {
  const period = periodOf(scope);
  const timeOfUse = PERIODS.map((each) => each.period).filter((each) => bill.energies[each] !== undefined);
  const tariff = tariffOf(bill, period.from, timeOfUse);
  const hash = createHash('sha256').update(canonicalJson(tariff)).digest('hex');
  const amounts = [...(bill.monthlyAmounts ?? [])].map(([name, amount]) => ({ name, title: label(name), amount: text(amount) }));
  return {
    format: CALCULATION_FORMAT,
    accountNo: '0000000000',
    kind: 'periodic',
    period,
    billingMonth: period.from.slice(0, 7),
    tariffs: [{ hash, document: tariff }],
    terms: [
      {
        ...period,
        priceBook: PLAN,
        planId: PLAN,
        category: bill.residential === undefined ? 'large-industrial' : 'residential',
        voltage: '1-10kv',
        chargeMethod: chargeMethod(bill),
        ...(bill.capacity === undefined ? {} : { approvedCapacityKva: text(bill.capacity.kva) }),
        powerFactorStandard: bill.standard,
      },
    ],
    usagePoints: [
      {
        usagePointNo: '1',
        kind: 'metered',
        role: 'billing',
        timeOfUse: timeOfUse.length > 0,
        meteringMode: 'high-high',
        statedEnergy: {
          activeKwh: texts(bill.energies),
          ...(bill.reactiveForward === undefined ? {} : { reactiveForwardKvarh: text(bill.reactiveForward) }),
          ...(bill.reactiveReverse === undefined ? {} : { reactiveReverseKvarh: text(bill.reactiveReverse) }),
          ...(bill.demand === undefined ? {} : { maximumDemandKw: text(bill.demand.kw) }),
        },
      },
    ],
    ...(bill.powerFactor === undefined ? {} : { statedPowerFactor: text(bill.powerFactor) }),
    ...(amounts.length === 0 ? {} : { sharedAmounts: amounts }),
    policies: bill.policies,
  };
}
