import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a person decided about a finding; append-only. */
@Entity('reading_finding_decisions')
export class ReadingFindingDecision {
  @PrimaryColumn({ name: 'finding_id', type: 'bigint' })
  findingId!: string;

  @Column({ name: 'outcome', type: 'text' })
  outcome!: string;

  @Column({ name: 'reason', type: 'text' })
  reason!: string;

  @Column({ name: 'decided_by', type: 'bigint' })
  decidedBy!: string;

  @Column({ name: 'decided_at', type: 'timestamptz' })
  decidedAt!: Date;
}
