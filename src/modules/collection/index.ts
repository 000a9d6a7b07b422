export { CollectionModule } from './collection.module';
export { COLLECTION_PERMISSIONS, type CollectionPermission } from './collection.permissions';
