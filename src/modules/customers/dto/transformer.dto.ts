import { DateField, DecimalField, EnumField, IdField, ListField, ObjectField, TextField } from '../../../platform/http';
import { SUPPLY_VOLTAGES, TRANSFORMER_OWNERSHIPS, TRANSFORMER_STATE_CODES } from '../customers.codes';
import { TransformerLossInput } from './transformer-loss.dto';

/** States that a change can lead to; `removed` ends the transformer's connection. */
export const TRANSFORMER_CHANGES = ['running', 'suspended', 'removed'] as const;

export class TransformerValues {
  @TextField({ description: 'Number of the transformer within the account.', example: 'T1', maxLength: 32 })
  transformerNo!: string;

  @EnumField({ values: TRANSFORMER_OWNERSHIPS, description: "The customer's own, or a public one.", example: 'own' })
  ownership!: 'own' | 'public';

  @DecimalField({ decimals: 4, digits: 10, min: '0.0001', description: 'Rated capacity, kVA.', example: '400' })
  capacityKva!: string;

  @EnumField({ values: SUPPLY_VOLTAGES, description: 'Voltage of the high side.', example: '1-10kv', optional: true, nullable: true })
  voltage?: string | null;

  @TextField({ description: 'Model on the plate.', example: 'S11-M-400/10', maxLength: 60, optional: true, nullable: true })
  model?: string | null;

  @TextField({ description: 'Supply circuit that feeds it.', example: 'L1', maxLength: 32, optional: true, nullable: true })
  supplyCircuitNo?: string | null;

  @ObjectField(() => TransformerLossInput, { description: 'Loss parameters; absent where no loss is charged.', optional: true, nullable: true })
  loss?: TransformerLossInput | null;
}

/** A transformer that is connected from a day on. */
export class TransformerInput extends TransformerValues {
  @DateField({ description: 'First day on which it is connected.', example: '2026-03-01' })
  connectedOn!: string;

  @EnumField({ values: TRANSFORMER_STATE_CODES, description: 'State on that day; running unless told.', example: 'running', optional: true })
  state?: 'running' | 'suspended';

  @TextField({ description: 'Why it is recorded.', example: 'Increase of capacity by order 2026-0117', maxLength: 200 })
  reason!: string;
}

/** A change of state from a day on. */
export class TransformerStateChange {
  @EnumField({
    values: TRANSFORMER_CHANGES,
    description: 'New state: the day of sealing is the first suspended one, the day of unsealing the first running one; removed ends the connection.',
    example: 'suspended',
  })
  state!: (typeof TRANSFORMER_CHANGES)[number];

  @DateField({ description: 'First day of the new state.', example: '2026-07-10' })
  validFrom!: string;

  @TextField({ description: 'Why it changes.', example: 'Suspension by order 2026-0288', maxLength: 200 })
  reason!: string;
}

export class TransformerStateView {
  @EnumField({ values: TRANSFORMER_STATE_CODES, description: 'State.', example: 'running' })
  state!: string;

  @DateField({ description: 'First day.', example: '2026-03-01' })
  validFrom!: string;

  @DateField({ description: 'First day of another state; null where open.', example: '2026-07-10', nullable: true })
  validTo!: string | null;
}

export class TransformerView extends TransformerValues {
  @IdField({ description: 'Identity of the transformer.', example: '77' })
  transformerId!: string;

  @ListField(() => TransformerStateView, { description: 'States in order of time.', maxItems: 1000 })
  states!: TransformerStateView[];
}
