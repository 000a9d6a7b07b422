export { LIVE_REVISION } from './billing/metering-for-billing.types';
export { MeteringForBilling } from './billing/metering-for-billing';
export type {
  AccountMetering,
  AdjustmentForBilling,
  BilledEnd,
  BlockingFinding,
  ContinuityGap,
  InstallationForBilling,
  LastBilled,
  MeteringRequest,
  MeteringScope,
  ParentLink,
  ReadingForBilling,
  RegisterForBilling,
  UsagePointForBilling,
  UsagePointVersion,
} from './billing/metering-for-billing.types';
export type { AccountCycle } from './routes/cycles.repository';
export { CheckMissingReadings } from './findings/check-missing-readings';
export { ImportInstallations } from './imports/import-installations';
export { ImportReadings } from './imports/import-readings';
export { registerMeteringCommands } from './metering.commands';
export { MeteringModule } from './metering.module';
export { METERING_PERMISSIONS, type MeteringPermission } from './metering.permissions';
export { ManageRoutes } from './routes/manage-routes';
