export { CollectionModule } from './collection.module';
export { registerLedgerCommands } from './ledger/ledger.commands';
export { COLLECTION_PERMISSIONS, type CollectionPermission } from './collection.permissions';
