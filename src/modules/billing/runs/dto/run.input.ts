import { DecimalField, EnumField, IdField, IntField, ListField, MonthField, ObjectField, PageQuery, TextField, TextListField } from '../../../../platform/http';
import { BILLABLE_PERIODS } from '../period-order';
import { POPULATION_KINDS } from '../population';
import { RUN_KINDS, RUN_STATES, type RunKind } from '../run-states';

/** Which accounts a run covers. */
export class PopulationBody {
  @EnumField({ values: POPULATION_KINDS, description: 'How the accounts are named; the list of that name belongs to it.', example: 'region' })
  by!: (typeof POPULATION_KINDS)[number];

  @TextListField({ description: 'With by = region.', example: ['310101'], minItems: 1, maxItems: 500, maxLength: 32, optional: true })
  regionCodes?: string[];

  @TextListField({ description: 'With by = routes: routes that the accounts are read on in that month.', example: ['R-0101'], minItems: 1, maxItems: 2000, maxLength: 24, optional: true })
  routeCodes?: string[];

  @TextListField({ description: 'With by = accounts.', example: ['1000000014'], minItems: 1, maxItems: 50000, maxLength: 10, pattern: /^[0-9]{10}$/, optional: true })
  accountNos?: string[];
}

/** Another tariff for the accounts of a price book, in a trial. */
export class TrialTariffBody {
  @TextField({ description: 'Price book that accounts have in their terms.', example: 'guangxi-2026', maxLength: 80 })
  priceBook!: string;

  @IdField({ description: 'Version to price under on all days, a draft or published one, of this or another book; or underPriceBook.', example: '12', optional: true })
  tariffVersionId?: string;

  @TextField({ description: 'Price book whose version of the first day of the period is taken on all days.', example: 'shanghai-2026', maxLength: 80, optional: true })
  underPriceBook?: string;
}

export class StartRunBody {
  @MonthField({ description: `Billing period, from ${BILLABLE_PERIODS.from} to ${BILLABLE_PERIODS.to}.`, example: '2026-05', ...BILLABLE_PERIODS })
  period!: string;

  @ObjectField(() => PopulationBody, { description: 'Accounts to bill.', example: { by: 'region', regionCodes: ['310101'] } })
  population!: PopulationBody;

  @EnumField({ values: RUN_KINDS, description: 'A trial run has no effect and is never released. A rebill run bills accounts of the population whose bills of the period are cancelled and have no successor.', example: 'regular' })
  kind!: RunKind;

  @ListField(() => TrialTariffBody, { description: 'With kind = trial: tariffs in place of those in force; without any, the trial prices as a regular run would.', maxItems: 50, optional: true })
  tariffs?: TrialTariffBody[];
}

export class RunListQuery extends PageQuery {
  @MonthField({ description: 'Only runs of this period.', example: '2026-05', optional: true })
  period?: string;

  @EnumField({ values: RUN_KINDS, description: 'Only runs of this kind.', example: 'regular', optional: true })
  kind?: string;

  @EnumField({ values: RUN_STATES, description: 'Only runs in this state.', example: 'computing', optional: true })
  state?: string;
}

export class ReasonBody {
  @TextField({ description: 'Why; it stands in the history.', example: 'Checked against the load report of the district', maxLength: 500 })
  reason!: string;
}

export class CheckBody {
  @IntField({ description: 'A bill is a jump where it differs from the last one by more than so many percent …', example: 50, min: 1, max: 10000, optional: true, default: 50 })
  jumpPercent: number = 50;

  @DecimalField({ description: '… and by more than so many yuan.', example: '100.00', decimals: 2, min: '0', optional: true })
  jumpYuan: string = '100.00';
}

export class JumpQuery extends PageQuery {
  @IntField({ description: 'A bill is a jump where it differs from the last one by more than so many percent …', example: 50, min: 1, max: 10000, optional: true, default: 50 })
  jumpPercent: number = 50;

  @DecimalField({ description: '… and by more than so many yuan.', example: '100.00', decimals: 2, min: '0', optional: true })
  jumpYuan: string = '100.00';

  @EnumField({ values: ['up', 'down'], description: 'Only bills that became larger, or smaller.', example: 'up', optional: true })
  direction?: 'up' | 'down';

  @TextField({ description: 'Only this category.', example: 'residential', maxLength: 40, optional: true })
  category?: string;

  @TextField({ description: 'Only this region.', example: '310101', maxLength: 32, optional: true })
  regionCode?: string;
}
