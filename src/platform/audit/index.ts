export { Audit } from './audit';
export type { AuditEntry } from './audit';
