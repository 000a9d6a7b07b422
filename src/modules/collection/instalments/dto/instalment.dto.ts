import { type CodeOf, DateField, DecimalField, defineCodeList, EnumField, IdField, IntField, ListField, MonthField, TextField, TextListField } from '../../../../platform/http';
import { RequestListQuery, RequestView } from '../../requests/request.dto';

const ACCOUNT_NO = /^[0-9]{10}$/;

export const INSTALMENT_STATES = defineCodeList('instalment-states', [
  { code: 'requested', en: 'Waits for a second person', zh: '待审批' },
  { code: 'active', en: 'In force and kept', zh: '执行中' },
  { code: 'ended', en: 'Everything was paid', zh: '已履行完毕' },
  { code: 'broken', en: 'A part was not paid in time, or a payment from before it was undone: the whole is due', zh: '已违约或协议前缴费被撤销，全部到期' },
  { code: 'cancelled', en: 'Ended early by a person: the whole is due', zh: '已终止，全部到期' },
  { code: 'rejected', en: 'Rejected by the second person', zh: '未批准' },
  { code: 'withdrawn', en: 'Withdrawn by whoever asked', zh: '已撤回' },
]);
export type InstalmentState = CodeOf<typeof INSTALMENT_STATES>;

export const WHILE_KEPT = defineCodeList('instalments-while-kept', [
  { code: 'suspended', en: 'The late-payment charge stands still', zh: '暂停计收违约金' },
  { code: 'continued', en: 'The late-payment charge goes on', zh: '继续计收违约金' },
]);

export const AFTER_BREAK = defineCodeList('instalments-after-break', [
  { code: 'from-first-due-date', en: 'Charged as if there had been no agreement', zh: '自原到期日起计收违约金' },
  { code: 'from-break', en: 'The days up to the break stay free', zh: '自违约之日起计收违约金' },
]);

export class InstalmentPartInput {
  @DateField({ description: 'Last day on which it is paid in time.', example: '2026-07-10' })
  dueOn!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '400.00', decimals: 2, digits: 12, min: '0.01' })
  amount!: string;
}

/** Parts that add up to what is owed today, late charges included. */
export class NewInstalments {
  @TextField({ description: 'Account that owes.', example: '1000000014', maxLength: 10, pattern: ACCOUNT_NO })
  accountNo!: string;

  @TextListField({ description: 'Receivables that are paid in parts; all open ones of the account unless told.', example: ['4001'], minItems: 1, maxItems: 100, maxLength: 19, pattern: /^[1-9]\d{0,18}$/, optional: true })
  receivableIds?: string[];

  @ListField(() => InstalmentPartInput, { description: 'Parts with rising due dates.', minItems: 2, maxItems: 60 })
  parts!: InstalmentPartInput[];

  @TextField({ description: 'Why.', example: 'illness in the family', maxLength: 200 })
  reason!: string;
}

export class InstalmentPartView {
  @IntField({ description: 'Number inside the agreement.', example: 1, min: 1 })
  partNo!: number;

  @DateField({ description: 'Last day on which it is paid in time.', example: '2026-07-10' })
  dueOn!: string;

  @DecimalField({ description: 'Amount, yuan.', example: '400.00', decimals: 2, digits: 16 })
  amount!: string;

  @DecimalField({ description: 'What has been paid of it, yuan; money counts on the oldest part first.', example: '150.00', decimals: 2, digits: 16 })
  paid!: string;
}

export class InstalmentReceivableView {
  @IdField({ description: 'Receivable.', example: '4001' })
  receivableId!: string;

  @MonthField({ description: 'Billing period.', example: '2026-05' })
  period!: string;

  @DecimalField({ description: 'Principal that was owed on the day of the agreement, yuan.', example: '1000.00', decimals: 2, digits: 16 })
  principal!: string;

  @DecimalField({ description: 'Late-payment charge that was owed on the day of the agreement, yuan.', example: '12.00', decimals: 2, digits: 16 })
  lateCharge!: string;
}

export class InstalmentAgreementView extends RequestView {
  @IdField({ description: 'Identity of the agreement.', example: '31' })
  agreementId!: string;

  @TextField({ description: 'Account that owes.', example: '1000000014', maxLength: 10 })
  accountNo!: string;

  @DateField({ description: 'Day of the agreement, whose debts the parts add up to.', example: '2026-06-20' })
  agreedOn!: string;

  @DecimalField({ description: 'What was owed on that day, yuan.', example: '1012.00', decimals: 2, digits: 16 })
  total!: string;

  @EnumField({ values: WHILE_KEPT, description: 'The late-payment charge while the agreement is kept.', example: 'suspended' })
  whileKept!: CodeOf<typeof WHILE_KEPT>;

  @EnumField({ values: AFTER_BREAK, description: 'The late-payment charge once it is broken.', example: 'from-first-due-date' })
  afterBreak!: CodeOf<typeof AFTER_BREAK>;

  @TextField({ description: 'Why.', example: 'illness in the family', maxLength: 200 })
  reason!: string;

  @EnumField({ values: INSTALMENT_STATES, description: 'What became of it.', example: 'active' })
  state!: InstalmentState;

  @ListField(() => InstalmentReceivableView, { description: 'What is paid by it.', maxItems: 100 })
  receivables!: InstalmentReceivableView[];

  @ListField(() => InstalmentPartView, { description: 'Parts with what has been paid of each.', maxItems: 60 })
  parts!: InstalmentPartView[];

  @DateField({ description: 'Due date of the part that was not paid in time, or day on which a payment from before the agreement was undone.', example: '2026-08-10', nullable: true })
  brokenOn!: string | null;

  @DateField({ description: 'Day on which nothing was owed any more.', example: '2026-09-10', nullable: true })
  endedOn!: string | null;

  @DateField({ description: 'Day on which a person ended it early.', example: '2026-08-01', nullable: true })
  cancelledOn!: string | null;

  @TextField({ description: 'Why it was ended early.', example: 'the customer asked for it', maxLength: 200, nullable: true })
  cancelledBecause!: string | null;
}

export class InstalmentListQuery extends RequestListQuery {
  @EnumField({ values: INSTALMENT_STATES, description: 'Only those in this state, as it was last written down: what happens to it is noted within ten minutes.', example: 'active', optional: true })
  state?: InstalmentState;
}
