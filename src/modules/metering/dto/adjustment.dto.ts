import { DecimalField, EnumField, FlagField, IdField, InstantField, MonthField, ObjectField, PageQuery, TextField } from '../../../platform/http';
import { ADJUSTMENT_STAGES, ADJUSTMENT_STATES } from '../metering.codes';
import { USAGE_POINT_NO } from './usage-point.dto';

const ENERGY = { decimals: 4, min: '-999999999', max: '999999999', optional: true } as const;

/** Energy added (positive) or taken off (negative): per period on a time-of-use point, the total alone on a plain one. */
export class AdjustmentEnergies {
  @DecimalField({ ...ENERGY, description: 'Plain point: total, kWh.', example: '120' })
  total?: string;
  @DecimalField({ ...ENERGY, description: 'Sharp, kWh.', example: '10' })
  sharp?: string;
  @DecimalField({ ...ENERGY, description: 'Peak, kWh.', example: '40' })
  peak?: string;
  @DecimalField({ ...ENERGY, description: 'Flat, kWh.', example: '50' })
  flat?: string;
  @DecimalField({ ...ENERGY, description: 'Valley, kWh.', example: '20' })
  valley?: string;
  @DecimalField({ ...ENERGY, description: 'Deep valley, kWh.', example: '5' })
  deepValley?: string;
  @DecimalField({ ...ENERGY, description: 'Reactive, kvarh.', example: '30' })
  reactive?: string;
}

export class RequestAdjustment {
  @TextField({ description: 'Usage point.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1' })
  usagePointNo!: string;
  @EnumField({ description: 'Whether it takes part in deduction and losses.', values: ADJUSTMENT_STAGES, example: 'before-losses' })
  stage!: string;
  @FlagField({ description: 'True: every month; false: once.', example: false })
  standing!: boolean;
  @MonthField({ description: 'First (or only) billing period.', example: '2026-02' })
  firstPeriod!: string;
  @MonthField({ description: 'Standing: last billing period; open where absent.', example: '2026-12', optional: true })
  lastPeriod?: string;
  @ObjectField(() => AdjustmentEnergies, { description: 'Energy added or taken off.' })
  energies!: AdjustmentEnergies;
  @TextField({ description: 'Reason.', maxLength: 300, example: 'Meter stopped 2026-02-03 to 2026-02-06, use of the days before' })
  reason!: string;
  @TextField({ description: 'Work order that it comes from.', maxLength: 40, example: 'WO-2026-0817', optional: true })
  workOrderNo?: string;
}

export class EndAdjustment {
  @MonthField({ description: 'Last billing period of the standing adjustment.', example: '2026-06' })
  lastPeriod!: string;
}

export class AdjustmentView extends RequestAdjustment {
  @IdField({ description: 'Id of the adjustment.', example: '9' })
  adjustmentId!: string;
  @EnumField({ description: 'State; only an approved one (until it is ended) is billed.', values: ADJUSTMENT_STATES, example: 'requested' })
  state!: string;
  @IdField({ description: 'User who asked for it.', example: '2' })
  requestedBy!: string;
  @InstantField({ description: 'When it was asked for.', example: '2026-02-07T02:00:00Z' })
  requestedAt!: string;
  @IdField({ description: 'User who decided; null before.', example: '3', nullable: true })
  decidedBy!: string | null;
  @InstantField({ description: 'When it was decided; null before.', example: '2026-02-07T03:00:00Z', nullable: true })
  decidedAt!: string | null;
}

export class AdjustmentQuery extends PageQuery {
  @TextField({ description: 'Only those of this usage point.', maxLength: 24, pattern: USAGE_POINT_NO, example: 'P3100012345-1', optional: true })
  usagePointNo?: string;
  @EnumField({ description: 'Only this state.', values: ADJUSTMENT_STATES, example: 'requested', optional: true })
  state?: string;
}
