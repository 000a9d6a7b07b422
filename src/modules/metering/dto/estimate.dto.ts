import { EnumField, IntField, ListField, MonthField, TextField } from '../../../platform/http';
import { METER_REGISTERS, NOT_ESTIMATED } from '../metering.codes';
import { ROUTE_CODE } from './route.dto';

export class EstimateReadingsInput {
  @MonthField({ description: 'Month whose reading day is looked at.', example: '2026-02' })
  month!: string;
  @TextField({ description: 'Only accounts on this route.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101', optional: true })
  routeCode?: string;
  @IntField({ description: 'Estimates in a row that a dial may have; one more is left to a person.', min: 1, max: 6, example: 2, default: 2, optional: true })
  inARow: number = 2;
}

export class NotEstimatedView {
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, example: '3140012345678' })
  meterNo!: string;
  @TextField({ description: 'Account.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @EnumField({ description: 'Why it was left to a person.', values: NOT_ESTIMATED, example: 'NO_HISTORY' })
  reason!: string;
}

export class EstimatesView {
  @IntField({ description: 'Readings that were estimated.', example: 12 })
  estimated!: number;
  @IntField({ description: 'Dials that were left to a person.', example: 1 })
  skipped!: number;
  @ListField(() => NotEstimatedView, { description: 'The first 100 of them.', maxItems: 100 })
  skippedDials!: NotEstimatedView[];
}
