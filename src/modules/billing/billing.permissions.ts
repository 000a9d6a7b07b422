/** What making, reading and checking bills lets a role do; the runs' own permissions stand beside them. */
export const BILLING_PERMISSIONS = [
  'billing.bill.read',
  'billing.bill.replay',
  'billing.bill.preview',
  'billing.calculation.create',
  'billing.shared-amount.enter',
  'billing.shared-amount.read',
  'billing.run.create',
  'billing.run.read',
  'billing.run.verify',
  'billing.run.release',
  'billing.run.discard',
  'billing.cancellation.read',
  'billing.cancellation.request',
  'billing.cancellation.approve',
  'billing.cancellation.decline',
  'billing.period.detach',
  'billing.exception.read',
  'billing.exception.resolve',
] as const;
export type BillingPermission = (typeof BILLING_PERMISSIONS)[number];
