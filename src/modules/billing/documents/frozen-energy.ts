import { intersect, type Period } from '../../../core/calendar';
import { type AccountTerms, type BillKind, CALCULATION_FORMAT, type FrozenEnergy, meteredEnergies } from '../../../core/bill';
import { CoreError } from '../../../core/errors';
import type { AccountForBilling } from '../../customers';
import type { UsagePointForBilling } from '../../metering';
import type { TariffInForce } from '../../tariff';
import { termsOf } from './account-parts';
import type { Batch } from './batch';
import { energyText } from './sub-meter-agreement';
import { type PointProblem, UsagePointParts } from './usage-point-parts';

/** Bills of the account's other periods that leave open where this period begins. */
const EARLIER = ['BILLING.EARLIER_BILL_CANCELLED', 'BILLING.EARLIER_BILL_NOT_RELEASED', 'BILLING.EARLIER_PERIOD_NOT_BILLED'];

/** The versions of the terms' price books that are in force on days of the period. */
export function tariffsInForce(terms: readonly AccountTerms[], period: Period, { tariffs }: Pick<Batch, 'tariffs'>): TariffInForce[] {
  const priceBooks = new Set(terms.map(({ priceBook }) => priceBook));
  return [...priceBooks].flatMap((priceBook) => tariffs.get(priceBook) ?? []).filter((tariff) => intersect(period, tariff) !== null);
}

/** A bill up to the day of closing is the account's last one. */
export function kindOf({ closedOn }: AccountForBilling, period: Period): BillKind {
  return closedOn !== null && closedOn <= period.to ? 'final' : 'periodic';
}

/**
 * The energy of a point of another account, as the bill of that account has it: put together like that account's own
 * document, from its readings, terms and prices under the same revision, and computed by the same steps. What would
 * keep it from being known there is a problem here too, and so is a bill of that account that has another energy.
 */
export function frozenEnergyOf(point: UsagePointForBilling, batch: Batch): FrozenEnergy | PointProblem[] {
  const { usagePointNo, accountId, accountNo } = point;
  const owner = batch.accounts.get(accountId);
  const period = batch.cycles.get(accountId);
  const terms = owner === undefined || period === undefined ? [] : termsOf(owner, period);
  if (owner === undefined || period === undefined || terms.length === 0) return [notBillable(usagePointNo, 'BILLING.TERMS_MISSING')];
  const held = (batch.held.get(accountId) ?? []).filter(({ code }) => EARLIER.includes(code));
  if (held.length > 0) return held.map(({ code, params }) => notBillable(usagePointNo, code, params));
  const { points, problems } = new UsagePointParts(ownOnly(point), terms, batch.confirmed, () => []);
  if (problems.length > 0) return problems.map(asOfChild);
  const tariffs = tariffsInForce(terms, period, batch);
  try {
    const energies = meteredEnergies(
      {
        format: CALCULATION_FORMAT,
        accountNo,
        kind: kindOf(owner, period),
        period,
        billingMonth: batch.period,
        tariffs: [...new Set(tariffs.map(({ contentHash }) => contentHash))].map((hash) => ({ hash })),
        terms,
        // Transformers, circuits and main meters of that account say nothing about what the meter counted.
        usagePoints: points.map(({ parents: _parents, transformerNo: _transformer, supplyCircuitNo: _circuit, ...rest }) => rest),
        ...(point.usualDailyKwh === null ? {} : { history: { dailyEnergyKwh: { [usagePointNo]: point.usualDailyKwh } } }),
      },
      batch.byHash,
    );
    const activeKwh = energies.get(usagePointNo) ?? {};
    const billed = batch.billedEnergy.get(usagePointNo);
    if (billed !== undefined && energyText(billed) !== energyText(activeKwh)) {
      return [{ code: 'BILLING.CHILD_ENERGY_DIFFERS', subject: usagePointNo, params: { billedKwh: energyText(billed), kwh: energyText(activeKwh) } }];
    }
    return { accountNo, usagePointNo, activeKwh };
  } catch (error) {
    if (error instanceof CoreError) return [{ code: error.code, subject: usagePointNo, params: error.params }];
    throw error;
  }
}

function notBillable(subject: string, reason: string, params: Readonly<Record<string, string>> = {}): PointProblem {
  return { code: 'BILLING.CHILD_NOT_BILLABLE', subject, params: { ...params, reason } };
}

/** The point as the only one of its account; its open findings are reported with the asking account's. */
function ownOnly(point: UsagePointForBilling): ConstructorParameters<typeof UsagePointParts>[0] {
  return { usagePoints: [point], related: [], blockingFindings: [] };
}

function asOfChild(problem: PointProblem): PointProblem {
  return problem.code === 'METERING.READING_MISSING' ? { ...problem, code: 'BILLING.CHILD_READING_MISSING' } : problem;
}
