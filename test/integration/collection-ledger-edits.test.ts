import type { Client } from 'pg';
import { SealRepository } from '../../src/modules/collection/ledger/seal.repository';
import { findStrayEntry, verifySeals, type Ask, type BrokenRow } from '../../src/modules/collection/ledger/verify-seals';
import type { Tx } from '../../src/platform/database';
import { openDatabase, type DatabaseFixture } from '../support/database';
import { bookJournals, connectSuperuser, SEALING_TIMEOUT_MS, sealEverything, undetected } from '../support/ledger-builder';

const SEED = 20261122;
const EDITS = 100;
const JOURNALS = 60;
const OF_A_SEAL = 8;
/** The journals' entries have these numbers. */
const ENTRY_NOS = [1, 2, 4];

interface Sealed {
  readonly journalId: string;
  readonly sealNo: string;
}

/** What the superuser does, and the row that the verifier has to name. */
interface Edit {
  readonly statements: readonly string[];
  readonly named: Partial<BrokenRow> & Pick<BrokenRow, 'row' | 'fault'>;
}

type Pick1 = <T>(from: readonly T[]) => T;
type MakeEdit = (pick: Pick1, books: readonly Sealed[]) => Edit;

const SEAL_COLUMNS = ['previous_hash', 'after_transaction_id', 'after_journal_id', 'last_transaction_id', 'last_journal_id', 'journal_count', 'entry_count', 'journal_ids', 'marks', 'hash', 'sealed_at'];

const ofEntry = (fault: BrokenRow['fault'], { journalId, sealNo }: Sealed, entryNo: number): Edit['named'] => ({ row: 'entry', fault, journalId, sealNo, entryNo });
const ofJournal = (fault: BrokenRow['fault'], { journalId, sealNo }: Sealed): Edit['named'] => ({ row: 'journal', fault, journalId, sealNo, entryNo: null });
const ofSeal = (fault: BrokenRow['fault'], sealNo: string): Edit['named'] => ({ row: 'seal', fault, sealNo, journalId: null, entryNo: null });

function changeEntry(set: string): MakeEdit {
  return (pick, books) => {
    const [journal, entryNo] = [pick(books), pick(ENTRY_NOS)];
    return { statements: [`update journal_entries set ${set} where journal_id = ${journal.journalId} and entry_no = ${String(entryNo)}`], named: ofEntry('changed', journal, entryNo) };
  };
}

/** A check that stands in the way is dropped first, as a superuser would. */
function changeJournal(set: string, check?: string): MakeEdit {
  return (pick, books) => {
    const journal = pick(books);
    return { statements: [...(check === undefined ? [] : [`alter table journals drop constraint ${check}`]), `update journals set ${set} where journal_id = ${journal.journalId}`], named: ofJournal('changed', journal) };
  };
}

function changeSeal(set: string): MakeEdit {
  return (pick, books) => {
    const { sealNo } = pick(books);
    return { statements: [`update ledger_seals set ${set} where seal_no = ${sealNo}`], named: ofSeal('changed', sealNo) };
  };
}

/** Two journals in the order of the chain. */
function two(pick: Pick1, books: readonly Sealed[]): [Sealed, Sealed] {
  const first = pick([...books.slice(0, -1).keys()]);
  const second = first + 1 + pick([...books.slice(first + 1).keys()]);
  return [books[first] as Sealed, books[second] as Sealed];
}

const KINDS: Readonly<Record<string, MakeEdit>> = {
  'another amount': changeEntry('amount = amount + 0.01'),
  'the sign of an amount': changeEntry('amount = -amount'),
  'another ledger account': changeEntry(`ledger_code = '1012'`),
  'another customer account': changeEntry('account_id = coalesce(account_id, 0) + 1'),
  'another kind': changeJournal(`kind = 'write-off'`),
  'another period': changeJournal(`period = '2026-06'`),
  'words that look like two fields': changeJournal(`kind = 'payment", "2026-05', period = ''`, 'journals_kind_known'),
  'another day': changeJournal(`posted_on = posted_on - 1`),
  'another instant': changeJournal(`created_at = created_at - interval '1 microsecond'`),
  'another source': changeJournal(`source_id = source_id + 100000`),
  'a reversal of something': changeJournal(`reverses_journal_id = 1`, 'journals_reversal_whole'),
  'an entry removed': (pick, books) => {
    const [journal, entryNo] = [pick(books), pick(ENTRY_NOS)];
    return { statements: [`delete from journal_entries where journal_id = ${journal.journalId} and entry_no = ${String(entryNo)}`], named: ofEntry('removed', journal, entryNo) };
  },
  'an entry inserted': (pick, books) => {
    const [journal, entryNo] = [pick(books), pick([0, 3, 5, 32767])];
    return {
      statements: [`insert into journal_entries (journal_id, entry_no, ledger_code, amount) values (${journal.journalId}, ${String(entryNo)}, '1001', 5)`],
      named: ofEntry('inserted', journal, entryNo),
    };
  },
  'an entry under another number': (pick, books) => {
    const journal = pick(books);
    return { statements: [`update journal_entries set entry_no = 3 where journal_id = ${journal.journalId} and entry_no = 2`], named: ofEntry('removed', journal, 2) };
  },
  'a journal removed with its entries': (pick, books) => {
    const journal = pick(books);
    return { statements: [`delete from journal_entries where journal_id = ${journal.journalId}`, `delete from journals where journal_id = ${journal.journalId}`], named: ofJournal('removed', journal) };
  },
  'a journal removed without its entries': (pick, books) => {
    const journal = pick(books);
    return { statements: [`delete from journals where journal_id = ${journal.journalId}`], named: ofJournal('removed', journal) };
  },
  'a journal inserted among the sealed': (pick, books) => {
    const like = pick(books.slice(0, -1));
    return {
      statements: [
        `insert into journals (journal_id, kind, period, source_id, posted_on, transaction_id)
         select 900000, 'payment', period, 900000, posted_on, transaction_id from journals where journal_id = ${like.journalId}`,
        `insert into journal_entries (journal_id, entry_no, ledger_code, amount) values (900000, 1, '1001', 5), (900000, 2, '1122', -5)`,
      ],
      named: { row: 'journal', fault: 'inserted', journalId: '900000', entryNo: null },
    };
  },
  'entries without a journal': () => ({
    statements: [`insert into journal_entries (journal_id, entry_no, ledger_code, amount) values (900001, 1, '1001', 5), (900001, 2, '1122', -5)`],
    named: { row: 'entry', fault: 'inserted', sealNo: null, journalId: '900001', entryNo: 1 },
  }),
  'two journals that exchanged their entries': (pick, books) => {
    const [first, second] = two(pick, books);
    return {
      statements: [`update journal_entries set journal_id = case journal_id when ${first.journalId} then ${second.journalId} else ${first.journalId} end, entry_no = entry_no + 10
                     where journal_id in (${first.journalId}, ${second.journalId})`],
      named: ofEntry('removed', first, 1),
    };
  },
  'two journals that exchanged their places': (pick, books) => {
    const [first, second] = two(pick, books);
    return {
      statements: [`update journals j set transaction_id = o.transaction_id from journals o
                     where (j.journal_id, o.journal_id) in ((${first.journalId}, ${second.journalId}), (${second.journalId}, ${first.journalId}))`],
      // The one that came, or the one that is gone where the other lands behind the end of the seal.
      named: { row: 'journal', fault: 'out-of-order', sealNo: first.sealNo, journalId: expect.stringMatching(new RegExp(`^(${first.journalId}|${second.journalId})$`)) as string },
    };
  },
  'the hash of a seal': changeSeal(`hash = sha256(hash)`),
  'the predecessor of a seal': changeSeal(`previous_hash = sha256(previous_hash)`),
  'the number of the predecessor': (pick, books) => {
    const { sealNo } = pick(books);
    return {
      statements: ['alter table ledger_seals drop constraint ledger_seals_count_on, drop constraint ledger_seals_one_successor', `update ledger_seals set previous_no = 99 where seal_no = ${sealNo}`],
      named: ofSeal('changed', sealNo),
    };
  },
  'the marks of a seal': changeSeal(`marks[1] = sha256(marks[1])`),
  'the instant of a seal': changeSeal(`sealed_at = sealed_at + interval '1 second'`),
  'the count of a seal': changeSeal('entry_count = entry_count + 1'),
  'a seal removed': (pick, books) => {
    const sealNo = pick([...new Set(books.map((each) => each.sealNo))].slice(0, -1));
    return { statements: [`delete from ledger_seals where seal_no = ${sealNo}`], named: ofSeal('removed', sealNo) };
  },
  'two seals that exchanged their places': (pick, books) => {
    const sealNo = Number(pick([...new Set(books.map((each) => each.sealNo))].slice(0, -1)));
    const taken = SEAL_COLUMNS.map((column) => `${column} = o.${column}`).join(', ');
    return {
      statements: [
        `update ledger_seals s set ${taken} from ledger_seals o where s.seal_no in (${String(sealNo)}, ${String(sealNo + 1)}) and o.seal_no = ${String(2 * sealNo + 1)} - s.seal_no`,
      ],
      named: ofSeal('out-of-order', String(sealNo)),
    };
  },
};

jest.setTimeout(SEALING_TIMEOUT_MS);

let db: DatabaseFixture;
let superuser: Client;
let books: Sealed[];

beforeAll(async () => {
  db = await openDatabase();
  superuser = await connectSuperuser(db.name);
  await bookJournals(db.app, JOURNALS, 1);
  await sealEverything(db.database, OF_A_SEAL);
  const { rows } = await db.reader.query<Sealed>(`select unnest(journal_ids)::text as "journalId", seal_no::text as "sealNo" from ledger_seals order by seal_no`);
  books = rows;
});

afterAll(async () => {
  await superuser.end();
  await db.close();
});

const ask: Ask = async <Row>(sql: string, params: readonly unknown[] = []) => (await superuser.query(sql, [...params])).rows as Row[];

async function firstBroken(): Promise<BrokenRow | null> {
  for await (const { broken } of verifySeals(ask, '0', '9223372036854775807', 20)) if (broken) return broken;
  return findStrayEntry(ask);
}

const edited = ({ statements }: Edit): Promise<BrokenRow | null> =>
  undetected(superuser, async () => { for (const statement of statements) await superuser.query(statement); }, firstBroken);

/** The same choices at every run: a linear congruential generator. */
function chooser(seed: number): Pick1 {
  let state = BigInt(seed);
  return (from) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    const chosen = from[Number((state >> 33n) % BigInt(from.length))];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

describe('a superuser who edits the books behind everything', () => {
  it.each(Object.keys(KINDS))('is found: %s', async (kind) => {
    const edit = KINDS[kind]?.(chooser(SEED), books);
    if (!edit) throw new Error(kind);
    await expect(edited(edit)).resolves.toMatchObject(edit.named);
    await expect(firstBroken()).resolves.toBeNull();
  });

  it(`is found at the very row in ${String(EDITS)} random edits, and nothing is found once they are taken back`, async () => {
    const pick = chooser(SEED + 1);
    for (let index = 0; index < EDITS; index += 1) {
      const kind = pick(Object.keys(KINDS));
      const edit = KINDS[kind]?.(pick, books);
      const broken = edit ? await edited(edit) : null;
      expect({ index, kind, ...broken }).toMatchObject({ index, kind, ...edit?.named });
    }
    await expect(firstBroken()).resolves.toBeNull();
  });

  it('is found where a seal was computed anew over what was changed: its successor names the old hash', async () => {
    const target = books[OF_A_SEAL] as Sealed;
    const seals = new SealRepository(db.database);
    const rewrite = async (): Promise<void> => {
      await superuser.query(`create temp table kept on commit drop as select * from ledger_seals where seal_no > ${target.sealNo}`);
      await superuser.query(`delete from ledger_seals where seal_no >= ${target.sealNo}`);
      await superuser.query(`update journal_entries set amount = amount * 2 where journal_id = ${target.journalId}`);
      await seals.sealNext({ query: ask } as unknown as Tx, OF_A_SEAL);
      await superuser.query('insert into ledger_seals select * from kept');
    };
    await expect(undetected(superuser, rewrite, firstBroken)).resolves.toEqual(ofSeal('changed', target.sealNo));
  });
});
