import { DecimalField, FlagField, IdField, InstantField, ListField, MonthField, TextField } from '../../../../platform/http';

/** A monthly amount of one account, as it is entered. */
export class EnterSharedAmount {
  @MonthField({ description: 'Billing period that bears the amount.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Name of the amount, the same every month.', example: 'marketAllocation', maxLength: 60, pattern: /^[a-zA-Z][a-zA-Z0-9-]{0,59}$/ })
  name!: string;

  @TextField({ description: 'Name on the bill in Chinese.', example: '市场损益分摊费用', maxLength: 100 })
  titleZh!: string;

  @TextField({ description: 'Name on the bill in English.', example: 'Market allocation', maxLength: 100 })
  titleEn!: string;

  @DecimalField({ description: 'Amount, yuan; negative where the customer gets it back.', example: '952.35', decimals: 2, digits: 12 })
  amount!: string;

  @FlagField({ description: 'Whether it stands in the base of the power factor adjustment; true where left out.', example: true, optional: true })
  inPowerFactorBase?: boolean;
}

/** A shared amount in force. */
export class SharedAmountView {
  @IdField({ description: 'Id of the entry.', example: '31' })
  sharedAmountId!: string;

  @MonthField({ description: 'Billing period that bears the amount.', example: '2026-05' })
  period!: string;

  @TextField({ description: 'Name of the amount.', example: 'marketAllocation', maxLength: 60 })
  name!: string;

  @TextField({ description: 'Name on the bill in Chinese.', example: '市场损益分摊费用', maxLength: 100 })
  titleZh!: string;

  @TextField({ description: 'Name on the bill in English.', example: 'Market allocation', maxLength: 100 })
  titleEn!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '952.35', decimals: 2, digits: 16 })
  amount!: string;

  @FlagField({ description: 'Whether it stands in the base of the power factor adjustment.', example: true })
  inPowerFactorBase!: boolean;

  @InstantField({ description: 'When it was entered.', example: '2026-06-01T02:00:00.000Z' })
  recordedAt!: Date;
}

/** The amounts of one account and month; a new entry of the same name takes the place of the old one. */
export class SharedAmountsView {
  @ListField(() => SharedAmountView, { description: 'In the order of their names.', maxItems: 200 })
  items!: readonly SharedAmountView[];
}

/** Which month is asked for. */
export class SharedAmountQuery {
  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;
}
