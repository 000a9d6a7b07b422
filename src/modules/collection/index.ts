export { CollectionModule } from './collection.module';
export { SealLedger } from './ledger/seal-ledger';
export { VerifyLedger } from './ledger/verify-ledger';
export { registerLedgerCommands } from './ledger/ledger.commands';
export { COLLECTION_PERMISSIONS, type CollectionPermission } from './collection.permissions';
