import { FlagField, ListField, TextField } from '../../../../platform/http';

/** One place where the stored bill and its recomputation differ. */
export class DifferenceView {
  @TextField({ description: 'JSON pointer into the bill.', example: '/lines/3/amount', maxLength: 400, minLength: 0 })
  path!: string;

  @TextField({ description: 'What is stored there; null where nothing is.', example: '4437.25', maxLength: 201, minLength: 0, nullable: true })
  stored!: string | null;

  @TextField({ description: 'What the recomputation gives; null where nothing is.', example: '4437.26', maxLength: 201, minLength: 0, nullable: true })
  recomputed!: string | null;
}

/** The stored document of a bill, computed once more. */
export class ReplayView {
  @TextField({ description: 'Number of the bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @FlagField({ description: 'Whether the recomputation gives the stored bill, byte for byte.', example: true })
  equal!: boolean;

  @FlagField({ description: 'Whether the stored document is still the one that its hash was taken of.', example: true })
  documentIntact!: boolean;

  @TextField({ description: 'Version of the calculation that made the stored bill.', example: '1.0.0', maxLength: 40 })
  storedEngineVersion!: string;

  @TextField({ description: 'Version of the calculation that computed it now.', example: '1.0.0', maxLength: 40 })
  engineVersion!: string;

  @TextField({ description: 'Total as stored, yuan.', example: '30666.79', maxLength: 24 })
  storedTotalAmount!: string;

  @TextField({ description: 'Total as computed now, yuan.', example: '30666.79', maxLength: 24 })
  totalAmount!: string;

  @ListField(() => DifferenceView, { description: 'Where they differ, the first two hundred places.', maxItems: 200 })
  differences!: readonly DifferenceView[];
}
