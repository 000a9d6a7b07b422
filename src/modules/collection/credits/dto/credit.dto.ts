import { DateField, DecimalField, IdField, MonthField, PageQuery, TextField } from '../../../../platform/http';

export class CreditListQuery extends PageQuery {}

export class CreditRelease {
  @TextField({ description: 'Why nothing waits for the successor any more.', example: 'the month is not billed again: the flat stood empty', maxLength: 200 })
  reason!: string;
}

/** What a cancelled bill had moved on its account, and whether it still waits for the successor. */
export class CancellationCreditView {
  @IdField({ description: 'Identity of the cancellation.', example: '77' })
  cancellationId!: string;

  @TextField({ description: 'Account.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @MonthField({ description: 'Billing period of the cancelled bill.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Cancelled bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @DecimalField({ description: 'Principal that had been paid and became credit, yuan.', example: '100.00', decimals: 2, digits: 16 })
  principal!: string;

  @DecimalField({ description: 'Late-payment charge that had been paid and became credit, yuan.', example: '2.00', decimals: 2, digits: 16 })
  lateCharge!: string;

  @DecimalField({ description: 'Write-off that was taken back, yuan.', example: '0.00', decimals: 2, digits: 16 })
  writtenOff!: string;

  @DecimalField({ description: 'Credit that the bill (a negative one) had given and that was taken back, yuan.', example: '0.00', decimals: 2, digits: 16 })
  recalled!: string;

  @DecimalField({ description: 'Of it, what was held no longer and is owed as a receivable, yuan.', example: '0.00', decimals: 2, digits: 16 })
  shortfall!: string;

  @DateField({ description: 'Day of the cancellation.', example: '2026-06-20' })
  openedOn!: string;

  @DateField({ description: 'Day from which the credit waits no longer: the successor was released, or a person freed it.', example: '2026-06-21', nullable: true })
  freedOn!: string | null;

  @TextField({ description: 'Why a person freed it.', example: 'the month is not billed again: the flat stood empty', maxLength: 200, nullable: true })
  freedReason!: string | null;
}
