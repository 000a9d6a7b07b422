import { Injectable } from '@nestjs/common';
import type { LocalMonth } from '../../../core/calendar';
import type { Bill, PointEnergy } from '../../../core/bill';
import type { Tx } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import type { Reason } from './bill-order';
import { type FrozenElsewhere, FrozenPointsRepository, type LinkedBill } from './frozen-points.repository';

/** Energies as one text, periods in order of their names. */
export function energyText(energies: PointEnergy['meteredKwh']): string {
  return Object.keys(energies).sort().map((period) => `${period} ${energies[period as keyof typeof energies] ?? ''}`).join(', ');
}

/** Why a bill cannot stand beside those of main meters in other accounts: they took off other energy for its usage points. */
export function billedOtherwise({ carried }: Bill, elsewhere: readonly FrozenElsewhere[]): Reason[] {
  const own = new Map(carried.pointEnergy.map(({ usagePointNo, meteredKwh }) => [usagePointNo, energyText(meteredKwh)]));
  return elsewhere.flatMap(({ usagePointNo, activeKwh, billNo, mainAccountNo }) => {
    const kwh = own.get(usagePointNo);
    const billedKwh = energyText(activeKwh);
    if (kwh === undefined || kwh === billedKwh) return [];
    return [{ code: 'BILLING.MAIN_METER_BILLED_OTHERWISE', subject: usagePointNo, params: { billNo, accountNo: mainAccountNo, billedKwh, kwh } }];
  });
}

/** Two bills of a period that have different energies for one usage point. */
export interface Disagreement {
  readonly usagePointNo: string;
  readonly main: LinkedBill;
  readonly sub: LinkedBill;
  readonly mainKwh: string;
  readonly subKwh: string;
}

/** Every pair of bills that disagree on a usage point, in the order of the main meters' bills. */
export function disagreementsOf(bills: readonly LinkedBill[]): Disagreement[] {
  const owners = new Map<string, LinkedBill[]>();
  for (const bill of bills) owners.set(bill.accountNo, [...(owners.get(bill.accountNo) ?? []), bill]);
  return bills.flatMap((main) =>
    main.frozen.flatMap(({ accountNo, usagePointNo, activeKwh }) =>
      (owners.get(accountNo) ?? []).slice(0, 1).flatMap((sub) => {
        const found = sub.pointEnergy.find((each) => each.usagePointNo === usagePointNo);
        const mainKwh = energyText(activeKwh);
        if (found === undefined || energyText(found.meteredKwh) === mainKwh) return [];
        return [{ usagePointNo, main, sub, mainKwh, subKwh: energyText(found.meteredKwh) }];
      }),
    ),
  );
}

/**
 * Holds the bills of main meters against those of sub-meters in other accounts before a run is let through. Runs that
 * are computed side by side do not see each other's bills; the one that is checked later does.
 */
@Injectable()
export class SubMeterAgreement {
  constructor(private readonly points: FrozenPointsRepository) {}

  /** Throws BILLING.SUB_METER_BILLS_DIFFER with both bills of each usage point (the first 50) that the run disagrees on. */
  async require(tx: Tx, runId: string, period: LocalMonth): Promise<void> {
    const all = disagreementsOf(await this.points.linkedBills(tx, period));
    const own = all.filter(({ main, sub }) => main.runId === runId || sub.runId === runId).slice(0, 50);
    if (own.length > 0) throw new AppError('BILLING.SUB_METER_BILLS_DIFFER', { errors: own.map(asError) });
  }
}

function asError({ usagePointNo, main, sub, mainKwh, subKwh }: Disagreement): ReturnType<typeof fieldError> {
  return fieldError(usagePointNo, 'DIFFERS', {
    en: `bill ${main.billNo} of ${main.accountNo} (run ${main.runId}) took off ${mainKwh} kWh; bill ${sub.billNo} of ${sub.accountNo} (run ${sub.runId}) is for ${subKwh} kWh`,
    zh: `账单 ${main.billNo}（户号 ${main.accountNo}，批次 ${main.runId}）扣减 ${mainKwh} kWh；账单 ${sub.billNo}（户号 ${sub.accountNo}，批次 ${sub.runId}）计费 ${subKwh} kWh`,
  });
}
