import { PLATFORM_PERMISSIONS as platform } from './platform/auth/platform.permissions';
import type { Permission, Role } from './platform/auth';

/**
 * Who may do what, for an auditor to read: every role with everything it permits, and nothing more.
 *
 * operator    runs the billing month and looks after the system
 * supervisor  approves what an operator or a clerk prepared, and publishes prices
 * clerk       keeps customers, accounts, meters and readings
 * auditor     sees everything and changes nothing
 * agent       a bank or carrier that collects for the company; sees its own agency only
 * customer    sees its own accounts only
 */
export const ROLES: Readonly<Record<Role, readonly Permission[]>> = {
  operator: [platform.metricsRead],
  supervisor: [platform.auditRead],
  clerk: [],
  auditor: [platform.auditRead],
  agent: [],
  customer: [],
};
