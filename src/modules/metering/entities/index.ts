import { UsagePoint } from './usage-point.entity';
import { UsagePointVersionRow } from './usage-point-version-row.entity';
import { UsagePointParent } from './usage-point-parent.entity';
import { Meter } from './meter.entity';
import { MeterRegister } from './meter-register.entity';
import { MeterInstallation } from './meter-installation.entity';
import { MeterInstallationVersion } from './meter-installation-version.entity';
import { ReadingRoute } from './reading-route.entity';
import { RouteAccount } from './route-account.entity';
import { Reading } from './reading.entity';
import { ReadingFinding } from './reading-finding.entity';
import { ReadingFindingDecision } from './reading-finding-decision.entity';
import { MeteringImport } from './metering-import.entity';
import { MeteringImportRefusal } from './metering-import-refusal.entity';
import { EnergyAdjustmentRequest } from './energy-adjustment-request.entity';
import { EnergyAdjustmentRow } from './energy-adjustment-row.entity';

/** Every table of the module. */
export const METERING_ENTITIES = [
  UsagePoint,
  UsagePointVersionRow,
  UsagePointParent,
  Meter,
  MeterRegister,
  MeterInstallation,
  MeterInstallationVersion,
  ReadingRoute,
  RouteAccount,
  Reading,
  ReadingFinding,
  ReadingFindingDecision,
  MeteringImport,
  MeteringImportRefusal,
  EnergyAdjustmentRequest,
  EnergyAdjustmentRow,
];
