import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import type { Bill } from '../../../src/core/bill/bill';
import type { CalculationDocument } from '../../../src/core/bill/calculation-document';
import { BillWriter } from '../../../src/modules/billing/bills/bill-writer';
import { type ComputedBill, computedBill, type ComputedInterval } from '../../../src/modules/billing/bills/computed-bill';
import type { AccountException, AssembleRequest } from '../../../src/modules/billing/documents/assembled';
import { FrozenPointsRepository } from '../../../src/modules/billing/documents/frozen-points.repository';
import { SubMeterAgreement } from '../../../src/modules/billing/documents/sub-meter-agreement';
import { BillComputation } from '../../../src/modules/billing/preview/bill-computation';
import { RECEIVABLES_PORT, RUN_CONTROLLERS, RUN_PROVIDERS } from '../../../src/modules/billing/runs';
import { ReceivablesController } from '../../../src/modules/collection/collection.controllers';
import { LedgerController } from '../../../src/modules/collection/ledger/ledger.controller';
import { Debts } from '../../../src/modules/collection/debts/debts';
import { LedgerQueries } from '../../../src/modules/collection/ledger/ledger-queries';
import { SealRepository } from '../../../src/modules/collection/ledger/seal.repository';
import { VerifyLedger } from '../../../src/modules/collection/ledger/verify-ledger';
import { OpenReceivables } from '../../../src/modules/collection/open-receivables';
import { ReceivableQueries } from '../../../src/modules/collection/receivable-queries';
import { TariffVariants } from '../../../src/modules/tariff';
import { AuthModule, TokenStore, type Role } from '../../../src/platform/auth';
import { ClockModule } from '../../../src/platform/clock';
import { ConfigModule } from '../../../src/platform/config';
import { CryptoModule } from '../../../src/platform/crypto';
import { DatabaseModule, type Tx } from '../../../src/platform/database';
import { configureHttp, HTTP_APP_OPTIONS } from '../../../src/platform/http/configure-http';
import { HttpModule } from '../../../src/platform/http/http.module';
import { IdempotencyModule } from '../../../src/platform/idempotency';
import { OutboxModule } from '../../../src/platform/outbox';
import { JobWorkers, QueueModule, Sweeper } from '../../../src/platform/queue';
import { ROLES } from '../../../src/roles';
import { openDatabase, type DatabaseFixture } from '../../support/database';
import { testConfig } from '../../support/platform-module';

/**
 * Bills that follow from the account number and its readings' sum alone, so that a test of the run says nothing about
 * tariffs: 1.13 yuan for each unit of the account's serial. `faults` decides which accounts fail, and how.
 */
export class PlainComputation {
  readonly faults = new Map<string, 'missing-reading' | 'throws'>();
  /** Accounts that get their last bill. */
  readonly finals = new Set<string>();
  /** Called before each computation, to hold a worker up. */
  pause: () => Promise<void> = () => Promise.resolve();

  async compute<T>(tx: Tx, { accountIds, period, frozenRevision }: AssembleRequest, keep: (computed: ComputedBill) => T): Promise<ComputedInterval<T>> {
    await this.pause();
    const rows = await tx.query<{ accountId: string; accountNo: string; regionCode: string; size: number }[]>(
      `select a.account_id as "accountId", a.account_no as "accountNo", a.region_code as "regionCode",
              (select t.household_size from account_terms t where t.account_id = a.account_id and t.recorded_revision <= $2
                 and (t.superseded_revision is null or t.superseded_revision > $2) limit 1) as size
         from accounts a where account_id = any($1::bigint[]) order by account_id`,
      [accountIds, frozenRevision],
    );
    const bills: T[] = [];
    const exceptions: AccountException[] = [];
    for (const { size, ...account } of rows) {
      const fault = this.faults.get(account.accountId);
      if (fault === 'throws') throw new Error(`no rule foresees account ${account.accountId}`);
      if (fault) exceptions.push({ account, code: 'METERING.READING_MISSING', subject: '0001/total', params: {} });
      else bills.push(keep(plainBill(account, period, size, this.finals.has(account.accountId) ? 'final' : 'periodic')));
    }
    return { bills, exceptions };
  }
}

function plainBill(account: ComputedBill['account'], period: string, size: number, kind: 'periodic' | 'final'): ComputedBill {
  const fen = size * 113;
  const yuan = (value: number): string => (value / 100).toFixed(2);
  const totals = {
    totalAmount: yuan(fen), netAmount: yuan(fen - size * 13), taxAmount: yuan(size * 13), taxRatePercent: '13', byGroup: {},
    fundsAmount: yuan(size * 2), insideFunds: [], activeBilledEnergyKwh: String(size), averagePricePerKwh: null,
  };
  const days = { from: `${period}-01`, to: `${period}-28` };
  const line = {
    lineNo: 1, group: 'energy-charge', item: 'all-in', label: { zh: '电费', en: 'energy' }, quantity: String(size), unit: 'kWh', price: '1.13',
    exactAmount: yuan(fen), amount: yuan(fen), rule: 'energy-charge', from: [],
  } as const;
  const bill = {
    engineVersion: 'plain', accountNo: account.accountNo, kind, period: days, billingMonth: period, segments: [], lines: [line],
    figures: [], findings: [], totals, carried: { pointEnergy: [] }, billedUpTo: days.to,
  } as unknown as Bill;
  const document = { usagePoints: [], tariffs: [], terms: [{ category: 'residential', planId: 'plain' }] } as unknown as CalculationDocument;
  return computedBill(account, document, bill);
}

export interface RunFixture {
  readonly database: DatabaseFixture;
  readonly computation: PlainComputation;
  readonly http: ReturnType<typeof supertest>;
  readonly app: NestExpressApplication;
  as(role: Role, name?: string): Promise<Record<string, string>>;
  /** Starts the queue's workers and the sweeps in this process. */
  work(): Promise<void>;
  close(): Promise<void>;
}

/** The billing runs and collection on a fresh database with so many open accounts; each account's size is its serial. */
export async function openRuns(accounts: number, settings: Readonly<Record<string, string>> = {}): Promise<RunFixture> {
  const database = await openDatabase();
  await addAccounts(database, accounts);
  const computation = new PlainComputation();
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.register(testConfig(database, { REQUESTS_PER_MINUTE: '0', ...settings })),
      DatabaseModule.register({ processName: 'test', connect: true }),
      ClockModule, QueueModule, OutboxModule, CryptoModule, AuthModule.register(ROLES), IdempotencyModule, HttpModule.register(),
    ],
    controllers: [...RUN_CONTROLLERS, LedgerController, ReceivablesController],
    providers: [
      ...RUN_PROVIDERS, TariffVariants, BillWriter, FrozenPointsRepository, SubMeterAgreement, { provide: BillComputation, useValue: computation }, LedgerQueries, SealRepository, VerifyLedger, Debts, ReceivableQueries, OpenReceivables,
      { provide: RECEIVABLES_PORT, useExisting: OpenReceivables },
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>(HTTP_APP_OPTIONS);
  app.useLogger(false);
  configureHttp(app);
  await app.listen(0, '127.0.0.1');
  let working = false;
  return {
    database, computation, app,
    http: supertest(await app.getUrl()),
    async as(role, name = role) {
      const { token } = await app.get(TokenStore).issue({ name, roles: [role], days: 1 });
      return { Authorization: `Bearer ${token}` };
    },
    async work() {
      working = true;
      await app.get(JobWorkers).start();
      app.get(Sweeper).start();
    },
    async close() {
      if (working) await Promise.all([app.get(Sweeper).stop(), app.get(JobWorkers).stop(5_000)]);
      await app.close();
      await database.close();
    },
  };
}

/** Accounts with terms, set-based; the last digit of the number is its serial's. */
export async function addAccounts({ owner }: DatabaseFixture, accounts: number): Promise<void> {
  await owner.query(`
    insert into customers (kind, name_enc, name_hash, name_masked) values ('person', '', '', '*');
    insert into premises (region_code, address_enc, address_masked) values ('R1', '', '*')`);
  await owner.query(
    `insert into accounts (account_no, customer_id, premise_id, region_code, opened_on)
     select lpad(n::text, 10, '0'), 1, 1, 'R' || (1 + n % 3), '2020-01-01' from generate_series(1, $1::int) n`,
    [accounts],
  );
  await owner.query(
    `insert into account_terms (account_id, valid_from, category, voltage, price_book, plan_id, charge_method, power_factor_standard, household_size, recorded_by)
     select account_id, '2020-01-01', 'residential', 'below-1kv', 'plain', 'plain', 'none', 'none', 1 + account_id % 9, 1 from accounts`,
  );
}
