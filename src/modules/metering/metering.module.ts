import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomersModule } from '../customers';
import { MeteringAccounts } from './accounts';
import { AdjustmentsController } from './adjustments/adjustments.controller';
import { AdjustmentsRepository } from './adjustments/adjustments.repository';
import { DecideAdjustment } from './adjustments/decide-adjustment';
import { RequestAdjustment } from './adjustments/request-adjustment';
import { MeteringForBilling } from './billing/metering-for-billing';
import { MeteringInputsRepository } from './billing/metering-inputs.repository';
import { METERING_ENTITIES } from './entities';
import { DueDialsRepository } from './estimates/due-dials.repository';
import { EstimateReadings } from './estimates/estimate-readings';
import { EstimatesController } from './estimates/estimates.controller';
import { CheckMissingReadings } from './findings/check-missing-readings';
import { ConfirmFinding } from './findings/confirm-finding';
import { FindingsController } from './findings/findings.controller';
import { FindingsRepository } from './findings/findings.repository';
import { BulkInstallationsRepository } from './imports/bulk-installations.repository';
import { ImportInstallations } from './imports/import-installations';
import { ImportReadings } from './imports/import-readings';
import { ReadingImportsController } from './imports/imports.controller';
import { ImportsRepository } from './imports/imports.repository';
import { InstallationImportsController } from './imports/installation-imports.controller';
import { InstallationsLookup } from './imports/installations.lookup';
import { ReadImports } from './imports/read-imports';
import { RunImport } from './imports/run-import';
import './metering.errors';
import { CorrectRatios } from './meters/correct-ratios';
import { CreateMeter } from './meters/create-meter';
import { InstallMeter } from './meters/install-meter';
import { InstallationsController } from './meters/installations.controller';
import { InstallationsRepository } from './meters/installations.repository';
import { MetersController } from './meters/meters.controller';
import { MetersRepository } from './meters/meters.repository';
import { MoveMeters } from './meters/move-meters';
import { ReadMeters } from './meters/read-meters';
import { RemoveMeter } from './meters/remove-meter';
import { CorrectReading } from './readings/correct-reading';
import { EnterReading } from './readings/enter-reading';
import { ReadReadings } from './readings/read-readings';
import { ReadingsController } from './readings/readings.controller';
import { ReadingsRepository } from './readings/readings.repository';
import { RecordReadings } from './readings/record-readings';
import { RejudgeReading } from './readings/rejudge-reading';
import { CyclesRepository } from './routes/cycles.repository';
import { ManageRoutes } from './routes/manage-routes';
import { ReadRoutes } from './routes/read-routes';
import { RoutesController } from './routes/routes.controller';
import { RoutesRepository } from './routes/routes.repository';
import { ChangeUsagePoint } from './usage-points/change-usage-point';
import { CreateUsagePoint } from './usage-points/create-usage-point';
import { FindUsagePoints } from './usage-points/find-usage-points';
import { JudgeUsagePoint } from './usage-points/judge-usage-point';
import { LinkParents } from './usage-points/link-parents';
import { SetParents } from './usage-points/set-parents';
import { UsagePointTreeRepository } from './usage-points/usage-point-tree.repository';
import { UsagePointsController } from './usage-points/usage-points.controller';
import { UsagePointsRepository } from './usage-points/usage-points.repository';

const REPOSITORIES = [
  UsagePointsRepository, UsagePointTreeRepository, MetersRepository, InstallationsRepository, RoutesRepository, CyclesRepository,
  ReadingsRepository, FindingsRepository, ImportsRepository, BulkInstallationsRepository, AdjustmentsRepository, MeteringInputsRepository, DueDialsRepository,
]; // prettier-ignore
const USE_CASES = [
  CreateUsagePoint, ChangeUsagePoint, SetParents, FindUsagePoints, CreateMeter, InstallMeter, RemoveMeter, CorrectRatios, ReadMeters,
  ManageRoutes, ReadRoutes, EnterReading, CorrectReading, ReadReadings, ConfirmFinding, CheckMissingReadings, ImportReadings,
  ImportInstallations, ReadImports, RequestAdjustment, DecideAdjustment, EstimateReadings,
]; // prettier-ignore
const PARTS = [
  MeteringAccounts, JudgeUsagePoint, LinkParents, MoveMeters, RecordReadings, RejudgeReading, RunImport, InstallationsLookup,
]; // prettier-ignore

/** Where energy is measured, by which meter, and what the meter showed. */
@Module({
  imports: [TypeOrmModule.forFeature(METERING_ENTITIES), CustomersModule],
  controllers: [
    UsagePointsController, MetersController, InstallationsController, RoutesController, ReadingsController, FindingsController,
    ReadingImportsController, InstallationImportsController, AdjustmentsController, EstimatesController,
  ], // prettier-ignore
  providers: [...REPOSITORIES, ...USE_CASES, ...PARTS, MeteringForBilling],
  exports: [MeteringForBilling, ImportReadings, ImportInstallations, ManageRoutes, CheckMissingReadings],
})
export class MeteringModule {}
