import {
  DateField,
  DecimalField,
  EnumField,
  FlagField,
  IdField,
  InstantField,
  IntField,
  JsonField,
  ListField,
  MonthField,
  PageQuery,
  TextField,
} from '../../../platform/http';
import { METER_REGISTERS, READING_FINDING_CODES, READING_FINDING_STATES, READING_KINDS, READING_SOURCES } from '../metering.codes';
import { ASSET_NO } from './meter.dto';
import { ROUTE_CODE } from './route.dto';
import { ACCOUNT_NO } from './usage-point.dto';

export class EnterReading {
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678' })
  meterNo!: string;
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @DateField({ description: 'Day of the reading.', example: '2026-02-01' })
  readOn!: string;
  @DecimalField({ description: 'What the dial shows; never rounded.', decimals: 4, digits: 10, min: '0', example: '1234.56' })
  reading!: string;
  @EnumField({ description: 'Where it comes from.', values: READING_SOURCES, example: 'manual' })
  source!: string;
}

export class CorrectReading {
  @DecimalField({ description: 'What the dial really showed.', decimals: 4, digits: 10, min: '0', example: '1243.56' })
  reading!: string;
  @TextField({ description: 'Why the recorded one is wrong.', maxLength: 300, example: 'Digits exchanged, photograph checked' })
  reason!: string;
}

export class FindingView {
  @IdField({ description: 'Id of the finding.', example: '5' })
  findingId!: string;
  @EnumField({ description: 'What is doubtful.', values: READING_FINDING_CODES, example: 'METERING.USAGE_JUMP' })
  code!: string;
  @FlagField({ description: 'Whether it stops the bill until it is decided.', example: true })
  blocking!: boolean;
  @EnumField({ description: 'State.', values: READING_FINDING_STATES, example: 'open' })
  state!: string;
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, example: '3140012345678' })
  meterNo!: string;
  @TextField({ description: 'Account.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @DateField({ description: 'Day of the reading, or the reading day on which it is missing.', example: '2026-02-01' })
  concernsOn!: string;
  @IdField({ description: 'The reading; null where it is missing.', example: '1001', nullable: true })
  readingId!: string | null;
  @DecimalField({ description: 'What the dial shows; null where it is missing.', decimals: 4, example: '1234.56', nullable: true })
  reading!: string | null;
  @JsonField({ description: 'The figures that it was found by.', example: { energy: '4200', usual: '350', changePercent: '1100' } })
  figures!: Record<string, unknown>;
  @TextField({ description: 'Reason of the decision; null while open.', maxLength: 300, example: 'New air conditioning, seen on site', nullable: true })
  reason!: string | null;
}

export class ReadingView {
  @IdField({ description: 'Id of the reading.', example: '1001' })
  readingId!: string;
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, example: '3140012345678' })
  meterNo!: string;
  @TextField({ description: 'Account.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @DateField({ description: 'Day of the reading.', example: '2026-02-01' })
  readOn!: string;
  @DecimalField({ description: 'What the dial shows.', decimals: 4, example: '1234.56' })
  reading!: string;
  @EnumField({ description: 'At installation, periodic, or at removal.', values: READING_KINDS, example: 'periodic' })
  kind!: string;
  @EnumField({ description: 'Where it comes from.', values: READING_SOURCES, example: 'manual' })
  source!: string;
  @FlagField({ description: 'Whether a later correction has taken its place.', example: false })
  superseded!: boolean;
  @IdField({ description: 'The reading that it corrects.', example: '900', nullable: true })
  correctsReadingId!: string | null;
  @TextField({ description: 'Reason of the correction.', maxLength: 300, example: 'Digits exchanged', nullable: true })
  correctionReason!: string | null;
  @InstantField({ description: 'When it was recorded.', example: '2026-02-01T08:00:00Z' })
  recordedAt!: string;
}

export class ReadingResult extends ReadingView {
  @EnumField({ description: '`unchanged`: the same value was recorded already.', values: ['accepted', 'unchanged'], example: 'accepted' })
  outcome!: string;
  @ListField(() => FindingView, { description: 'What is doubtful about it and not yet decided.', maxItems: 20 })
  openFindings!: FindingView[];
}

export class ReadingQuery extends PageQuery {
  @TextField({ description: 'Only those of this account.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004', optional: true })
  accountNo?: string;
  @TextField({ description: 'Only those of this meter.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678', optional: true })
  meterNo?: string;
  @MonthField({ description: 'Only those of this calendar month.', example: '2026-02', optional: true })
  month?: string;
  @DateField({ description: 'Only from this day on.', example: '2026-01-01', optional: true })
  from?: string;
  @DateField({ description: 'Only before this day.', example: '2026-03-01', optional: true })
  to?: string;
  @EnumField({ description: 'Only those from this source.', values: READING_SOURCES, example: 'estimated', optional: true })
  source?: string;
  @FlagField({ description: 'Also readings that were corrected since.', example: false, optional: true })
  withSuperseded?: boolean;
}

export class FindingQuery extends PageQuery {
  @EnumField({ description: 'Only this code.', values: READING_FINDING_CODES, example: 'METERING.USAGE_JUMP', optional: true })
  code?: string;
  @EnumField({ description: 'Only this state.', values: READING_FINDING_STATES, example: 'open', optional: true })
  state?: string;
  @TextField({ description: 'Only accounts on this route today.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101', optional: true })
  routeCode?: string;
  @TextField({ description: 'Only those of this account.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004', optional: true })
  accountNo?: string;
}

export class ConfirmFinding {
  @TextField({ description: 'Why the reading is right.', maxLength: 300, example: 'New air conditioning, seen on site' })
  reason!: string;
}

export class CheckMissing {
  @MonthField({ description: 'Month whose reading day is looked at.', example: '2026-02' })
  month!: string;
  @TextField({ description: 'Only accounts on this route.', maxLength: 24, pattern: ROUTE_CODE, example: 'R0101', optional: true })
  routeCode?: string;
}

export class MissingResult {
  @IntField({ description: 'Readings found missing now.', example: 12 })
  missing!: number;
  @IntField({ description: 'Readings that were known to be missing already.', example: 3 })
  known!: number;
}
