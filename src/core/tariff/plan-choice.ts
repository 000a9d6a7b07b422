import type { LocalDate } from '../calendar';
import { Decimal } from '../quantity';
import type { TariffPlan } from './tariff-document';

/** Which rule says what parts an account may have. `by-date`: the rule in force on the day. */
export type PlanChoiceRule = 'by-date' | '315-kva' | '2023-06-01' | 'free';

const CHOICE_FROM = '2023-06-01';
const KVA_100 = new Decimal(100);
const KVA_315 = new Decimal(315);

/**
 * The parts that industry and commerce of a capacity (kVA) may have on a day: single-part below 315 kVA and two-part
 * from there on; since 2023-06-01 single-part up to 100 kVA, either as the customer chooses between 100 and 315 kVA,
 * two-part from 315 kVA on.
 */
export function allowedParts(capacity: Decimal, day: LocalDate, rule: PlanChoiceRule = 'by-date'): readonly TariffPlan['parts'][] {
  if (rule === 'free') return ['single-part', 'two-part'];
  if (capacity.greaterThanOrEqualTo(KVA_315)) return ['two-part'];
  const mayChoose = rule === '2023-06-01' || (rule === 'by-date' && day >= CHOICE_FROM);
  return mayChoose && capacity.greaterThan(KVA_100) ? ['single-part', 'two-part'] : ['single-part'];
}
