import { DateField, IdField, IntField, MonthField, PageQuery, TextField, TextListField } from '../../../platform/http';
import { ACCOUNT_NO } from './usage-point.dto';

export const ROUTE_CODE = /^[0-9A-Z][0-9A-Z-]{1,23}$/;

export class CreateRoute {
  @TextField({ description: 'Code of the route.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101' })
  routeCode!: string;
  @TextField({ description: 'Region that it lies in.', maxLength: 32, pattern: /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/, example: '310100' })
  regionCode!: string;
  @IntField({ description: 'Day of the month on which it is read; a cycle goes from it to that of the next month.', min: 1, max: 28, example: 5 })
  readingDay!: number;
  @IntField({ description: 'Days before and after the reading day on which a reading still counts for it.', min: 0, max: 14, example: 3, default: 3, optional: true })
  windowDays: number = 3;
}

export class RouteView extends CreateRoute {
  @IdField({ description: 'Id of the route.', example: '7' })
  routeId!: string;
}

export class RouteQuery extends PageQuery {
  @TextField({ description: 'Only the one of this code.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101', optional: true })
  routeCode?: string;
  @TextField({ description: 'Only those of this region.', maxLength: 32, example: '310100', optional: true })
  regionCode?: string;
}

export class AssignAccounts {
  @TextListField({ description: 'Accounts that are read on the route.', minItems: 1, maxItems: 1000, maxLength: 10, pattern: ACCOUNT_NO, example: ['1000000004'] })
  accountNos!: string[];
  @MonthField({ description: 'First month; its reading day is already that of the route.', example: '2026-01' })
  fromMonth!: string;
}

export class AssignmentResult {
  @IntField({ description: 'Accounts that were put on the route.', example: 1 })
  assigned!: number;
  @IntField({ description: 'Accounts that were on it already.', example: 0 })
  unchanged!: number;
}

export class RouteAccountView {
  @TextField({ description: 'Account.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @DateField({ description: 'First day.', example: '2026-01-01' })
  validFrom!: string;
  @DateField({ description: 'First day after; null where open.', example: '2026-03-01', nullable: true })
  validTo!: string | null;
}

export class CycleQuery {
  @TextField({ description: 'Account.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004' })
  accountNo!: string;
  @MonthField({ description: 'Billing period.', example: '2026-01' })
  period!: string;
}

export class CycleView {
  @TextField({ description: 'Account.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @MonthField({ description: 'Billing period.', example: '2026-01' })
  period!: string;
  @DateField({ description: 'First day of the cycle.', example: '2026-01-05' })
  from!: string;
  @DateField({ description: 'First day after the cycle.', example: '2026-02-05' })
  to!: string;
  @TextField({ description: 'Route at the beginning; null where the account is on none (read on day 1).', maxLength: 24, example: 'R0101', nullable: true })
  routeCode!: string | null;
}
