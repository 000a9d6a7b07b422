import { EnumField, IdField, InstantField, IntField, TextField } from '../../../platform/http';
import { METERING_IMPORT_STATES } from '../metering.codes';

export class MeteringImportView {
  @IdField({ description: 'Id of the import.', example: '3' })
  importId!: string;
  @EnumField({ description: 'What is imported.', values: ['readings', 'installations'], example: 'readings' })
  kind!: string;
  @EnumField({ description: 'State.', values: METERING_IMPORT_STATES, example: 'finished' })
  state!: string;
  @IntField({ description: 'Lines looked at: accepted + unchanged + refused.', example: 1000 })
  lines!: number;
  @IntField({ description: 'Lines recorded.', example: 985 })
  accepted!: number;
  @IntField({ description: 'Lines that were recorded already with the same values.', example: 10 })
  unchanged!: number;
  @IntField({ description: 'Lines refused; see its refusals.', example: 5 })
  refused!: number;
  @IntField({ description: 'Accepted lines with an open finding.', example: 7 })
  suspicious!: number;
  @TextField({ description: 'Why it stopped early; null where it did not.', maxLength: 300, example: 'The connection broke', nullable: true })
  stoppedBecause!: string | null;
  @InstantField({ description: 'Start.', example: '2026-02-01T08:00:00Z' })
  startedAt!: string;
  @InstantField({ description: 'End; null while running.', example: '2026-02-01T08:00:09Z', nullable: true })
  endedAt!: string | null;
}

export class MeteringRefusalView {
  @IntField({ description: 'Line of the file, the first being 1.', example: 17 })
  line!: number;
  @TextField({ description: 'Field; empty where the line as a whole is meant.', maxLength: 100, minLength: 0, example: 'reading' })
  field!: string;
  @TextField({ description: 'What is wrong, as a word.', maxLength: 100, example: 'NOT_A_READING' })
  code!: string;
  @TextField({ description: 'What is wrong, in words of the requested language.', maxLength: 300, example: 'must be digits with an optional fraction' })
  reason!: string;
  @TextField({ description: 'What is allowed.', maxLength: 300, example: '0 … 999999.99', nullable: true })
  allowed!: string | null;
  @TextField({ description: 'What stood there (shortened).', maxLength: 60, minLength: 0, example: '12O4.5', nullable: true })
  value!: string | null;
}
