import { type CodeOf, DateField, DecimalField, EnumField, IdField, InstantField, IntField, ListField, ObjectField, PageQuery, TextField, TextListField } from '../../../../platform/http';
import { PAYMENT_STATES, TENDER_KINDS, type TenderKind } from '../payments.codes';

const ACCOUNT_NO = /^[0-9]{10}$/;

export class TenderInput {
  @EnumField({ values: TENDER_KINDS, description: 'How it was handed over.', example: 'cash' })
  kind!: TenderKind;

  @DecimalField({ description: 'What was handed over, yuan; for cash before change.', example: '300.00', decimals: 2, digits: 12, min: '0.01' })
  amount!: string;

  @TextField({ description: 'Number of the cheque, card slip or transfer.', example: 'POS-00231', maxLength: 64, optional: true })
  reference?: string;
}

/** A payment at the counter. Either accounts or receivables are named. */
export class NewPayment {
  @DecimalField({ description: 'What is paid, yuan: the tenders without the change.', example: '218.40', decimals: 2, digits: 12, min: '0.01' })
  amount!: string;

  @ListField(() => TenderInput, { description: 'What was handed over; change is given for cash only.', minItems: 1, maxItems: 20 })
  tenders!: TenderInput[];

  @TextListField({ description: 'Accounts whose open receivables are paid, the oldest period first.', example: ['1000000014'], minItems: 1, maxItems: 50, maxLength: 10, pattern: ACCOUNT_NO, optional: true })
  accountNos?: string[];

  @TextListField({ description: 'Receivables that are paid, instead of accounts.', example: ['4001'], minItems: 1, maxItems: 200, maxLength: 19, pattern: /^[1-9]\d{0,18}$/, optional: true })
  receivableIds?: string[];

  @TextListField({ description: 'Claims that are paid after the bills, the oldest first, also in part.', example: ['12'], minItems: 1, maxItems: 50, maxLength: 19, pattern: /^[1-9]\d{0,18}$/, optional: true })
  claimIds?: string[];

  @TextField({ description: 'Account that keeps the rest as prepayment, or hands its prepayment over; the first one unless told.', example: '1000000014', maxLength: 10, pattern: ACCOUNT_NO, optional: true })
  prepayAccountNo?: string;

  @DateField({ description: 'Day from which the money counts for late charges and instalments: for transfers, cheques and direct debits, an earlier one within the rule; today unless told.', example: '2026-06-01', optional: true })
  valueOn?: string;
}

export class TenderView {
  @IntField({ description: 'Number inside the payment.', example: 1, min: 1 })
  tenderNo!: number;

  @EnumField({ values: TENDER_KINDS, description: 'How it was handed over.', example: 'cash' })
  kind!: TenderKind;

  @DecimalField({ description: 'What was handed over, yuan.', example: '300.00', decimals: 2, digits: 16 })
  amount!: string;

  @TextField({ description: 'Number of the cheque, card slip or transfer.', example: 'POS-00231', maxLength: 64, nullable: true })
  reference!: string | null;

  @DateField({ description: 'Day on which it came back.', example: '2026-06-09', nullable: true })
  returnedOn!: string | null;
}

/** The part of a payment that was set against one receivable. */
export class AllocationView {
  @IdField({ description: 'Receivable.', example: '4001' })
  receivableId!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @TextField({ description: 'Billing period.', example: '2026-05', maxLength: 7 })
  period!: string;

  @TextField({ description: 'Bill.', example: '20260500000012345', maxLength: 17 })
  billNo!: string;

  @DecimalField({ description: 'Principal settled, yuan.', example: '218.40', decimals: 2, digits: 16 })
  principal!: string;

  @DecimalField({ description: 'Late-payment charge paid, yuan.', example: '0.00', decimals: 2, digits: 16 })
  lateCharge!: string;
}

/** The part of a payment that was set against a claim. */
export class ClaimedView {
  @IdField({ description: 'Claim.', example: '12' })
  claimId!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @DecimalField({ description: 'Paid of it, yuan.', example: '150.00', decimals: 2, digits: 16 })
  amount!: string;
}

export class PrepaidView {
  @TextField({ description: 'Account that the money is held for.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @DecimalField({ description: 'Held as prepayment, yuan.', example: '50.00', decimals: 2, digits: 16 })
  amount!: string;
}

/** A payment without what it settled. */
export class PaymentSummaryView {
  @IdField({ description: 'Identity of the payment.', example: '7001' })
  paymentId!: string;

  @TextField({ description: 'Number on the receipt.', example: '202606020000007001', maxLength: 27 })
  receiptNo!: string;

  @EnumField({ values: PAYMENT_STATES, description: 'What became of it.', example: 'received' })
  state!: CodeOf<typeof PAYMENT_STATES>;

  @DateField({ description: 'Business day.', example: '2026-06-02' })
  receivedOn!: string;

  @DateField({ description: 'Day from which the money counts for late charges and instalments.', example: '2026-06-02' })
  valueOn!: string;

  @InstantField({ description: 'Instant of the payment.', example: '2026-06-02T02:15:00.000Z' })
  receivedAt!: string;

  @DecimalField({ description: 'What was handed over, yuan.', example: '300.00', decimals: 2, digits: 16 })
  tendered!: string;

  @DecimalField({ description: 'Change given, yuan.', example: '81.60', decimals: 2, digits: 16 })
  change!: string;

  @DecimalField({ description: 'What was paid, yuan: allocations and prepayment together.', example: '218.40', decimals: 2, digits: 16 })
  amount!: string;

  @ListField(() => TenderView, { description: 'What was handed over.', maxItems: 20 })
  tenders!: TenderView[];

  @ObjectField(() => PrepaidView, { description: 'What is left for later bills.', nullable: true })
  prepaid!: PrepaidView | null;
}

export class PaymentView extends PaymentSummaryView {
  @ListField(() => AllocationView, { description: 'What it settled, in the order of settlement.', maxItems: 5000 })
  allocations!: AllocationView[];

  @ListField(() => ClaimedView, { description: 'What it paid of claims.', maxItems: 50 })
  claims!: ClaimedView[];
}

export class PaymentListQuery extends PageQuery {
  @TextField({ description: 'Only those that settled receivables of this account, or are held for it.', example: '1000000014', maxLength: 10, pattern: ACCOUNT_NO, optional: true })
  accountNo?: string;

  @EnumField({ values: PAYMENT_STATES, description: 'Only those in this state.', example: 'received', optional: true })
  state?: CodeOf<typeof PAYMENT_STATES>;

  @EnumField({ values: TENDER_KINDS, description: 'Only those with such a tender.', example: 'cheque', optional: true })
  tenderKind?: TenderKind;

  @TextField({ description: 'Only those with a tender of this number.', example: 'POS-00231', maxLength: 64, optional: true })
  reference?: string;

  @IdField({ description: 'Only those taken by this user.', example: '7', optional: true })
  receivedBy?: string;

  @DateField({ description: 'Only those of this business day or later.', example: '2026-06-01', optional: true })
  from?: string;

  @DateField({ description: 'Only those of this business day or earlier.', example: '2026-06-30', optional: true })
  until?: string;
}

export class ReversalInput {
  @TextField({ description: 'Why the payment is undone.', example: 'wrong account', maxLength: 200 })
  reason!: string;
}

export class ReturnInput {
  @TextField({ description: 'Why the tender came back.', example: 'insufficient funds', maxLength: 200 })
  reason!: string;
}

export class ReceiptQuery {
  @EnumField({ values: ['zh', 'en'], description: 'Language; by Accept-Language unless told.', example: 'zh', optional: true })
  lang?: 'zh' | 'en';
}
