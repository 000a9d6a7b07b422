import { AllocationRule, allocatePayment, LateChargeRule, lateCharge, LateDays, lateDays } from '../../core/receivables';
import { count, Decimal, sum, ZERO } from '../../core/quantity';
import { CaseProblem } from '../problems';
import { Scope } from '../scope';

function readRule(scope: Scope): LateChargeRule {
  return {
    method: scope.policy.choice('lateChargeMethod', ['by-day-segment', 'whole-period-cross-year-rate'], 'by-day-segment'),
    residentialPermille: scope.policy.decimal('residentialPermillePerDay', '1'),
    currentYearPermille: scope.policy.decimal('currentYearPermillePerDay', '2'),
    crossYearPermille: scope.policy.decimal('crossYearPermillePerDay', '3'),
    minimum: scope.policy.decimal('minimumLateCharge', '1.00'),
  };
}

function readDays(bill: Scope): LateDays {
  const dueOn = bill.string('dueDate');
  const paidOn = bill.string('paidDate') ?? bill.string('paymentDate');
  if (dueOn !== undefined && paidOn !== undefined) return lateDays(dueOn, paidOn);
  const currentYear = bill.count('currentYearDays', 'lateDays');
  const crossYear = bill.count('crossYearDays');
  if (currentYear === undefined && crossYear === undefined) throw new CaseProblem('days or dates of an arrear are missing');
  return { currentYear: currentYear ?? 0, crossYear: crossYear ?? 0 };
}

/** Late-payment charge per bill and in all. */
export function lateChargeRule(scope: Scope): void {
  const parts = scope.parts('arrears', 'bill') ?? [{ id: '', scope }];
  const rule = readRule(scope);
  const charges = parts.map(({ scope: bill }) => {
    const days = readDays(bill);
    const customerClass = /^(resid|household)/i.test(bill.string('customerClass') ?? '') ? 'residential' : 'other';
    const charge = lateCharge(bill.need('principal', 'principalAmount', 'arrearsAmount'), days, customerClass, rule, bill.policy.money);
    bill.plain('currentYearDays', count(days.currentYear));
    bill.plain('crossYearDays', count(days.crossYear));
    for (const name of ['days', 'lateDays']) bill.plain(name, count(days.currentYear + days.crossYear));
    bill.money('lateCharge', charge);
    return charge;
  });
  scope.money('lateCharge', sum(charges));
}

function owed(bill: Scope, id: string, ...names: readonly string[]): Decimal {
  const stated = names.find((name) => bill.inputs[name] !== undefined);
  return (stated === undefined ? bill.printedFigure(`${id}.${names[0] ?? ''}`) : bill.find(stated)) ?? ZERO;
}

/** A payment with the balance held, set against open bills; the oldest first. */
export function paymentAllocation(scope: Scope): void {
  const parts = scope.parts('openBills', 'bill');
  if (parts === undefined) throw new CaseProblem('openBills is missing');
  const bills = parts.map(({ id, scope: bill }) => ({
    billId: id,
    principal: owed(bill, id, 'principal', 'principalAmount'),
    lateCharge: owed(bill, id, 'lateCharge', 'lateChargeAmount'),
  }));
  const rule: AllocationRule = { order: scope.policy.order('allocationOrder', ['lateCharge', 'principal']), partial: true };
  const allocation = allocatePayment(bills, scope.first('payment', 'paymentAmount') ?? ZERO, scope.find('advanceBalance') ?? ZERO, rule);
  allocation.bills.forEach((bill, index) => {
    const part = parts[index]?.scope;
    if (part === undefined) return;
    part.money('principalPaid', bill.principalPaid);
    part.money('lateChargePaid', bill.lateChargePaid);
    part.money('principalOutstanding', bill.principalOutstanding);
    part.money('lateChargeOutstanding', bill.lateChargeOutstanding);
    part.money('outstanding', bill.principalOutstanding.plus(bill.lateChargeOutstanding));
  });
  scope.money('outstandingTotal', allocation.outstandingTotal);
  scope.money('advanceBalanceAfter', allocation.advanceBalanceAfter);
}
