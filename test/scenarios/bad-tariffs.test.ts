import type { TariffDocument } from '../../src/core/tariff';
import { startApp, type TestApp } from '../support/app';
import { publishedDocument, publishTariff } from '../support/billing-builder';
import { tariffDocument } from '../support/tariff-builder';
import { expectRefusal } from './support/refusals';
import { rowCounts, send } from './support/story';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-02-02T09:00:00+08:00' });
});
afterAll(() => app.close());

const sound = tariffDocument({ priceBook: 'wrong' });
const [household, industry] = sound.plans as unknown as [Record<string, unknown>, Record<string, unknown>];
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const hours = (windows: object[], months: number[] = MONTHS): object => ({ calendars: [{ calendarId: 'day', complete: true, seasons: [{ season: 'all', months, windows }] }] });
const day = { period: 'peak', from: '08:00', to: '22:00' };
const night = { period: 'valley', from: '22:00', to: '08:00' };
const priced = (energy: object): object => ({ plans: [{ ...household, prices: [{ voltages: ['below-1kv'], prices: { energy } }] }, industry] });
const fund = (pricePerKwh: string): object => ({ name: 'levy', title: { zh: '基金', en: 'Fund' }, pricePerKwh, placement: 'on-top', kind: 'fund' });
const without = (field: keyof TariffDocument): object => Object.fromEntries(Object.entries(sound).filter(([name]) => name !== field));

describe('a price table is refused whole, with every place, where', () => {
  test.each<[string, object, string, string | RegExp | undefined]>([
    ['an hour of the day has no price', { ...sound, ...hours([day, { ...night, from: '23:00' }]) }, 'document.calendars.0.seasons.0.windows TARIFF.DAY_GAP', /00:00 to 24:00/],
    ['an hour of the day has two prices', { ...sound, ...hours([day, { ...night, from: '21:00' }]) }, 'document.calendars.0.seasons.0.windows TARIFF.DAY_OVERLAP', /00:00 to 24:00/],
    ['a month belongs to no season', { ...sound, ...hours([day, night], MONTHS.slice(1)) }, 'document.calendars.0.seasons TARIFF.MONTH_NOT_COVERED', /exactly one season/],
    ['a window ends where it begins', { ...sound, ...hours([{ ...day, to: '08:00' }, night]) }, 'document.calendars.0.seasons.0.windows.0 TARIFF.WINDOW_INVALID', /HH:MM/],
    ['a price is missing', { ...sound, ...priced({}) }, 'document.plans.0.prices TARIFF.PRICE_MISSING', /one price for each/],
    ['a price has nine decimals', { ...sound, ...priced({ total: '0.123456789' }) }, 'document.plans.0.prices.0.prices.energy.total FORMAT', /up to 8 decimals/],
    ['a price is a number', { ...sound, ...priced({ total: 0.5 }) }, 'document.plans.0.prices.0.prices.energy.total TYPE', 'string'],
    ['a price is written with letters', { ...sound, ...priced({ total: 'O.5' }) }, 'document.plans.0.prices.0.prices.energy.total FORMAT', /decimal text/],
    ['a fund is negative', { ...sound, surcharges: [fund('-0.02')] }, 'document.surcharges.0.pricePerKwh TARIFF.PRICE_NEGATIVE', 'zero or more'],
    ['the validity has no days', { ...sound, validTo: sound.validFrom }, 'document.validTo TARIFF.VALIDITY_EMPTY', /after validFrom/],
    ['the first day is missing', without('validFrom'), 'document.validFrom REQUIRED', undefined],
    ['the first day does not exist', { ...sound, validFrom: '2026-02-30' }, 'document.validFrom TARIFF.DATE', /day of the calendar/],
    ['a later tax rate begins on no day', { ...sound, laterTaxRates: [{ from: '2027-02-29', ratePercent: '9' }] }, 'document.laterTaxRates.0.from TARIFF.DATE', /day of the calendar/],
    ['a policy is unknown', { ...sound, policies: { generosity: '1' } }, 'document.policies.generosity UNKNOWN_FIELD', /moneyDecimals/],
    ['a policy has a value that it cannot have', { ...sound, policies: { energyDecimals: 9 } }, 'document.policies.energyDecimals LIMIT', 'maximum 4'],
    ['a field is not known', { ...sound, colour: 'red' }, 'document.colour UNKNOWN_FIELD', /priceBook/],
    ['a plan names a calendar that is not there', { ...sound, plans: [household, { ...industry, calendarId: 'night' }] }, 'document.plans.1.calendarId TARIFF.CALENDAR_UNKNOWN', 'day'],
  ])('%s', async (_, document, flaw, allowed) => {
    await expectRefusal(app, {
      send: (language) => send(app, 'operator', '/v1/tariff-versions', { document }, 'operator', { 'Accept-Language': language }),
      status: 422, code: 'TARIFF.DOCUMENT_INVALID', flaw, ...(allowed === undefined ? {} : { allowed }),
    }); // prettier-ignore
  });
});

test('a second version for days that have a published one stays a draft', async () => {
  await publishTariff(app, tariffDocument({ priceBook: 'overlap', version: 'first', validTo: '2026-07-01' }));
  const { body: draft } = await send<{ tariffVersionId: string }>(app, 'operator', '/v1/tariff-versions', { document: tariffDocument({ priceBook: 'overlap', version: 'second', validFrom: '2026-06-30' }) });
  await expectRefusal(app, {
    send: (language) => send(app, 'supervisor', `/v1/tariff-versions/${draft.tariffVersionId}/publication`, undefined, 'supervisor', { 'Accept-Language': language }),
    status: 409, code: 'TARIFF.OVERLAPS_PUBLISHED',
  }); // prettier-ignore
});

describe('a calculation document is refused, and nothing is kept of it, where', () => {
  const bill = publishedDocument('P-E24');
  const [terms] = bill.terms;
  const [point] = bill.usagePoints;
  const meter = point?.meters?.[0];
  const readings = (changes: object): object => ({ ...bill, usagePoints: [{ ...point, meters: [{ ...meter, registers: [{ ...meter?.registers[0], ...changes }] }] }] });
  test.each<[string, object, string, string, string | RegExp | undefined]>([
    ['it has no period', { ...bill, period: undefined }, 'BILLING.DOCUMENT_INVALID', 'period REQUIRED', undefined],
    ['its policy is not known', { ...bill, policies: { generosity: '1' } }, 'BILLING.DOCUMENT_INVALID', 'policies.generosity UNKNOWN_FIELD', /moneyDecimals/],
    ['the policy of its terms is not known', { ...bill, terms: [{ ...terms, policies: { generosity: '1' } }] }, 'BILLING.DOCUMENT_INVALID', 'terms.0.policies.generosity UNKNOWN_FIELD', /moneyDecimals/],
    ['a reading is a number', readings({ readings: [{ on: '2013-07-01', reading: 300 }, { on: '2013-08-01', reading: '950' }] }), 'BILLING.DOCUMENT_INVALID', 'usagePoints.0.meters.0.registers.0.readings.0.reading TYPE', 'string'],
    ['a reading has letters for digits', readings({ readings: [{ on: '2013-07-01', reading: '3OO' }, { on: '2013-08-01', reading: '950' }] }), 'BILLING.DOCUMENT_INVALID', 'usagePoints.0.meters.0.registers.0.readings.0.reading FORMAT', /./],
    ['a reading is more than its dial can show', readings({ dialDigits: 2 }), 'METERING.READING_BEYOND_DIAL', 'usagePoints.0.meters.0.registers.total METERING.READING_BEYOND_DIAL', undefined],
    ['its terms leave days out', { ...bill, terms: [{ ...terms, to: '2013-07-20' }] }, 'DOCUMENT.TERMS_GAP', 'terms DOCUMENT.TERMS_GAP', undefined],
    ['its plan is not in the price book', { ...bill, terms: [{ ...terms, planId: 'castle' }] }, 'TARIFF.PLAN_UNKNOWN', 'terms.0.planId TARIFF.PLAN_UNKNOWN', 'residential'],
  ])('%s', async (_, document, code, flaw, allowed) => {
    await expectRefusal(app, {
      send: (language) => send(app, 'operator', '/v1/calculations', document, 'operator', { 'Accept-Language': language }),
      status: 422, code, flaw, ...(allowed === undefined ? {} : { allowed }),
    }); // prettier-ignore
  });
});

test('what is refused leaves no row behind', async () => {
  const before = await rowCounts(app);
  await send(app, 'operator', '/v1/calculations', {});
  expect(await rowCounts(app)).toEqual(before);
});
