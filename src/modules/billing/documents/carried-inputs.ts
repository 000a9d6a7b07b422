import { type LocalMonth, yearOf } from '../../../core/calendar';
import type { BlockState } from '../../../core/bill';
import { count, dec, text } from '../../../core/quantity';
import type { ResidentialBlocks } from '../../../core/tariff';
import type { TermsForBilling } from '../../customers';
import type { PreviousBill } from './previous-bills.repository';

/**
 * What a household has used and may use. The running total comes from the last bill of the same year where blocks go
 * by the year, and is zero where they go by the month. A household's extra allowance counts from the month for which
 * it was applied for; without an application there is none, whatever its size.
 */
export function blockStateOf(blocks: ResidentialBlocks, terms: TermsForBilling, previous: PreviousBill | undefined, month: LocalMonth): BlockState {
  const carried = blocks.period === 'year' && previous?.carried.blockYear === yearOf(month) ? previous.carried : undefined;
  const extension = extensionOf(blocks, terms);
  return {
    usedBeforeKwh: carried?.blockUsedKwh ?? '0',
    ...(blocks.period === 'year' ? { year: yearOf(month) } : {}),
    ...(extension === null ? {} : { extensions: [extension] }),
    ...(carried?.blockBalances === undefined ? {} : { balances: carried.blockBalances }),
    ...(terms.lowIncome ? { lowIncome: true } : {}),
  };
}

function extensionOf(blocks: ResidentialBlocks, { householdSize, householdExtensionFrom }: TermsForBilling): { fromMonth: LocalMonth; kwhPerMonth: string } | null {
  const rule = blocks.householdExtension;
  if (rule === undefined || householdSize === null || householdExtensionFrom === null || householdSize <= rule.abovePersons) return null;
  const kwhPerMonth = text(dec(rule.kwhPerPersonMonth).times(count(householdSize - rule.abovePersons)));
  return { fromMonth: householdExtensionFrom, kwhPerMonth };
}
