import type { LocalMonth, Period } from '../../../core/calendar';
import type { PointEnergy, SharedAmount } from '../../../core/bill';
import type { TariffDocument } from '../../../core/tariff';
import type { AccountForBilling } from '../../customers';
import type { AccountMetering } from '../../metering';
import type { TariffInForce } from '../../tariff';
import type { Reason } from './bill-order';
import type { PreviousBill } from './previous-bills.repository';

/** Everything that the documents of one batch are made of. */
export interface Batch {
  readonly period: LocalMonth;
  readonly cycles: ReadonlyMap<string, Period>;
  readonly metering: ReadonlyMap<string, AccountMetering>;
  readonly tariffs: ReadonlyMap<string, readonly TariffInForce[]>;
  readonly byHash: ReadonlyMap<string, TariffDocument>;
  readonly previous: ReadonlyMap<string, PreviousBill>;
  /** What other periods of the accounts keep back. */
  readonly held: ReadonlyMap<string, readonly Reason[]>;
  readonly sharedAmounts: ReadonlyMap<string, readonly SharedAmount[]>;
  readonly confirmed: (accountId: string) => ReadonlySet<string>;
  /** The asked accounts, and those of the points that these depend on. */
  readonly accounts: ReadonlyMap<string, AccountForBilling>;
  /** What live bills of the period have for points of other accounts. */
  readonly billedEnergy: ReadonlyMap<string, PointEnergy['meteredKwh']>;
}
