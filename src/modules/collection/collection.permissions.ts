/** What looking at receivables and at the books, and moving money, lets a role do. */
export const COLLECTION_PERMISSIONS = [
  'collection.receivable.read',
  'collection.ledger.read',
  'collection.ledger.verify',
  'collection.statement.read',
  'collection.payment.read',
  'collection.payment.create',
  'collection.payment.reverse',
  'collection.tender.return',
  'collection.refund.read',
  'collection.refund.request',
  'collection.refund.approve',
  'collection.credit.free',
  'collection.instalment.read',
  'collection.instalment.request',
  'collection.instalment.approve',
  'collection.instalment.cancel',
  'collection.write-off.read',
  'collection.write-off.request',
  'collection.write-off.approve',
] as const;
export type CollectionPermission = (typeof COLLECTION_PERMISSIONS)[number];
