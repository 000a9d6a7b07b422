import { SingleBar } from 'cli-progress';
import { wholeNumber } from '../../../platform/database';
import { actingPerson, TOKEN_OPTION, type RegisterCommands, type TokenOption } from '../../../platform/operations';
import type { CollectionPermission } from '../collection.permissions';
import { SealRepository, type LedgerHead } from './seal.repository';
import { VerifyLedger, type LedgerDifference, type LedgerVerification } from './verify-ledger';
import { anchorOf, type BrokenRow } from './verify-seals';

interface VerifyOptions extends TokenOption {
  readonly anchor?: string;
  readonly balances?: boolean;
}

const ANCHOR = /^\d{1,18}:[0-9a-f]{64}$/;

const headLines = ({ sealNo, hash, sealedAt, unsealedJournals, oldestUnsealedAt }: LedgerHead): string[] => [
  `${sealNo}:${hash}`,
  `sealed at ${sealedAt}; ${unsealedJournals === 0 ? 'nothing waits' : `${String(unsealedJournals)} journals wait since ${oldestUnsealedAt ?? ''}`}`,
];

function brokenLine({ row, fault, sealNo, journalId, entryNo }: BrokenRow): string {
  const place = [sealNo === null ? null : `seal ${sealNo}`, journalId === null ? null : `journal ${journalId}`, entryNo === null ? null : `entry ${String(entryNo)}`];
  return `first broken row: ${place.filter((part) => part !== null).join(', ')}: the ${row} was ${fault === 'out-of-order' ? 'put elsewhere' : fault}`;
}

function verificationLines({ seals, journals, entries, broken }: LedgerVerification, differences: readonly LedgerDifference[] | null): string[] {
  return [
    `${String(seals)} seals, ${String(journals)} journals, ${String(entries)} entries recomputed`,
    broken ? brokenLine(broken) : 'everything is as it was sealed',
    ...(differences?.map(({ check, rows, first }) => `does not hold: ${check} (${String(rows)} rows), first ${JSON.stringify(first)}`) ?? []),
    ...(differences?.length === 0 ? ['all balances are the sums of what was booked'] : []),
  ];
}

/** `ledger head|verify`: the end of the chain to write down, and the recomputation of everything. */
export const registerLedgerCommands: RegisterCommands = (program, session) => {
  const permitted = ({ token }: TokenOption, permission: CollectionPermission) => actingPerson(session, token, permission);
  const ledger = program.command('ledger').description('the seals over the books; the token may stand in WATTLEDGER_TOKEN');
  ledger
    .command('head')
    .description('number and hash of the last seal, to be written down elsewhere, and what is not sealed yet')
    .option(TOKEN_OPTION, 'who looks')
    .action(async (options: TokenOption) => {
      const app = await session.app();
      await permitted(options, 'collection.ledger.read');
      const head = await app.get(SealRepository, { strict: false }).head();
      session.print(head, headLines(head));
    });
  ledger
    .command('verify')
    .description('recompute every seal from the books and name the first row that is broken; ends with 1 where there is one')
    .option('--anchor <number:hash>', 'a seal that was written down earlier')
    .option('--balances', 'also compare debits with credits and every stored balance with what was booked')
    .option(TOKEN_OPTION, 'who verifies')
    .action(async ({ anchor, balances, ...options }: VerifyOptions) => {
      if (anchor !== undefined && !ANCHOR.test(anchor)) throw new Error('--anchor is the number of a seal, a colon and its hash, as "ledger head" prints them');
      const app = await session.app();
      await permitted(options, 'collection.ledger.verify');
      const verifier = app.get(VerifyLedger, { strict: false });
      const bar = new SingleBar({ format: '{bar} seal {value}/{total} | {journals} journals', stream: process.stderr, noTTYOutput: false });
      if (!session.json) bar.start(wholeNumber((await app.get(SealRepository, { strict: false }).head()).sealNo), 0, { journals: 0 });
      let result: LedgerVerification = { lastSealNo: '0', seals: 0, journals: 0, entries: 0, complete: false, broken: null };
      for await (const state of verifier.all(anchorOf(anchor))) {
        result = state;
        bar.update(wholeNumber(state.lastSealNo), { journals: state.journals });
      }
      bar.stop();
      const differences = balances === true ? await verifier.differences() : null;
      session.print({ ...result, ...(differences ? { differences } : {}) }, verificationLines(result, differences));
      if (result.broken || (differences?.length ?? 0) > 0) throw new Error('The books are not as they must be.');
    });
};
