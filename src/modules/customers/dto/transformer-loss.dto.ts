import { DecimalField, EnumField, ListField } from '../../../platform/http';

const FIGURE = { decimals: 4, digits: 10, min: '0' } as const;
const figure = (description: string, example: string): PropertyDecorator =>
  DecimalField({ ...FIGURE, description, example, optional: true });

export const LOSS_METHODS = ['formula', 'simplified', 'table', 'fixed', 'percentage'] as const;

export class CopperLossStep {
  @figure('Load rate up to which the step reaches, 0.40 for 40 %; absent on the last step.', '0.40')
  upToLoadRate?: string;

  @DecimalField({ ...FIGURE, description: 'Copper loss, percent of the energy.', example: '2' })
  copperLossPercent!: string;
}

export class LossTableRowInput {
  @DecimalField({ ...FIGURE, description: 'Capacity of the row, kVA; equal or next above is taken.', example: '400' })
  capacityKva!: string;

  @figure('Highest monthly energy of the band, kWh; absent on the last band.', '80000')
  upToKwh?: string;

  @DecimalField({ ...FIGURE, description: 'Active loss of a month, kWh.', example: '1520' })
  monthlyActiveLossKwh!: string;

  @figure('Reactive loss of a month, kvarh.', '5400')
  monthlyReactiveLossKvarh?: string;
}

/** How the losses of a transformer are found. Each method has its own figures; others are refused. */
export class TransformerLossInput {
  @EnumField({ values: LOSS_METHODS, description: 'Method.', example: 'formula' })
  method!: (typeof LOSS_METHODS)[number];

  @figure('P0, kW; needed by formula.', '0.57')
  noLoadLossKw?: string;

  @figure('Pk, kW; needed by formula.', '4.52')
  loadLossKw?: string;

  @figure('I0 %.', '1.2')
  noLoadCurrentPercent?: string;

  @figure('Ud %.', '4')
  impedanceVoltagePercent?: string;

  @figure('K, correction for production shifts.', '1.2')
  shiftCorrection?: string;

  @figure('T, hours under voltage, where agreed.', '720')
  supplyHours?: string;

  @figure('t, hours under load, where agreed.', '500')
  serviceHours?: string;

  @figure('Iron loss of a month, kWh; simplified.', '410')
  ironLossKwh?: string;

  @figure('Copper loss, percent of the energy; simplified.', '2')
  copperLossPercent?: string;

  @ListField(() => CopperLossStep, { description: 'Copper loss by load rate; simplified.', maxItems: 10, optional: true })
  copperLossSteps?: CopperLossStep[];

  @figure('Power factor assumed for the load rate; simplified.', '0.9')
  assumedPowerFactor?: string;

  @figure('Cable loss of a month, kWh; simplified.', '12')
  cableLossKwh?: string;

  @ListField(() => LossTableRowInput, { description: 'Rows of the loss table; needed by table.', maxItems: 200, optional: true })
  rows?: LossTableRowInput[];

  @figure('Active loss of a month, kWh; needed by fixed.', '480')
  monthlyActiveLossKwh?: string;

  @figure('Reactive loss of a month, kvarh; fixed.', '2600')
  monthlyReactiveLossKvarh?: string;

  @figure('Active loss, percent of the energy; needed by percentage.', '1.5')
  activePercent?: string;

  @figure('Reactive loss, percent; percentage.', '3')
  reactivePercent?: string;
}
