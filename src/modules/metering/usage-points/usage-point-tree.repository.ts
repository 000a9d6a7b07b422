import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { databaseFault } from '../../../platform/errors';
import { refuse } from '../metering.errors';
import { rows, type Source } from '../sql';

/** SQL of the links from sub-meters to their main meters. */
@Injectable()
export class UsagePointTreeRepository {
  /** Ends all links of a child on a day: links that began before keep their days up to it. */
  async endLinks(tx: Tx, childId: string, on: string, userId: string): Promise<void> {
    const ended = await rows<{ id: string; validFrom: string }>(
      tx,
      `UPDATE usage_point_parents SET superseded_revision = next_input_revision()
       WHERE child_usage_point_id = $1 AND superseded_revision IS NULL AND (valid_to IS NULL OR valid_to > $2)
       RETURNING parent_link_id AS id, valid_from AS "validFrom"`,
      [childId, on],
    );
    await tx.query(
      `INSERT INTO usage_point_parents (child_usage_point_id, parent_usage_point_id, position, valid_from, valid_to, recorded_by)
       SELECT child_usage_point_id, parent_usage_point_id, position, valid_from, $2, $3
       FROM usage_point_parents WHERE parent_link_id = ANY ($1::bigint[])`,
      [ended.filter((link) => link.validFrom < on).map((link) => link.id), on, userId],
    );
  }

  /** Adds one link; the database refuses rings and a fifth level, and the answer names the parent that caused it. */
  async insertLink(tx: Tx, childId: string, parentId: string, position: number, from: string, userId: string): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO usage_point_parents (child_usage_point_id, parent_usage_point_id, position, valid_from, recorded_by)
         VALUES ($1, $2, $3, $4, $5)`,
        [childId, parentId, position, from, userId],
      );
    } catch (error) {
      throw this.named(error, `parents.${position - 1}`);
    }
  }

  /** Levels from the root of each point's tree down to it (1 for a root), for links in force on or after a day. */
  async levelsAbove(source: Source, usagePointIds: readonly string[], from: string): Promise<Map<string, number>> {
    const found = await rows<{ point: string; levels: number }>(
      source,
      `WITH RECURSIVE above (point, ancestor, level) AS (
         SELECT id, id, 1 FROM unnest($1::bigint[]) AS id
         UNION
         SELECT above.point, link.parent_usage_point_id, above.level + 1
         FROM usage_point_parents link JOIN above ON link.child_usage_point_id = above.ancestor
         WHERE link.superseded_revision IS NULL AND (link.valid_to IS NULL OR link.valid_to > $2) AND above.level < 5
       )
       SELECT point, max(level)::int AS levels FROM above GROUP BY point`,
      [usagePointIds, from],
    );
    return new Map(found.map(({ point, levels }) => [point, levels]));
  }

  private named(error: unknown, field: string): unknown {
    const constraint = databaseFault(error)?.constraint;
    if (constraint === 'usage_point_parents_no_cycle' || constraint === 'usage_point_parents_not_itself') {
      const message = { en: 'is this point itself or lies below it', zh: '是该计量点自身或其下级' };
      return refuse('METERING.PARENT_CYCLE', field, 'CYCLE', message, 'a usage point that does not depend on this one');
    }
    if (constraint === 'usage_point_parents_four_levels') {
      const message = { en: 'would make the tree deeper than four levels', zh: '将使套表超过四级' };
      return refuse('METERING.TREE_TOO_DEEP', field, 'TOO_DEEP', message, '1 … 4');
    }
    if (constraint === 'usage_point_parents_each_once') {
      return refuse('METERING.PARENT_REPEATED', field, 'REPEATED', { en: 'is a parent already', zh: '重复' });
    }
    return error;
  }
}
