import type { BillLine, LineGroup } from '../core/bill';
import type { Policies } from '../core/policy';
import { dec, Decimal, sum } from '../core/quantity';
import type { PricePeriod } from '../core/tariff';
import type { PeriodAmounts } from './bill-document';
import { Scope } from './scope';

/** Charges of a case by the names that policies of a document use. */
const BASE_WORDS: Readonly<Record<string, string>> = {
  capacityCharge: 'capacity-charge',
  demandCharge: 'demand-charge',
  energyCharge: 'energy-charge',
  monthlyAmounts: 'shared-amount',
  funds: 'fund',
};

/** The choices of a case as policies of its calculation document. */
export function policiesOf(scope: Scope, energies: PeriodAmounts): Partial<Policies> {
  const { money, powerFactor } = scope.policy;
  const base = scope.policy.names('powerFactorBase');
  const decimals = Math.max(0, ...Object.values(energies).map((each) => each.decimalPlaces()));
  return {
    moneyDecimals: money.decimals,
    moneyRounding: money.rounding,
    energyDecimals: Math.min(decimals, 4),
    powerFactorDecimals: powerFactor.decimals,
    powerFactorRounding: powerFactor.rounding,
    powerFactorScheme: scope.policy.choice('powerFactorScheme', ['official-table', 'linear'], 'official-table'),
    capacityDayRule: scope.policy.choice('capacityDayRule', ['1996-thirtieth', '2024-calendar-days'], '1996-thirtieth'),
    loadRateDiscountFrom: null,
    ...(base === null ? {} : { powerFactorBase: base.map((name) => BASE_WORDS[name] ?? name.replace(/Amount$/, '')) }),
  };
}

/** Sum of the rounded lines of a group (of one item, of one period), yuan. */
export function amountOf(lines: readonly BillLine[], group: LineGroup, item?: string, period?: PricePeriod): Decimal {
  const wanted = lines.filter((line) => line.group === group && (item === undefined || line.item === item) && (period === undefined || line.pricePeriod === period));
  return sum(wanted.map((line) => dec(line.amount)));
}

