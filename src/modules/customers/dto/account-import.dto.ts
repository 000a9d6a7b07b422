import { DateField, EnumField, IdField, InstantField, IntField, ListField, ObjectField, PageQuery, TextField } from '../../../platform/http';
import { CustomerInput } from './customer.dto';
import { PremiseInput } from './premise.dto';
import { SupplyCircuitValues } from './supply-circuit.dto';
import { TermsValues } from './terms.dto';
import { TRANSFORMER_CHANGES, TransformerValues } from './transformer.dto';

/** Terms on a line of an import. */
export class ImportedTerms extends TermsValues {
  @DateField({ description: 'First day; the day of opening where absent. The terms hold until the next ones begin.', example: '2019-05-01', optional: true })
  validFrom?: string;
}

export class ImportedTransformerState {
  @EnumField({ values: TRANSFORMER_CHANGES, description: 'State from that day on.', example: 'running' })
  state!: (typeof TRANSFORMER_CHANGES)[number];

  @DateField({ description: 'First day; the day of opening where absent.', example: '2019-05-01', optional: true })
  validFrom?: string;
}

export class ImportedTransformer extends TransformerValues {
  @ListField(() => ImportedTransformerState, { description: 'States in any order; running since the opening where absent.', maxItems: 200, optional: true })
  states?: ImportedTransformerState[];
}

export class ImportedSupplyCircuit extends SupplyCircuitValues {
  @DateField({ description: 'First day; the day of opening where absent.', example: '2019-05-01', optional: true })
  validFrom?: string;
}

/** One line of an account import: an account with all that belongs to it. */
export class ImportedAccount {
  @TextField({ description: 'Number in the other system; a line whose number is recorded already is refused.', example: 'LEGACY-00017', maxLength: 64, optional: true })
  externalReference?: string;

  @DateField({ description: 'First day of supply.', example: '2019-05-01' })
  openedOn!: string;

  @ObjectField(() => CustomerInput, { description: 'Customer; one with the same identity document is taken, not repeated.' })
  customer!: CustomerInput;

  @ObjectField(() => PremiseInput, { description: 'Premise.' })
  premise!: PremiseInput;

  @ListField(() => ImportedTerms, { description: 'Terms in any order.', minItems: 1, maxItems: 200 })
  terms!: ImportedTerms[];

  @ListField(() => ImportedTransformer, { description: 'Transformers.', maxItems: 50, optional: true })
  transformers?: ImportedTransformer[];

  @ListField(() => ImportedSupplyCircuit, { description: 'Supply circuits.', maxItems: 20, optional: true })
  supplyCircuits?: ImportedSupplyCircuit[];
}

export class AccountImportQuery {
  @TextField({ description: 'A name to find the import by.', example: 'Legacy system, district 7', maxLength: 100, optional: true })
  label?: string;
}

export class AccountImportView {
  @IdField({ description: 'Identity of the import.', example: '3' })
  importId!: string;

  @TextField({ description: 'Name that was given.', example: 'Legacy system, district 7', maxLength: 100, nullable: true })
  label!: string | null;

  @EnumField({ values: ['running', 'finished', 'interrupted'], description: 'interrupted: the input broke off, or nothing was written for five minutes; complete batches are kept.', example: 'finished' })
  state!: string;

  @IntField({ description: 'Lines read.', example: 100000, max: Number.MAX_SAFE_INTEGER })
  rowsRead!: number;

  @IntField({ description: 'Accounts recorded.', example: 99988, max: Number.MAX_SAFE_INTEGER })
  rowsAccepted!: number;

  @IntField({ description: 'Lines refused.', example: 12, max: Number.MAX_SAFE_INTEGER })
  rowsRefused!: number;

  @InstantField({ description: 'Start.', example: '2026-01-05T02:10:00.000Z' })
  startedAt!: string;

  @InstantField({ description: 'End; null while it runs.', example: '2026-01-05T02:10:20.000Z', nullable: true })
  finishedAt!: string | null;
}

export class ImportProblemView {
  @TextField({ description: 'Dotted path of the field; empty for the line as a whole.', example: 'terms.0.category', minLength: 0, maxLength: 300 })
  field!: string;

  @TextField({ description: 'What is wrong, in upper snake case.', example: 'NOT_ALLOWED', maxLength: 60 })
  code!: string;

  @TextField({ description: 'The reason in the language of the request.', example: 'must be one of residential | agriculture', maxLength: 1000 })
  reason!: string;

  @TextField({ description: 'What is allowed.', example: 'residential | agriculture', maxLength: 1000, optional: true })
  allowed?: string;
}

export class ImportRefusalView {
  @IntField({ description: 'Line of the input, from 1.', example: 17, min: 1, max: Number.MAX_SAFE_INTEGER })
  lineNo!: number;

  @TextField({ description: 'External reference of the line, where it could be read.', example: 'LEGACY-00017', maxLength: 64, nullable: true })
  externalReference!: string | null;

  @ListField(() => ImportProblemView, { description: 'Everything that is wrong with the line.', maxItems: 50 })
  problems!: ImportProblemView[];
}

export class ImportRefusalQuery extends PageQuery {}
