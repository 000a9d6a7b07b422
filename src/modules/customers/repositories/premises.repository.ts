import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database';

export interface PremiseRow {
  readonly premise_id: string;
  readonly region_code: string;
  readonly address_enc: Buffer;
  readonly address_masked: string;
}

export interface SealedPremise {
  readonly regionCode: string;
  readonly addressEnc: Buffer;
  readonly addressMasked: string;
}

/** SQL of premises. */
@Injectable()
export class PremisesRepository {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, premise: SealedPremise): Promise<string> {
    const rows = await tx.query<{ premise_id: string }[]>(
      `INSERT INTO premises (region_code, address_enc, address_masked) VALUES ($1, $2, $3) RETURNING premise_id`,
      [premise.regionCode, premise.addressEnc, premise.addressMasked],
    );
    return rows[0]?.premise_id ?? '';
  }

  async find(premiseId: string): Promise<PremiseRow | undefined> {
    const rows = await this.database.query<PremiseRow>('SELECT * FROM premises WHERE premise_id = $1', [premiseId]);
    return rows[0];
  }

  async regionOf(tx: Tx, premiseId: string): Promise<string | undefined> {
    const rows = await tx.query<{ region_code: string }[]>('SELECT region_code FROM premises WHERE premise_id = $1', [premiseId]);
    return rows[0]?.region_code;
  }
}
