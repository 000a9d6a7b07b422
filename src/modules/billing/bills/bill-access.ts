import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/errors';
import { Actor, isStaff, ownScope, requireOwn } from '../../../platform/auth';
import { type BillHead, BillReader } from './bill-reader';

/** Whether a caller may look into runs before they are released. Customers and agents never may, whatever they hold. */
export function seesUnreleased(actor: Actor): boolean {
  return isStaff(actor) && actor.permissions.has('billing.run.read');
}

/** Decides which bills a caller may see; what is not for it answers like an absent bill. */
@Injectable()
export class BillAccess {
  constructor(private readonly reader: BillReader) {}

  /** The head of a bill that the caller may see. Throws BILLING.BILL_NOT_FOUND. */
  async require(actor: Actor, billNo: string): Promise<BillHead> {
    const head = await this.reader.head(billNo);
    if (head === null || ((!head.released || head.trial) && !seesUnreleased(actor))) throw new AppError('BILLING.BILL_NOT_FOUND');
    requireOwn(actor, { customerId: head.customerId }, 'BILLING.BILL_NOT_FOUND');
    return head;
  }

  /** The part of a list's filter that follows from the caller; null where the caller owns nothing at all. */
  scope(actor: Actor): { readonly withUnreleased: boolean; readonly customerId: string | null } | null {
    const own = ownScope(actor);
    if (own === null) return { withUnreleased: seesUnreleased(actor), customerId: null };
    return own.customerId ? { withUnreleased: false, customerId: own.customerId } : null;
  }
}
