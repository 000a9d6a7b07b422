import { DateField, DecimalField, EnumField, IdField, PageQuery, TextField } from '../../../platform/http';

export class ClaimListQuery extends PageQuery {
  @TextField({ description: 'Only of this account.', example: '1000000014', maxLength: 10, pattern: /^[0-9]{10}$/, optional: true })
  accountNo?: string;

  @EnumField({ values: ['open', 'settled'], description: 'Only those of which something, or nothing, is open.', example: 'open', optional: true })
  state?: 'open' | 'settled';
}

/** What an account owes because a tender came back after its money had been paid out. It bears no late charge. */
export class ClaimView {
  @IdField({ description: 'Identity of the claim.', example: '12' })
  claimId!: string;

  @TextField({ description: 'Account that owes it.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @IdField({ description: 'Payment whose tender came back.', example: '7001' })
  paymentId!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '150.00', decimals: 2, digits: 16 })
  amount!: string;

  @DateField({ description: 'Day on which the tender came back.', example: '2026-06-09' })
  openedOn!: string;

  @DecimalField({ description: 'What is not paid of it, yuan.', example: '150.00', decimals: 2, digits: 16 })
  outstanding!: string;

  @DateField({ description: 'Day on which it was paid whole.', example: '2026-06-20', nullable: true })
  settledOn!: string | null;
}
