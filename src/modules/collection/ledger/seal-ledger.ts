import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { Sweep } from '../../../platform/queue';
import { SealRepository } from './seal.repository';

/** Journals of one seal at most: what one statement reads, and what an auditor recomputes at a time. */
export const JOURNALS_OF_A_SEAL = 10_000;
/** A sweep ends after so many seals, so that a worker that has to stop does not wait for a million journals. */
const SEALS_OF_A_SWEEP = 20;

/** The sealer: follows the writers of the books at a distance and never stands in their way. */
@Injectable()
export class SealLedger {
  constructor(
    private readonly database: Database,
    private readonly seals: SealRepository,
  ) {}

  /** Seals what was booked by transactions that are over; answers the number of journals. */
  @Sweep(5_000)
  async seal(): Promise<number> {
    let journals = 0;
    for (let count = 0; count < SEALS_OF_A_SWEEP; count += 1) {
      const sealed = await this.sealOnce(JOURNALS_OF_A_SEAL);
      journals += sealed;
      if (sealed < JOURNALS_OF_A_SEAL) break;
    }
    return journals;
  }

  /** One seal over at most so many journals; 0 where there are none, or where another process is at it. */
  sealOnce(most: number): Promise<number> {
    return this.database.transaction(async (tx) => ((await this.seals.becomeSealer(tx)) ? this.seals.sealNext(tx, most) : 0));
  }
}
