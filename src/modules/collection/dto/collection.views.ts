import { DateField, DecimalField, IdField, MonthField, PageQuery, TextField } from '../../../platform/http';

export class ReceivableListQuery extends PageQuery {
  @TextField({ description: 'Account whose receivables are listed.', example: '1000000014', maxLength: 10, pattern: /^[0-9]{10}$/ })
  accountNo!: string;

  @DateField({ description: 'Day as of which the rest and the late-payment charge are shown; today unless told.', example: '2026-07-01', optional: true })
  asOf?: string;
}

/** What is owed from one bill. */
export class ReceivableView {
  @IdField({ description: 'Identity of the receivable.', example: '4001' })
  receivableId!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Bill that it comes from.', example: '20260500000012345', maxLength: 17 })
  billNo!: string;

  @DecimalField({ description: 'Amount, yuan: the total of the bill.', example: '218.40', decimals: 2, digits: 16 })
  amount!: string;

  @DateField({ description: 'Day of the release.', example: '2026-06-02' })
  openedOn!: string;

  @DateField({ description: 'Last day to pay without late-payment charge.', example: '2026-06-17' })
  dueOn!: string;

  @DateField({ description: 'Day on which its bill was cancelled: nothing is owed of it any more.', example: '2026-06-20', nullable: true })
  cancelledOn!: string | null;

  @IdField({ description: 'Instalment agreement that is kept on that day: the bill may be paid in parts.', example: '31', nullable: true })
  agreementId!: string | null;

  @DateField({ description: 'Day as of which the following amounts are shown.', example: '2026-07-01' })
  asOf!: string;

  @DecimalField({ description: 'What is not paid of the amount, yuan.', example: '218.40', decimals: 2, digits: 16 })
  outstanding!: string;

  @DecimalField({ description: 'Late-payment charge up to that day that is not paid, yuan.', example: '3.06', decimals: 2, digits: 16 })
  lateCharge!: string;

  @DecimalField({ description: 'Both together, yuan: what settles the bill on that day.', example: '221.46', decimals: 2, digits: 16 })
  totalOwed!: string;
}
