import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of an account import that was refused, with its reasons. */
@Entity('account_import_refusals')
export class AccountImportRefusal {
  @PrimaryColumn({ name: 'import_id', type: 'bigint' })
  importId!: string;

  @PrimaryColumn({ name: 'line_no', type: 'bigint' })
  lineNo!: string;

  @Column({ name: 'external_reference', type: 'text', nullable: true })
  externalReference!: string | null;

  @Column({ name: 'problems', type: 'jsonb' })
  problems!: Record<string, unknown>[];
}
