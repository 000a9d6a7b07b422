import { randomUUID } from 'node:crypto';
import { BENCH_PERIOD } from '../../bench/support/company';
import type { TariffDocument } from '../../src/core/tariff';
import { DiscardRun, DriveRun, FreezeRun } from '../../src/modules/billing/runs';
import { ComputeInterval } from '../../src/modules/billing/runs/compute-interval';
import { IntervalRepository } from '../../src/modules/billing/runs/interval.repository';
import { householdTerms } from '../support/account-builder';
import { COMPANY_RUN, startRunCompany, type RunCompany } from '../support/run-company';

/** 850 households with a single dial, 850 with two, 200 shops and 100 factories, in four intervals. */
const ACCOUNTS = 2_000;
const WITHIN_MS = 240_000;
/** Requests under way at a time. */
const CLERKS = 6;

type Edit = () => Promise<void>;

/** Every clerk of the company enters something while the run computes; a thousand entries of four kinds. */
describe('a thousand late edits while a run computes', () => {
  let company: RunCompany;
  let undisturbed: Map<string, string>;
  let disturbed: Map<string, string>;
  const edited = new Set<string>();

  beforeAll(async () => {
    company = await startRunCompany(ACCOUNTS);
  }, WITHIN_MS);
  afterAll(() => company.close());

  const sql = async <Row>(text: string, params: unknown[] = []): Promise<Row[]> => (await company.app.db.query<Row & object>(text, params)).rows as Row[];
  const enter = async (role: 'clerk' | 'operator' | 'supervisor', path: string, body: object): Promise<Record<string, string>> => {
    const { status, body: answer } = await company.app.http.post(path).set(await company.app.as(role)).set('Idempotency-Key', randomUUID()).send(body);
    if (status >= 300) throw new Error(`POST ${path} was refused: ${JSON.stringify(answer)}`);
    return answer as Record<string, string>;
  };

  /** Computes a run interval by interval in this process; `meanwhile` runs beside each interval and ends before the next begins. */
  async function compute(meanwhile: (part: number) => Promise<void> = () => Promise.resolve()): Promise<{ runId: string; bills: Map<string, string> }> {
    const runId = (await enter('operator', '/v1/billing-runs', COMPANY_RUN)).runId ?? '';
    expect(await company.app.get(FreezeRun).freeze(runId)).toBe('frozen');
    await sql(`update billing_runs set state = 'computing' where run_id = $1`, [runId]);
    for (let part = 0; part < ACCOUNTS / 500; part += 1) {
      const claim = await company.app.get(IntervalRepository).claim(runId, 'test');
      if (!claim) throw new Error('an interval is missing');
      await Promise.all([company.app.get(ComputeInterval).run(claim), meanwhile(part)]);
    }
    expect(await company.app.get(DriveRun).completeIfDone(runId)).toBe(true);
    const rows = await sql<{ account: string; hash: string }>(`select account_id as account, encode(result_hash, 'hex') as hash from bills where run_id = $1`, [runId]);
    return { runId, bills: new Map(rows.map(({ account, hash }) => [account, hash])) };
  }

  async function discard(runId: string): Promise<void> {
    await enter('operator', `/v1/billing-runs/${runId}/discard`, { reason: 'to compute it again' });
    await company.app.get(DiscardRun).purge(runId);
  }

  async function edits(): Promise<Edit[]> {
    const readings = await sql<{ account: string; id: string; reading: string }>(`
      select u.account_id as account, r.reading_id as id, r.reading from readings r
        join meter_installation_versions i using (installation_id) join usage_points u using (usage_point_id)
        join account_terms t on t.account_id = u.account_id and t.plan_id = 'residential'
       where r.register = 'total' and r.read_on = '2026-06-01' order by u.account_id limit 420`);
    const tenants = await sql<{ account: string }>(`select account_id as account from account_terms where plan_id = 'residential-time-of-use' order by account_id limit 478`);
    const transformers = await sql<{ account: string; id: string }>('select account_id as account, transformer_id as id from transformers order by account_id limit 100');
    const tariffs = await sql<{ document: TariffDocument }>(`
      select document from tariff_versions where price_book = any('{zhejiang,shanghai}') and state = 'published' and valid_to is null order by price_book`);
    for (const { account } of [...readings, ...tenants, ...transformers]) edited.add(account);
    return [
      ...readings.map(({ id, reading }): Edit => async () => { await enter('clerk', `/v1/readings/${id}/corrections`, { reading: String(Math.floor(Number(reading)) + 9), reason: 'misread' }); }),
      ...tenants.map(({ account }): Edit => async () => {
        await enter('clerk', `/v1/accounts/${account}/terms`, { ...householdTerms, priceBook: 'jiangsu', planId: 'residential-time-of-use', validFrom: `${BENCH_PERIOD}-01`, reason: 'wrong price book' });
      }),
      ...transformers.map(({ account, id }): Edit => async () => {
        await enter('clerk', `/v1/accounts/${account}/transformers/${id}/states`, { state: 'suspended', validFrom: `${BENCH_PERIOD}-06`, reason: 'suspension' });
      }),
      ...tariffs.map(({ document }): Edit => async () => {
        const { tariffVersionId = '' } = await enter('operator', '/v1/tariff-versions', { document: { ...document, version: `${document.version}-late`, validFrom: `${BENCH_PERIOD}-16` } });
        await enter('supervisor', `/v1/tariff-versions/${tariffVersionId}/publication`, {});
      }),
    ];
  }

  test('are all taken down, and none gets in: every bill is as in a run that nobody disturbed', async () => {
    const first = await compute();
    undisturbed = first.bills;
    expect(undisturbed.size).toBe(ACCOUNTS);
    await discard(first.runId);
    const waiting = await edits();
    expect(waiting).toHaveLength(1_000);
    // Mixed, so that each interval meets all kinds.
    const parts = Array.from({ length: ACCOUNTS / 500 }, (_, part) => waiting.filter((_each, index) => index % (ACCOUNTS / 500) === part));
    const second = await compute(async (part) => {
      const own = [...(parts[part] ?? [])];
      await Promise.all(Array.from({ length: CLERKS }, async () => {
        for (let edit = own.pop(); edit; edit = own.pop()) await edit();
      }));
    });
    disturbed = second.bills;
    expect([...disturbed].filter(([account, hash]) => undisturbed.get(account) !== hash)).toEqual([]);
    expect(disturbed.size).toBe(ACCOUNTS);
    await discard(second.runId);
  }, WITHIN_MS);

  test('are all in the next run: each edited account has another bill, and the new prices reach everybody else of their books', async () => {
    const third = await compute();
    expect([...edited].filter((account) => third.bills.get(account) === undisturbed.get(account))).toEqual([]);
    const [row] = await sql<{ late: number }>(`select count(*)::int as late from bills where run_id = $1 and cardinality(tariff_hashes) > 1`, [third.runId]);
    expect(row?.late).toBeGreaterThan(1_000);
  }, WITHIN_MS);
});
