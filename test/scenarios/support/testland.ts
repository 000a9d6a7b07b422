import type { TariffDocument } from '../../../src/core/tariff';
import { householdTerms, openAccount } from '../../support/account-builder';
import type { TestApp } from '../../support/app';
import { createPoint, enter, installMeter } from '../../support/metering-builder';
import { tariffDocument } from '../../support/tariff-builder';

/** Testland with a whole day: households at 0.5000; industry at 0.9, 0.6 and 0.3 with 28 yuan per kVA and calendar days. */
export function testlandPrices(changes: Partial<TariffDocument> = {}): TariffDocument {
  const base = tariffDocument();
  const windows = [
    { period: 'peak', from: '08:00', to: '12:00' },
    { period: 'flat', from: '12:00', to: '22:00' },
    { period: 'valley', from: '22:00', to: '08:00' },
  ] as const;
  return {
    ...base,
    policies: { capacityDayRule: '2024-calendar-days' },
    calendars: base.calendars.map((calendar) => ({ ...calendar, seasons: calendar.seasons.map((season) => ({ ...season, windows })) })),
    ...changes,
  };
}

export interface Household {
  readonly accountId: string;
  readonly accountNo: string;
  readonly customerId: string;
  readonly meterNo: string;
  readonly installationId: string;
}

/** A household of Testland, its meter installed on the first day of its readings with the first value, and read on the others. */
export async function household(app: TestApp, name: string, readings: readonly (readonly [string, string])[]): Promise<Household> {
  const [[installedOn, first] = ['2026-02-01', '0'], ...others] = readings;
  const account = await openAccount(app, { ...householdTerms, priceBook: 'testland', planId: 'household' }, installedOn);
  await createPoint(app, account.accountNo, `P-${name}`, { validFrom: installedOn });
  const installationId = await installMeter(app, `P-${name}`, `M-${name}`, { installedOn, first });
  for (const [day, reading] of others) {
    const { status, body } = await enter(app, `M-${name}`, day, reading);
    if (status !== 201) throw new Error(`the reading was not entered: ${JSON.stringify(body)}`);
  }
  return { ...account, meterNo: `M-${name}`, installationId };
}
