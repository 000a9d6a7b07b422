import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, type TestApp } from '../support/app';
import { send } from './support/story';

/** Totals as the worked cases have them; P-seed-1 prints energies and the price only: 14600.74 is their product. */
const PRINTED_TOTALS = {
  'P-E01': '327024.56',
  'P-E24': '455.70',
  'P-E25-bill1': '1508.40',
  'P-E25-bill2': '650.60',
  'P-crossing-month-bill1': '170.24',
  'P-crossing-month-bill2': '152.19',
  'P-real-1': '30666.79',
  'P-real-1-readings': '30666.79',
  'P-seed-1': '14600.74',
  'P-seed-2': '40118.86',
} as const;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ at: '2026-06-02T09:00:00+08:00' });
});
afterAll(() => app.close());

describe('an auditor sends a printed bill as a document and gets the printed total', () => {
  test.each(Object.entries(PRINTED_TOTALS))('%s: %s yuan', async (name, total) => {
    const document: unknown = JSON.parse(readFileSync(join(__dirname, '../golden/documents', `${name}.json`), 'utf8'));
    const { status, body } = await send<{ totalAmount: string }>(app, 'auditor', '/v1/calculations', document);
    expect({ status, total: body.totalAmount }).toEqual({ status: 200, total });
  });
});
