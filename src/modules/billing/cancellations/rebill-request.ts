import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth';
import { AppError } from '../../../platform/errors';
import { CreateRun } from '../runs/create-run';
import { ReadCancellations } from './read-cancellations';

/** Bills the accounts of one request again: a rebill run over the oldest month that has no successor yet. */
@Injectable()
export class RebillRequest {
  constructor(
    private readonly requests: ReadCancellations,
    private readonly createRun: CreateRun,
  ) {}

  /** The id of the run; the next month's follows when this one is released. Throws BILLING.NOTHING_TO_REBILL. */
  async start(requestId: string, actor: Actor): Promise<string> {
    const { state, bills } = await this.requests.one(requestId);
    const open = state === 'approved' ? bills.filter(({ successorBillNos }) => successorBillNos.length === 0) : [];
    const [oldest] = open;
    if (oldest === undefined) throw new AppError('BILLING.NOTHING_TO_REBILL');
    const accountNos = [...new Set(open.filter(({ period }) => period === oldest.period).map(({ accountNo }) => accountNo))];
    const { runId } = await this.createRun.create({ period: oldest.period, kind: 'rebill', population: { by: 'accounts', accountNos } }, actor);
    return runId;
  }
}
