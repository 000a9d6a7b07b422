import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { decodeCursor, pageFrom, type Page } from '../../../platform/http';
import type { CreateMeter, MeterQuery, MeterView } from '../dto/meter.dto';
import { only, rows, type Source } from '../sql';

const VIEW = `
  SELECT m.meter_id AS "meterId", m.asset_no AS "assetNo", m.phases, m.model,
    (SELECT jsonb_agg(jsonb_build_object('register', r.register, 'dialDigits', r.dial_digits, 'decimals', r.decimals) ORDER BY r.register)
     FROM meter_registers r WHERE r.meter_id = m.meter_id) AS registers
  FROM meters m`;

type Row = Omit<MeterView, 'model'> & { readonly model: string | null };

function view({ model, ...rest }: Row): MeterView {
  return model === null ? rest : { ...rest, model };
}

/** SQL of meters and their dials; both never change once entered. */
@Injectable()
export class MetersRepository {
  async insert(tx: Tx, { assetNo, phases, model, registers }: CreateMeter): Promise<string> {
    const inserted = await rows<{ id: string }>(
      tx,
      'INSERT INTO meters (asset_no, phases, model) VALUES ($1, $2, $3) RETURNING meter_id AS id',
      [assetNo, phases, model ?? null],
    );
    const { id } = only(inserted);
    await tx.query(
      `INSERT INTO meter_registers (meter_id, register, dial_digits, decimals)
       SELECT $1, register, digits, decimals FROM unnest($2::text[], $3::int[], $4::int[]) AS dial (register, digits, decimals)`,
      [id, registers.map((each) => each.register), registers.map((each) => each.dialDigits), registers.map((each) => each.decimals)],
    );
    return id;
  }

  async find(source: Source, by: { meterId?: string; assetNo?: string }): Promise<MeterView | undefined> {
    const [found] = await rows<Row>(
      source,
      `${VIEW} WHERE ($1::bigint IS NULL OR m.meter_id = $1) AND ($2::text IS NULL OR m.asset_no = $2) LIMIT 1`,
      [by.meterId ?? null, by.assetNo ?? null],
    );
    return found === undefined ? undefined : view(found);
  }

  async page(source: Source, { assetNo, cursor, limit }: MeterQuery): Promise<Page<MeterView>> {
    const [after] = decodeCursor(cursor, 1) ?? ['0'];
    const found = await rows<Row>(
      source,
      `${VIEW} WHERE m.meter_id > $1 AND ($2::text IS NULL OR m.asset_no = $2) ORDER BY m.meter_id LIMIT $3`,
      [after, assetNo ?? null, limit + 1],
    );
    return pageFrom(found, limit, (row) => [row.meterId], view);
  }
}
