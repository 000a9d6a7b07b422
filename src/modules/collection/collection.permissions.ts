/** What looking at receivables and at the books lets a role do. */
export const COLLECTION_PERMISSIONS = ['collection.receivable.read', 'collection.ledger.read'] as const;
export type CollectionPermission = (typeof COLLECTION_PERMISSIONS)[number];
