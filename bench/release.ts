import { createContext } from '../src/create-app';
import { ReleaseRun } from '../src/modules/billing';
import { SealLedger, VerifyLedger } from '../src/modules/collection';
import { openEnvironment } from '../src/platform/embedded';
import { onShutdown } from '../src/platform/lifecycle';
import type { Figures } from './bench';
import { fillBilledMonth } from './support/billed-month';
import { wholeOption } from './support/options';
import { personOf } from './support/people';
import { measureTableCopy } from './support/table-copy';
import { rounded, timed } from './support/timing';

/**
 * The release of a month of generated bills, as a supervisor does it:
 * `npm run bench -- release --accounts 1000000 [--prepaid 50]`, the latter the percentage of accounts with prepayment.
 * `ratioToCopy` compares it with COPY of the rows that it wrote, over one connection. Then the journals are sealed and
 * verified, and the balances compared with the entries.
 */
export async function run(options: Readonly<Record<string, string>>): Promise<Figures> {
  const accounts = wholeOption(options, 'accounts', 100_000);
  const prepaidPercent = wholeOption(options, 'prepaid', 0);
  if (accounts < 1 || prepaidPercent > 100) throw new Error('--accounts is at least 1 and --prepaid at most 100');
  const { config } = await openEnvironment({ LOG_LEVEL: 'error' }, { freshDatabase: 'wattledger_bench_release' });
  const ownerUrl = config.databaseOwnerUrl ?? '';
  const app = await createContext(config, 'ops');
  onShutdown('benchmark', () => app.close());
  const [creator, approver] = [await personOf(app, 'bench.operator', ['operator']), await personOf(app, 'bench.supervisor', ['supervisor'])];
  const prepared = await timed(() => fillBilledMonth(ownerUrl, accounts, prepaidPercent, creator.userId));
  const runId = prepared.result;
  const released = await timed(() => app.get(ReleaseRun, { strict: false }).release(runId, approver, 'benchmark'));
  const copy = await measureTableCopy(ownerUrl, [
    { table: 'receivables', where: `run_id = ${runId}` },
    { table: 'customer_credits', where: `run_id = ${runId}` },
    { table: 'settlements', where: `cause = 'prepayment-use'` },
    { table: 'prepayment_uses', where: `run_id = ${runId}` },
    { table: 'journals', where: `kind <> 'payment'` },
    { table: 'journal_entries', where: `journal_id in (select journal_id from journals where kind <> 'payment')` },
  ]);
  const sealed = await timed(() => sealAll(app.get(SealLedger, { strict: false })));
  const verified = await timed(() => verifyAll(app.get(VerifyLedger, { strict: false })));
  const balanced = await timed(() => app.get(VerifyLedger, { strict: false }).differences());
  if (balanced.result.length > 0) throw new Error(`the books do not agree: ${JSON.stringify(balanced.result)}`);
  return {
    accounts,
    prepaidPercent,
    ...released.result,
    releaseSeconds: rounded(released.seconds),
    ratioToCopy: rounded(released.seconds / copy.seconds),
    rows: copy.rows,
    megabytes: copy.megabytes,
    sealedPerSecond: Math.round(sealed.result / sealed.seconds),
    verifiedPerSecond: Math.round(verified.result / verified.seconds),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    stages: {
      prepare: rounded(prepared.seconds),
      release: rounded(released.seconds),
      copy: rounded(copy.seconds),
      seal: rounded(sealed.seconds),
      verify: rounded(verified.seconds),
      balances: rounded(balanced.seconds),
    },
  };
}

/** Seals until nothing is left; answers the number of journals. */
async function sealAll(sealer: SealLedger): Promise<number> {
  let journals = 0;
  for (;;) {
    const sealed = await sealer.seal();
    if (sealed === 0) return journals;
    journals += sealed;
  }
}

async function verifyAll(verifier: VerifyLedger): Promise<number> {
  let journals = 0;
  for await (const state of verifier.all()) {
    if (state.broken) throw new Error(`a row of the books is broken: ${JSON.stringify(state.broken)}`);
    journals = state.journals;
  }
  return journals;
}
