import { DateField, ListField, ObjectField, TextField, TextListField } from '../../../platform/http';
import { CreateMeter, RatioInput, RegisterReading } from './meter.dto';
import { ROUTE_CODE } from './route.dto';
import { ACCOUNT_NO, USAGE_POINT_NO, UsagePointContent } from './usage-point.dto';

export class UsagePointLine extends UsagePointContent {
  @TextField({ description: 'Number of the usage point.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P1000000004-1' })
  usagePointNo!: string;
}

/** One line of an installation import: a usage point of an account, its meter, route and parents. */
export class InstallationLine {
  @TextField({ description: 'Account.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004' })
  accountNo!: string;
  @ObjectField(() => UsagePointLine, { description: 'The usage point.' })
  usagePoint!: UsagePointLine;
  @ObjectField(() => CreateMeter, { description: 'Its meter; a fixed quantity or ratio has none.', optional: true })
  meter?: CreateMeter;
  @DateField({ description: 'Day of installation and first day of the usage point.', example: '2025-11-01' })
  installedOn!: string;
  @ObjectField(() => RatioInput, { description: 'Voltage transformer; 1/1 where absent.', optional: true })
  pt?: RatioInput;
  @ObjectField(() => RatioInput, { description: 'Current transformer; 1/1 where absent.', optional: true })
  ct?: RatioInput;
  @ListField(() => RegisterReading, { description: 'What each dial of the meter shows, each once.', maxItems: 9, optional: true })
  initialReadings?: RegisterReading[];
  @TextField({ description: 'Route on which the account is read from the month of installation on.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101', optional: true })
  routeCode?: string;
  @TextListField({ description: 'Main meter points; they stand on earlier lines or are on record.', maxItems: 10, maxLength: 24, example: ['P1000000004-0'], optional: true })
  parents?: string[];
}
