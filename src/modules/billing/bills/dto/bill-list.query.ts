import { EnumField, IdField, MonthField, PageQuery, TextField } from '../../../../platform/http';

/** Filters of the list of bills; without any, all bills that the caller may see. */
export class BillListQuery extends PageQuery {
  @TextField({ description: 'Bills of this account.', example: '1000000014', maxLength: 10, pattern: /^\d{10}$/, optional: true })
  accountNo?: string;

  @MonthField({ description: 'Bills of this billing period.', example: '2026-05', optional: true })
  period?: string;

  @IdField({ description: 'Bills of this run.', example: '12', optional: true })
  runId?: string;
}

/** How a bill's page is to be shown. */
export class BillPageQuery {
  @EnumField({ description: 'Language of the page; by Accept-Language where it is left out.', example: 'zh', values: ['zh', 'en'], optional: true })
  lang?: 'zh' | 'en';
}
