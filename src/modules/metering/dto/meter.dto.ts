import { DateField, DecimalField, EnumField, IdField, IntField, ListField, ObjectField, PageQuery, TextField } from '../../../platform/http';
import { METER_REGISTERS } from '../metering.codes';
import { USAGE_POINT_NO } from './usage-point.dto';

export const ASSET_NO = /^[0-9A-Z][0-9A-Z-]{3,31}$/;

export class RegisterInput {
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @IntField({ description: 'Whole digits of the dial; it begins again at 10 to the power of them.', min: 1, max: 10, example: 6 })
  dialDigits!: number;
  @IntField({ description: 'Decimals of the dial.', min: 0, max: 4, example: 2 })
  decimals!: number;
}

export class CreateMeter {
  @TextField({ description: 'Asset number.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678' })
  assetNo!: string;
  @IntField({ description: '1 or 3.', min: 1, max: 3, example: 3 })
  phases!: number;
  @TextField({ description: 'Model.', maxLength: 60, example: 'DTZ341', optional: true })
  model?: string;
  @ListField(() => RegisterInput, { description: 'Its dials, each once.', minItems: 1, maxItems: 9 })
  registers!: RegisterInput[];
}

export class MeterView extends CreateMeter {
  @IdField({ description: 'Id of the meter.', example: '31' })
  meterId!: string;
}

export class MeterQuery extends PageQuery {
  @TextField({ description: 'Only the one of this asset number.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678', optional: true })
  assetNo?: string;
}

/** Ratio of a measuring transformer as two whole numbers. */
export class RatioInput {
  @IntField({ description: 'Primary.', min: 1, max: 1_000_000, example: 150 })
  primary!: number;
  @IntField({ description: 'Secondary.', min: 1, max: 1_000_000, example: 5 })
  secondary!: number;
}

export class RegisterReading {
  @EnumField({ description: 'Which dial.', values: METER_REGISTERS, example: 'total' })
  register!: string;
  @DecimalField({ description: 'What it shows.', decimals: 4, digits: 10, min: '0', example: '12.34' })
  reading!: string;
}

class MeterPlacing {
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678' })
  assetNo!: string;
  @ObjectField(() => RatioInput, { description: 'Voltage transformer; 1/1 where absent.', optional: true })
  pt?: RatioInput;
  @ObjectField(() => RatioInput, { description: 'Current transformer; 1/1 where absent.', optional: true })
  ct?: RatioInput;
  @ListField(() => RegisterReading, { description: 'What each of its dials shows, each once.', minItems: 1, maxItems: 9 })
  initialReadings!: RegisterReading[];
}

export class InstallMeter extends MeterPlacing {
  @TextField({ description: 'Where it is installed.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1' })
  usagePointNo!: string;
  @DateField({ description: 'Day of installation.', example: '2026-01-01' })
  installedOn!: string;
}

export class RemoveMeter {
  @DateField({ description: 'Day of removal.', example: '2026-02-10' })
  removedOn!: string;
  @ListField(() => RegisterReading, { description: 'What each of its dials shows, each once.', minItems: 1, maxItems: 9 })
  finalReadings!: RegisterReading[];
}

export class ReplaceMeter {
  @DateField({ description: 'Day of the replacement.', example: '2026-02-10' })
  replacedOn!: string;
  @ListField(() => RegisterReading, { description: 'What each dial of the old meter shows, each once.', minItems: 1, maxItems: 9 })
  finalReadings!: RegisterReading[];
  @ObjectField(() => MeterPlacing, { description: 'The new meter, at the same usage point on the same day.' })
  newMeter!: MeterPlacing;
}

export class CorrectRatios {
  @ObjectField(() => RatioInput, { description: 'Voltage transformer.' })
  pt!: RatioInput;
  @ObjectField(() => RatioInput, { description: 'Current transformer.' })
  ct!: RatioInput;
  @TextField({ description: 'Why the recorded ratios were wrong.', maxLength: 300, example: 'Name plate read again on site: 200/5' })
  reason!: string;
}

export class InstallationView {
  @IdField({ description: 'Id of the installation.', example: '41' })
  installationId!: string;
  @TextField({ description: 'Asset number of the meter.', maxLength: 32, example: '3140012345678' })
  assetNo!: string;
  @TextField({ description: 'Where it stands.', maxLength: 24, example: 'P3100012345-1' })
  usagePointNo!: string;
  @DateField({ description: 'Day of installation.', example: '2026-01-01' })
  installedOn!: string;
  @DateField({ description: 'Day of removal; null while it stands.', example: '2026-02-10', nullable: true })
  removedOn!: string | null;
  @ObjectField(() => RatioInput, { description: 'Voltage transformer.' })
  pt!: RatioInput;
  @ObjectField(() => RatioInput, { description: 'Current transformer.' })
  ct!: RatioInput;
}

export class InstallationQuery extends PageQuery {
  @TextField({ description: 'Only those of this meter.', maxLength: 32, pattern: ASSET_NO, example: '3140012345678', optional: true })
  assetNo?: string;
  @TextField({ description: 'Only those at this usage point.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1', optional: true })
  usagePointNo?: string;
}
