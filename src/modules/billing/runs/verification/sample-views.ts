import { Injectable } from '@nestjs/common';
import { AppError } from '../../../../platform/errors';
import type { SampledBillView, SampleSummaryView, SampleView } from './dto/sample.dto';
import type { SampleBillRow, SampleHead } from './sample';
import { SampleRepository } from './sample.repository';

export const sampleSummary = (head: SampleHead): SampleSummaryView => ({ ...head, drawnAt: head.drawnAt.toISOString() });

const billView = (row: SampleBillRow): SampledBillView => ({
  ...row,
  lookedAt: row.lookedAt?.toISOString() ?? null,
  settledAt: row.settledAt?.toISOString() ?? null,
});

/** Samples as people see them. */
@Injectable()
export class SampleViews {
  constructor(private readonly samples: SampleRepository) {}

  /** Throws BILLING.SAMPLE_NOT_FOUND. */
  async view(runId: string, sampleId: string): Promise<SampleView> {
    const head = await this.samples.find(runId, sampleId);
    if (!head) throw new AppError('BILLING.SAMPLE_NOT_FOUND');
    return { ...sampleSummary(head), items: (await this.samples.bills(sampleId)).map(billView) };
  }
}
