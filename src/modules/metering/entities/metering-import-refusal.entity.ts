import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A refused line of an import; append-only. */
@Entity('metering_import_refusals')
export class MeteringImportRefusal {
  @PrimaryColumn({ name: 'import_id', type: 'bigint' })
  importId!: string;

  @PrimaryColumn({ name: 'line_no', type: 'integer' })
  lineNo!: number;

  @Column({ name: 'field', type: 'text' })
  field!: string;

  @Column({ name: 'code', type: 'text' })
  code!: string;

  @Column({ name: 'reason_zh', type: 'text' })
  reasonZh!: string;

  @Column({ name: 'reason_en', type: 'text' })
  reasonEn!: string;

  @Column({ name: 'allowed', type: 'text', nullable: true })
  allowed!: string | null;

  @Column({ name: 'value', type: 'text', nullable: true })
  value!: string | null;
}
