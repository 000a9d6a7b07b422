import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { refuse } from '../metering.errors';
import { UsagePointTreeRepository } from './usage-point-tree.repository';
import { UsagePointsRepository } from './usage-points.repository';

/** Puts a usage point below its main meters, from a day on. */
@Injectable()
export class LinkParents {
  constructor(
    private readonly points: UsagePointsRepository,
    private readonly tree: UsagePointTreeRepository,
  ) {}

  /**
   * Links a child to its parents in their order. Refuses more than two, unknown, repeated, rings (also across
   * accounts) and a fifth level; nothing is written then, since the transaction fails with it.
   */
  async link(tx: Tx, childId: string, parents: readonly string[], from: string, userId: string): Promise<void> {
    if (parents.length > 2) {
      throw refuse('METERING.PARENT_TOO_MANY', 'parents', 'ITEMS', { en: 'must have at most two items', zh: '最多两项' }, '0 … 2');
    }
    const found = await this.points.findByNo(tx, parents);
    const unknown = parents.flatMap((no, index) =>
      found.has(no) ? [] : [fieldError(`parents.${index}`, 'UNKNOWN', { en: 'is not a usage point', zh: '不是已有的计量点' })],
    );
    if (unknown.length > 0) throw new AppError('METERING.PARENT_NOT_FOUND', { errors: unknown });
    for (const [index, no] of parents.entries()) {
      await this.tree.insertLink(tx, childId, found.get(no)?.usagePointId ?? '', index + 1, from, userId);
    }
  }
}
