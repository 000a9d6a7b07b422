import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { Page } from '../../../platform/http';
import type { InstallationQuery, InstallationView, MeterQuery, MeterView } from '../dto/meter.dto';
import type { Source } from '../sql';
import { InstallationsRepository } from './installations.repository';
import { MetersRepository } from './meters.repository';

/** Shows meters, and where they stand and stood. */
@Injectable()
export class ReadMeters {
  constructor(
    private readonly database: Database,
    private readonly meters: MetersRepository,
    private readonly installations: InstallationsRepository,
  ) {}

  page(query: MeterQuery): Promise<Page<MeterView>> {
    return this.meters.page(this.database, query);
  }

  async one(meterId: string): Promise<MeterView> {
    const meter = await this.meters.find(this.database, { meterId });
    if (meter === undefined) throw new AppError('METERING.METER_NOT_FOUND');
    return meter;
  }

  installationPage(query: InstallationQuery): Promise<Page<InstallationView>> {
    return this.installations.page(this.database, query);
  }

  async installation(installationId: string, source: Source = this.database): Promise<InstallationView> {
    const { items } = await this.installations.page(source, { installationId, limit: 1 });
    if (items[0] === undefined) throw new AppError('METERING.INSTALLATION_NOT_FOUND');
    return items[0];
  }
}
