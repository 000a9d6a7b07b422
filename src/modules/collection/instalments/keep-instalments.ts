import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { Sweep } from '../../../platform/queue';
import { InstalmentRepository } from './instalment.repository';

const AT_ONCE = 200;

/** Notes which agreements were broken or have ended, so that lists and the ageing report know. Debts themselves are reckoned from parts and payments. */
@Injectable()
export class KeepInstalments {
  constructor(
    private readonly database: Database,
    private readonly agreements: InstalmentRepository,
  ) {}

  @Sweep(600_000)
  async note(): Promise<void> {
    let after: string | undefined = '0';
    while (after !== undefined) {
      const from: string = after;
      after = await this.database.transaction((tx) => this.agreements.noteCourse(tx, { after: from, limit: AT_ONCE }));
    }
  }
}
