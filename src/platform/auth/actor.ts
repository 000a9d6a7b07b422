import { AppError, ErrorCode } from '../errors';

/** The roles of the company's users, its agents and its customers. What each may do stands in src/roles.ts. */
export const ROLE_NAMES = ['operator', 'supervisor', 'clerk', 'cashier', 'auditor', 'agent', 'customer'] as const;
export type Role = (typeof ROLE_NAMES)[number];

/** `area.thing.action`, as the modules' permission files list them. */
export type Permission = `${string}.${string}.${string}`;

/** Who calls: a user with its roles and everything that these permit. */
export class Actor {
  readonly userId!: string;
  readonly name!: string;
  readonly roles!: readonly Role[];
  readonly permissions!: ReadonlySet<Permission>;
  /** The agency that an agent's user works for. */
  readonly agencyId?: string;
  /** The customer that a customer's user is. */
  readonly customerId?: string;
}

/** Who owns a record, as far as agents and customers are concerned. */
export interface Ownership {
  readonly agencyId?: string | null;
  readonly customerId?: string | null;
}

const STAFF: readonly Role[] = ['operator', 'supervisor', 'clerk', 'cashier', 'auditor'];

/** Whether the caller works for the company itself, so that no record is hidden from it by ownership. */
export function isStaff(actor: Actor): boolean {
  return actor.roles.some((role) => STAFF.includes(role));
}

/**
 * What a list must be narrowed to: null for staff; else the caller's own agency or customer. A caller that is
 * bound to neither gets `{}`, which owns nothing.
 */
export function ownScope(actor: Actor): Ownership | null {
  if (isStaff(actor)) return null;
  return {
    ...(actor.agencyId === undefined ? {} : { agencyId: actor.agencyId }),
    ...(actor.customerId === undefined ? {} : { customerId: actor.customerId }),
  };
}

/** Whether a record is the caller's own: its customer's or its agency's. Always true for staff. */
export function ownsRecord(actor: Actor, owner: Ownership): boolean {
  if (isStaff(actor)) return true;
  const same = (own: string | undefined, found: string | null | undefined): boolean => own !== undefined && own === found;
  return same(actor.customerId, owner.customerId) || same(actor.agencyId, owner.agencyId);
}

/**
 * Answers another's record exactly like an absent one: throws the record's own not-found code unless the caller is
 * staff or owns it, so that nobody learns by asking which records exist.
 */
export function requireOwn(actor: Actor, owner: Ownership, notFound: ErrorCode): void {
  if (!ownsRecord(actor, owner)) throw new AppError(notFound);
}
