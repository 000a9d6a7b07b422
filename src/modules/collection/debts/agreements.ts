import type { InstalmentRule, Instalments } from '../../../core/receivables';
import { dec } from '../../../core/quantity';

/** An instalment agreement as the database gives it, with what was received since, as known on a day. */
export interface AgreementRow extends InstalmentRule {
  readonly agreementId: string;
  readonly agreedOn: string;
  readonly cancelledOn: string | null;
  readonly outgrownOn: string | null;
  readonly parts: readonly { readonly dueOn: string; readonly amount: string }[];
  readonly receipts: readonly { readonly on: string; readonly amount: string }[];
}

/** The parts of the agreement `i`. */
export const PARTS_OF_AGREEMENT = `
  select json_agg(json_build_object('dueOn', due_on, 'amount', amount::text) order by part_no) from instalment_parts where agreement_id = i.agreement_id`;

/** What was paid on the receivables of the agreement `i` since it was made, less what was taken back, as known on $2; what was given up is not paid. */
export const RECEIPTS_OF_AGREEMENT = `
  select coalesce(json_agg(json_build_object('on', first_on, 'amount', amount::text) order by first_on), '[]')
    from (select min(coalesce(s.value_on, s.settled_on)) as first_on, sum(s.principal + s.late_charge) as amount
            from instalment_receivables covered join settlements s using (receivable_id)
           where covered.agreement_id = i.agreement_id and coalesce(s.undoes_settlement_id, s.settlement_id) > covered.after_settlement_id and s.settled_on <= $2
           group by coalesce(s.undoes_settlement_id, s.settlement_id)
          having bool_and(s.cause not in ('write-off', 'bill-cancelled'))) each`;

/** Day on which a payment on the receivables from before the agreement `i` was undone, the first one, as known on $2. */
export const OUTGROWN_ON = `
  select min(s.settled_on) from instalment_receivables covered join settlements s using (receivable_id)
   where covered.agreement_id = i.agreement_id and s.cause in ('payment-reversal', 'tender-return') and s.settlement_id > covered.after_settlement_id
     and s.undoes_settlement_id <= covered.after_settlement_id and s.settled_on <= $2`;

export function agreementOf({ agreementId, agreedOn, cancelledOn, outgrownOn, whileKept, afterBreak, parts, receipts }: AgreementRow): Instalments & { readonly agreementId: string } {
  return {
    agreementId,
    agreedOn,
    cancelledOn,
    outgrownOn,
    rule: { whileKept, afterBreak },
    parts: parts.map(({ dueOn, amount }) => ({ dueOn, amount: dec(amount) })),
    receipts: receipts.map(({ on, amount }) => ({ on, amount: dec(amount) })),
  };
}
