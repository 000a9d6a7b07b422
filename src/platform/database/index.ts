export { copyLines, copyRows } from './copy';
export { copyFields, type CopyValue } from './copy-text';
export { Database, affectedRows, savepoint, type Isolation } from './database';
export { DatabaseModule } from './database.module';
export { dataSourceOptions } from './data-source';
export { migrate, migrationStatus, revertLast, redoLast } from './migrator';
export type { Tx } from './tx';
export { wholeNumber } from './whole-number';
export { RecordedRow } from './recorded-row';
