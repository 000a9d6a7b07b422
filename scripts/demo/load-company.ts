import { demoAccounts, READING_DAYS, type DemoAccount } from './company';
import type { ApiClient } from './api-client';

export interface Staff {
  readonly operator: ApiClient;
  readonly supervisor: ApiClient;
  readonly clerk: ApiClient;
}

interface Imported {
  readonly importId: string;
  readonly accepted: number;
  readonly refused: number;
}

/** Loads price books, accounts, meters and readings through the bulk imports of the API. */
export async function loadCompany(staff: Staff, { accounts, seed }: { accounts: number; seed: number }, say: (text: string) => void): Promise<void> {
  say('Loading and publishing the shipped price books …');
  await publishPriceBooks(staff);
  say(`Loading ${accounts} accounts …`);
  const loaded = await staff.clerk.upload<{ importId: string; rowsAccepted: number; rowsRefused: number }>(
    '/account-imports?label=demo',
    'application/x-ndjson',
    lines(demoAccounts(accounts, seed), ({ line }) => [JSON.stringify(line)]),
  );
  const recorded = { importId: loaded.importId, accepted: loaded.rowsAccepted, refused: loaded.rowsRefused };
  await report(staff.clerk, '/account-imports', recorded, 'accounts', say);
  const accountNos = await accountNumbers(staff.clerk, loaded.importId);

  const installations = await staff.clerk.upload<Imported>(
    '/installation-imports',
    'application/x-ndjson',
    lines(demoAccounts(accounts, seed), (account) => {
      const accountNo = accountNos.get(account.externalReference);
      return accountNo === undefined ? [] : [JSON.stringify(installationLine(account, accountNo))];
    }),
  );
  await report(staff.clerk, '/installation-imports', installations, 'meters', say);

  const readings = await staff.clerk.upload<Imported>('/reading-imports', 'text/csv', readingLines(demoAccounts(accounts, seed)));
  await report(staff.clerk, '/reading-imports', readings, 'readings', say);
  await replaceMeters(staff.clerk, demoAccounts(accounts, seed));
}

async function publishPriceBooks({ operator, supervisor }: Staff): Promise<void> {
  const shipped = await operator.post<readonly { version: { tariffVersionId: string } }[]>('/price-books/shipped');
  for (const { version } of shipped) await supervisor.post(`/tariff-versions/${version.tariffVersionId}/publication`);
}

async function accountNumbers(clerk: ApiClient, importId: string): Promise<ReadonlyMap<string, string>> {
  const answer = await clerk.text(`/account-imports/${importId}/accounts`);
  const numbers = new Map<string, string>();
  for (const line of answer.split('\n')) {
    if (line === '') continue;
    const { externalReference, accountNo } = JSON.parse(line) as { externalReference: string; accountNo: string };
    numbers.set(externalReference, accountNo);
  }
  return numbers;
}

function installationLine({ profile, meterNo, usagePointNo, dials }: DemoAccount, accountNo: string): object {
  const ownTransformer = profile.transformersKva.length > 0;
  return {
    accountNo,
    usagePoint: {
      usagePointNo,
      kind: 'metered',
      role: 'billing',
      timeOfUse: Object.keys(profile.periodShares).length > 0,
      meteringMode: profile.meteringMode,
      ...(ownTransformer ? { transformerNo: 'T1' } : {}),
    },
    meter: {
      assetNo: meterNo,
      phases: profile.kind === 'household' ? 1 : 3,
      model: profile.kind === 'household' ? 'DDZY71' : 'DTZ341',
      registers: dials.map(({ register, dialDigits }) => ({ register, dialDigits, decimals: 2 })),
    },
    installedOn: '2019-05-01',
    pt: { primary: profile.pt[0], secondary: profile.pt[1] },
    ct: { primary: profile.ct[0], secondary: profile.ct[1] },
    initialReadings: dials.map(({ register, initialHundredths }) => ({ register, reading: dialText(initialHundredths) })),
  };
}

/** The readings of the company as a file: by day, then by account; a missing reading is a line that is not there. */
function* readingLines(accounts: Iterable<DemoAccount>): Generator<string> {
  yield 'meterNo,register,readOn,reading,source';
  for (const { meterNo, oddity, dials } of accounts) {
    for (const [day, readOn] of READING_DAYS.entries()) {
      const unread = day === READING_DAYS.length - 1 && (oddity === 'missing-reading' || oddity === 'replaced-meter');
      if (unread) continue;
      for (const { register, hundredths } of dials) yield `${meterNo},${register},${readOn},${dialText(hundredths[day] ?? 0)},automatic`;
    }
  }
}

/** On 16 January some meters give way to new ones, which are read at the end of the month. */
async function replaceMeters(clerk: ApiClient, accounts: Iterable<DemoAccount>): Promise<void> {
  for (const { meterNo, oddity, dials, profile } of accounts) {
    if (oddity !== 'replaced-meter') continue;
    const newMeterNo = `N${meterNo}`;
    const { items } = await clerk.get<{ items: readonly { installationId: string }[] }>(`/meter-installations?assetNo=${meterNo}`);
    const half = dials.map(({ register, hundredths }) => {
      const [, start = 0, end = 0] = hundredths;
      return { register, final: start + Math.round((end - start) / 2), rest: end - start - Math.round((end - start) / 2) };
    });
    await clerk.post('/meters', {
      assetNo: newMeterNo,
      phases: profile.kind === 'household' ? 1 : 3,
      registers: dials.map(({ register, dialDigits }) => ({ register, dialDigits, decimals: 2 })),
    });
    await clerk.post(`/meter-installations/${items[0]?.installationId ?? ''}/replacement`, {
      replacedOn: '2026-01-16',
      finalReadings: half.map(({ register, final }) => ({ register, reading: dialText(final) })),
      newMeter: { assetNo: newMeterNo, initialReadings: half.map(({ register }) => ({ register, reading: '0' })) },
    });
    for (const { register, rest } of half) {
      await clerk.post('/readings', { meterNo: newMeterNo, register, readOn: READING_DAYS[2], reading: dialText(rest), source: 'manual' });
    }
  }
}

function* lines<Account>(accounts: Iterable<Account>, write: (account: Account) => readonly string[]): Generator<string> {
  for (const account of accounts) yield* write(account);
}

/** What an import took; where it refused lines, the first of them with their reasons. */
async function report(clerk: ApiClient, path: string, { importId, accepted, refused }: Imported, what: string, say: (text: string) => void): Promise<void> {
  say(`  ${accepted} ${what} recorded${refused > 0 ? `, ${refused} refused, for example:` : ''}`);
  if (refused === 0) return;
  const { items } = await clerk.get<{ items: readonly object[] }>(`${path}/${importId}/refusals?limit=3`);
  for (const item of items) say(`    ${JSON.stringify(item)}`);
}

function dialText(hundredths: number): string {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}
