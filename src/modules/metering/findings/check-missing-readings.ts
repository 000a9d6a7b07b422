import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import type { CheckMissing, MissingResult } from '../dto/reading.dto';
import { FindingsRepository } from './findings.repository';

/** Finds the dials that were not read in the window of their reading day, and keeps a finding for each. */
@Injectable()
export class CheckMissingReadings {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingsRepository,
  ) {}

  check({ month, routeCode }: CheckMissing): Promise<MissingResult> {
    return this.database.transaction((tx) => this.findings.markMissing(tx, 'METERING.READING_MISSING', month, routeCode));
  }
}
