import { CATEGORIES, VOLTAGES } from '../../../core/tariff/vocabulary';
import {
  DateField,
  DecimalField,
  EnumField,
  FlagField,
  IdField,
  IntField,
  ListField,
  ObjectField,
  PageQuery,
  TextField,
  TextListField,
} from '../../../platform/http';
import { LIGHTING_CONNECTIONS, METERING_MODE_CODES, USAGE_POINT_KINDS, USAGE_POINT_ROLES } from '../metering.codes';

export const USAGE_POINT_NO = /^[0-9A-Z][0-9A-Z-]{3,23}$/;
export const ACCOUNT_NO = /^[0-9]{10}$/;

/** Losses of a line that the customer bears; which fields belong to which method is judged together. */
export class LineLossInput {
  @EnumField({ description: 'How the loss is found.', values: ['formula', 'percentage', 'fixed'], example: 'formula' })
  method!: 'formula' | 'percentage' | 'fixed';
  @DecimalField({ description: 'formula: resistance, ohm per km.', decimals: 6, min: '0', example: '0.46', optional: true })
  lineResistanceOhmPerKm?: string;
  @DecimalField({ description: 'formula: length, km.', decimals: 4, min: '0', example: '2.5', optional: true })
  lineLengthKm?: string;
  @DecimalField({ description: 'formula: voltage, kV.', decimals: 4, min: '0.01', example: '10', optional: true })
  lineVoltageKv?: string;
  @DecimalField({ description: 'formula: hours under voltage; those of the cycle where absent.', decimals: 2, min: '0', example: '720', optional: true })
  supplyHours?: string;
  @DecimalField({ description: 'percentage: of the active energy.', decimals: 4, min: '0', max: '100', example: '1.5', optional: true })
  activePercent?: string;
  @DecimalField({ description: 'percentage: of the reactive energy.', decimals: 4, min: '0', max: '100', example: '1.5', optional: true })
  reactivePercent?: string;
  @DecimalField({ description: 'fixed: kWh of a whole month.', decimals: 4, min: '0', example: '120', optional: true })
  monthlyActiveLossKwh?: string;
  @DecimalField({ description: 'fixed: kvarh of a whole month.', decimals: 4, min: '0', example: '80', optional: true })
  monthlyReactiveLossKvarh?: string;
}

/** What billing needs to know of a usage point, from a day on. */
export class UsagePointContent {
  @EnumField({ description: 'Metered, or agreed without a meter.', values: USAGE_POINT_KINDS, example: 'metered' })
  kind!: string;
  @EnumField({ description: 'Billed, or only verifying others.', values: USAGE_POINT_ROLES, example: 'billing' })
  role!: string;
  @TextField({ description: "Tariff plan of its own; the account's where absent.", maxLength: 60, example: 'lighting', optional: true })
  planId?: string;
  @EnumField({ description: "Usage category of its own; the account's where absent.", values: CATEGORIES, example: 'non-residential', optional: true })
  category?: string;
  @EnumField({ description: "Voltage of its own; the account's where absent.", values: VOLTAGES, example: '1-10kv', optional: true })
  voltage?: string;
  @FlagField({ description: 'Whether its energies are per period.', example: true })
  timeOfUse!: boolean;
  @EnumField({ description: 'Supply side and metering side.', values: METERING_MODE_CODES, example: 'high-low' })
  meteringMode!: string;
  @EnumField({ description: 'Set on lighting points.', values: LIGHTING_CONNECTIONS, example: 'series', optional: true })
  lightingConnection?: string;
  @TextField({ description: 'Transformer of the account that feeds it.', maxLength: 40, example: 'T1', optional: true })
  transformerNo?: string;
  @TextField({ description: 'Supply circuit of the account that feeds it.', maxLength: 40, example: 'C1', optional: true })
  supplyCircuitNo?: string;
  @DecimalField({ description: 'fixed-quantity: kWh of a whole month.', decimals: 4, min: '0', example: '300', optional: true })
  fixedQuantityKwh?: string;
  @DecimalField({ description: 'fixed-ratio: percent of what is left of the parent.', decimals: 4, min: '0', max: '100', example: '15', optional: true })
  fixedRatioPercent?: string;
  @ObjectField(() => LineLossInput, { description: 'Loss of the line before the meter, where the customer bears it.', optional: true })
  lineLoss?: LineLossInput;
}

export class CreateUsagePoint extends UsagePointContent {
  @TextField({ description: 'Number of the usage point.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1' })
  usagePointNo!: string;
  @TextField({ description: 'Account that it is billed to.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004' })
  accountNo!: string;
  @DateField({ description: 'First day.', example: '2026-01-01' })
  validFrom!: string;
  @TextListField({
    description: 'Main meter points, the one used up first standing first. More than two are refused.',
    maxItems: 10,
    maxLength: 24,
    example: ['P3100012345-0'],
    optional: true,
  })
  parents?: string[];
}

export class ChangeUsagePoint extends UsagePointContent {
  @DateField({ description: 'First day of the change; the version before ends there.', example: '2026-03-01' })
  validFrom!: string;
}

export class SetParents {
  @DateField({ description: 'First day; the parents before end there.', example: '2026-03-01' })
  validFrom!: string;
  @TextListField({
    description: 'All parents from that day on; an empty list takes the point out of the tree.',
    maxItems: 10,
    maxLength: 24,
    example: ['P3100012345-0'],
  })
  parents!: string[];
}

export class UsagePointVersionView extends UsagePointContent {
  @DateField({ description: 'First day.', example: '2026-01-01' })
  validFrom!: string;
  @DateField({ description: 'First day after; null where open.', example: '2026-03-01', nullable: true })
  validTo!: string | null;
}

export class ParentView {
  @TextField({ description: 'Usage point of the main meter.', maxLength: 24, example: 'P3100012345-0' })
  usagePointNo!: string;
  @IntField({ description: '1 is used up before 2.', min: 1, max: 2, example: 1 })
  position!: number;
  @DateField({ description: 'First day.', example: '2026-01-01' })
  validFrom!: string;
  @DateField({ description: 'First day after; null where open.', example: '2026-03-01', nullable: true })
  validTo!: string | null;
}

export class UsagePointView {
  @IdField({ description: 'Id of the usage point.', example: '17' })
  usagePointId!: string;
  @TextField({ description: 'Number of the usage point.', maxLength: 24, example: 'P3100012345-1' })
  usagePointNo!: string;
  @TextField({ description: 'Account that it is billed to.', maxLength: 10, example: '1000000004' })
  accountNo!: string;
  @ListField(() => UsagePointVersionView, { description: 'Versions in force, oldest first.', maxItems: 200 })
  versions!: UsagePointVersionView[];
  @ListField(() => ParentView, { description: 'Parents in force.', maxItems: 200 })
  parents!: ParentView[];
}

export class UsagePointQuery extends PageQuery {
  @TextField({ description: 'Only those of this account.', maxLength: 10, pattern: ACCOUNT_NO, example: '1000000004', optional: true })
  accountNo?: string;
  @TextField({ description: 'Only the one of this number.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1', optional: true })
  usagePointNo?: string;
}
