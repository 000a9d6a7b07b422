import type { BillingPermission } from './modules/billing/billing.permissions';
import type { CollectionPermission } from './modules/collection/collection.permissions';
import type { CustomersPermission } from './modules/customers/customers.permissions';
import type { MeteringPermission } from './modules/metering/metering.permissions';
import type { TariffPermission } from './modules/tariff/tariff.permissions';
import type { PlatformPermission, Role } from './platform/auth';

/** Every permission there is; a word that no module declares does not compile below. */
export type KnownPermission =
  | PlatformPermission
  | CustomersPermission
  | TariffPermission
  | MeteringPermission
  | BillingPermission
  | CollectionPermission;

/** What everybody sees who works for the company: records with their personal data masked. */
const STAFF = [
  'customers.customer.read',
  'customers.premise.read',
  'customers.account.read',
  'customers.account-import.read',
  'tariff.version.read',
  'tariff.price-book.read',
  'metering.usage-point.read',
  'metering.meter.read',
  'metering.installation.read',
  'metering.route.read',
  'metering.reading.read',
  'metering.import.read',
  'metering.finding.read',
  'metering.adjustment.read',
  'billing.bill.read',
  'billing.shared-amount.read',
  'billing.run.read',
  'billing.exception.read',
  'billing.cancellation.read',
  'collection.receivable.read',
  'collection.ledger.read',
  'collection.payment.read',
  'collection.refund.read',
  'collection.instalment.read',
  'collection.write-off.read',
  'collection.statement.read',
] as const satisfies readonly KnownPermission[];

/**
 * Who may do what, for an auditor to read: every role with everything it permits, and nothing more. What the same
 * person must not do twice (release a run that it created, approve an adjustment that it requested) is refused by the
 * approvals themselves, whatever the role.
 *
 * operator    runs the billing month and looks after the system
 * supervisor  approves what an operator or a clerk prepared, publishes prices, and sees personal data in full
 * clerk       keeps customers, accounts, meters and readings
 * cashier     takes payments, gives receipts, reverses a payment on its day
 * auditor     sees everything and changes nothing
 * agent       a bank or carrier that collects for the company; sees its own agency only
 * customer    sees its own accounts only
 */
export const ROLES: Readonly<Record<Role, readonly KnownPermission[]>> = {
  operator: [
    ...STAFF,
    'platform.metrics.read',
    'tariff.version.create',
    'metering.reading-import.create',
    'metering.reading.estimate',
    'metering.finding.check',
    'metering.finding.confirm',
    'billing.bill.preview',
    'billing.bill.replay',
    'billing.calculation.create',
    'billing.shared-amount.enter',
    'billing.run.create',
    'billing.run.verify',
    'billing.run.release',
    'billing.run.discard',
    'billing.period.detach',
    'billing.exception.resolve',
    'collection.ledger.verify',
    'billing.cancellation.request',
    'billing.cancellation.decline',
  ],
  supervisor: [
    ...STAFF,
    'platform.audit.read',
    'customers.customer.disclose',
    'customers.account.close',
    'tariff.version.create',
    'tariff.version.publish',
    'tariff.version.withdraw',
    'metering.reading.correct',
    'metering.finding.confirm',
    'metering.adjustment.approve',
    'billing.bill.preview',
    'billing.bill.replay',
    'billing.calculation.create',
    'billing.run.verify',
    'billing.run.release',
    'billing.run.discard',
    'billing.exception.resolve',
    'billing.cancellation.approve',
    'billing.cancellation.decline',
    'collection.refund.approve',
    'collection.instalment.approve',
    'collection.instalment.cancel',
    'collection.write-off.approve',
    'collection.credit.free',
  ],
  clerk: [
    ...STAFF,
    'customers.customer.create',
    'customers.customer.update',
    'customers.premise.create',
    'customers.account.create',
    'customers.account.close',
    'customers.terms.change',
    'customers.supply-circuit.change',
    'customers.transformer.change',
    'customers.account-import.create',
    'metering.usage-point.create',
    'metering.usage-point.change',
    'metering.meter.create',
    'metering.installation.change',
    'metering.installation-import.create',
    'metering.route.change',
    'metering.reading.enter',
    'metering.reading.correct',
    'metering.reading-import.create',
    'metering.finding.check',
    'metering.adjustment.request',
    'billing.bill.preview',
    'billing.calculation.create',
    'billing.shared-amount.enter',
    'billing.cancellation.request',
    'billing.cancellation.decline',
    'collection.instalment.request',
    'collection.write-off.request',
  ],
  cashier: [...STAFF, 'collection.payment.create', 'collection.payment.reverse', 'collection.tender.return', 'collection.refund.request'],
  auditor: [...STAFF, 'platform.audit.read', 'collection.ledger.verify', 'billing.bill.replay', 'billing.calculation.create'],
  agent: [],
  customer: ['customers.customer.read', 'customers.account.read', 'billing.bill.read', 'collection.statement.read'],
};
