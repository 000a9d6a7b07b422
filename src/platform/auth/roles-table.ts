import type { Permission, Role } from './actor';

/** Which role holds which permissions; the application hands in the table of src/roles.ts. */
export class RolesTable {
  constructor(private readonly table: Readonly<Record<Role, readonly Permission[]>>) {}

  /** Everything that a user with these roles may do. */
  permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
    return new Set(roles.flatMap((role) => this.table[role]));
  }

  /** Every permission that some role holds. */
  all(): ReadonlySet<Permission> {
    return new Set(Object.values(this.table).flat());
  }
}
