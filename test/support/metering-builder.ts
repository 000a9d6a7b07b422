import type { TestApp } from './app';

/** Fields of an ordinary metered usage point. */
export const meteredPoint = { kind: 'metered', role: 'billing', timeOfUse: false, meteringMode: 'low-low' } as const;

/** One dial with six whole digits and two decimals. */
export const totalDial = [{ register: 'total', dialDigits: 6, decimals: 2 }] as const;

/** A time-of-use meter of industry, with reactive energy and demand. */
export const industrialDials = [
  { register: 'total', dialDigits: 6, decimals: 2 },
  { register: 'peak', dialDigits: 6, decimals: 2 },
  { register: 'valley', dialDigits: 6, decimals: 2 },
  { register: 'reactive-forward', dialDigits: 6, decimals: 2 },
  { register: 'maximum-demand', dialDigits: 4, decimals: 4 },
] as const;

interface Answer<Body> {
  readonly status: number;
  readonly body: Body & { readonly code?: string; readonly errors?: readonly { field: string; code: string; message: string; allowed?: string }[] };
}

/** A clerk's POST, and what came back. */
export async function clerkPost<Body = Record<string, string>>(app: TestApp, path: string, body: object): Promise<Answer<Body>> {
  const { status, body: answer } = await app.http.post(path).set(await app.as('clerk')).send(body);
  return { status, body: answer as Answer<Body>['body'] };
}

/** A usage point over HTTP; answers its id. */
export async function createPoint(app: TestApp, accountNo: string, usagePointNo: string, changes: object = {}): Promise<string> {
  const { status, body } = await clerkPost(app, '/v1/usage-points', { ...meteredPoint, accountNo, usagePointNo, validFrom: '2025-06-01', ...changes });
  if (status !== 201) throw new Error(`the usage point was not entered: ${JSON.stringify(body)}`);
  return body['usagePointId'] ?? '';
}

/** A meter at a usage point over HTTP, first readings all the same; answers the installation's id. */
export async function installMeter(
  app: TestApp,
  usagePointNo: string,
  assetNo: string,
  options: { dials?: readonly { register: string; dialDigits: number; decimals: number }[]; installedOn?: string; first?: string; ct?: object } = {},
): Promise<string> {
  const { dials = totalDial, installedOn = '2025-11-01', first = '100', ct } = options;
  const meter = await clerkPost(app, '/v1/meters', { assetNo, phases: 3, registers: dials });
  if (meter.status !== 201) throw new Error(`the meter was not entered: ${JSON.stringify(meter.body)}`);
  const initialReadings = dials.map(({ register }) => ({ register, reading: first }));
  const { status, body } = await clerkPost(app, '/v1/meter-installations', { assetNo, usagePointNo, installedOn, initialReadings, ...(ct ? { ct } : {}) });
  if (status !== 201) throw new Error(`the meter was not installed: ${JSON.stringify(body)}`);
  return body['installationId'] ?? '';
}

/** A reading over HTTP. */
export const enter = (app: TestApp, meterNo: string, readOn: string, reading: string, register = 'total') =>
  clerkPost<{ readingId: string; outcome: string; openFindings: { findingId: string; code: string; state: string }[] }>(app, '/v1/readings', {
    meterNo,
    register,
    readOn,
    reading,
    source: 'manual',
  });
