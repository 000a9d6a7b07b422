import type { Client } from 'pg';
import { SealLedger } from '../../src/modules/collection/ledger/seal-ledger';
import { SealRepository } from '../../src/modules/collection/ledger/seal.repository';
import { compareAnchor, findStrayEntry, verifySeals, type Ask, type BrokenRow } from '../../src/modules/collection/ledger/verify-seals';
import type { Tx } from '../../src/platform/database';
import { refusalOf } from '../../src/platform/errors';
import '../../src/modules/collection/collection.errors';
import { connect, openDatabase, type DatabaseFixture } from '../support/database';
import { bookJournals, connectSuperuser, SEALING_TIMEOUT_MS, sealEverything, undetected } from '../support/ledger-builder';

const JOURNALS_OF_A_SEAL = 7;

jest.setTimeout(SEALING_TIMEOUT_MS);

let db: DatabaseFixture;
let repository: SealRepository;
let sealer: SealLedger;

beforeEach(async () => {
  db = await openDatabase();
  repository = new SealRepository(db.database);
  sealer = new SealLedger(db.database, repository);
});

afterEach(() => db.close());

const sealAll = (): Promise<void> => sealEverything(db.database, JOURNALS_OF_A_SEAL);

const sealedIds = async (): Promise<string[]> =>
  (await db.reader.query<{ id: string }>('select unnest(journal_ids) as id from ledger_seals order by seal_no')).rows.map(({ id }) => id);

async function verify(ask: Ask): Promise<{ journals: number; broken: BrokenRow | null }> {
  let journals = 0;
  for await (const stretch of verifySeals(ask, '0', '9223372036854775807')) {
    journals += stretch.journals;
    if (stretch.broken) return { journals, broken: stretch.broken };
  }
  return { journals, broken: await findStrayEntry(ask) };
}

const askAs = (client: Pick<Client, 'query'>): Ask => async <Row>(sql: string, params: readonly unknown[] = []) => (await client.query(sql, [...params])).rows as Row[];

describe('the sealer of the books', () => {
  it('seals every journal once, in stretches of bounded size, and an auditor who only reads finds the chain whole', async () => {
    await bookJournals(db.app, 17, 1);
    await sealAll();
    const { rows } = await db.reader.query('select seal_no, journal_count, entry_count from ledger_seals order by seal_no');
    expect(rows).toEqual([
      { seal_no: '0', journal_count: 0, entry_count: 0 },
      { seal_no: '1', journal_count: 7, entry_count: 21 },
      { seal_no: '2', journal_count: 7, entry_count: 21 },
      { seal_no: '3', journal_count: 3, entry_count: 9 },
    ]);
    await expect(verify(askAs(db.reader as unknown as Client))).resolves.toEqual({ journals: 17, broken: null });
  });

  it('has nothing to do where nothing was booked', async () => {
    await expect(sealer.seal()).resolves.toBe(0);
    await expect(repository.head()).resolves.toMatchObject({ sealNo: '0', unsealedJournals: 0, oldestUnsealedAt: null });
  });

  it('waits for a transaction that booked earlier and has not committed yet, and then seals it in its place', async () => {
    const slow = await connect(db.urls.app);
    await slow.query('begin');
    const [early] = await bookJournals(slow, 1, 1);
    const [late] = await bookJournals(db.app, 1, 2);
    await sealer.seal();
    await expect(sealedIds()).resolves.toEqual([]);
    await slow.query('commit');
    await slow.end();
    await sealAll();
    await expect(sealedIds()).resolves.toEqual([early, late]);
  });

  it('seals a journal that is committed with a lower number than those that are sealed already', async () => {
    const drawn = (await db.app.query<{ id: string }>(`select nextval('journal_numbers') as id`)).rows[0]?.id ?? '';
    const [before] = await bookJournals(db.app, 1, 1);
    await sealAll();
    await db.app.query(
      `with journal as (insert into journals (journal_id, kind, period, source_id, posted_on) values ($1, 'payment', '2026-05', 2, '2026-05-20'))
       insert into journal_entries (journal_id, entry_no, ledger_code, amount) values ($1, 1, '1001', 5), ($1, 2, '1122', -5)`,
      [drawn],
    );
    await sealAll();
    expect(Number(drawn)).toBeLessThan(Number(before));
    await expect(sealedIds()).resolves.toEqual([before, drawn]);
    await expect(verify(askAs(db.reader as unknown as Client))).resolves.toEqual({ journals: 2, broken: null });
  });

  it('leaves out what was rolled back', async () => {
    const client = await connect(db.urls.app);
    await client.query('begin');
    await bookJournals(client, 1, 1);
    await client.query('rollback');
    await client.end();
    const [kept] = await bookJournals(db.app, 1, 2);
    await sealAll();
    await expect(sealedIds()).resolves.toEqual([kept]);
  });

  it('skips none and takes none twice while many write and several processes seal', async () => {
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      const client = await connect(db.urls.app);
      for (let round = 0; round < 12; round += 1) {
        await client.query('begin');
        await bookJournals(client, 1 + ((writer + round) % 3), 1_000 * writer + 10 * round + 1);
        if ((writer + round) % 2 === 0) await client.query('select pg_sleep(0.02)');
        await client.query((writer * 7 + round) % 5 === 0 ? 'rollback' : 'commit');
      }
      await client.end();
    });
    let writing = true;
    const sealers = Array.from({ length: 3 }, async () => {
      while (writing) await sealer.sealOnce(5);
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealers);
    await sealAll();
    const { rows } = await db.reader.query<{ id: string }>('select journal_id as id from journals order by transaction_id, journal_id');
    expect(rows.length).toBeGreaterThan(100);
    await expect(sealedIds()).resolves.toEqual(rows.map(({ id }) => id));
    await expect(verify(askAs(db.reader as unknown as Client))).resolves.toEqual({ journals: rows.length, broken: null });
  });
});

describe('a seal', () => {
  beforeEach(async () => {
    await bookJournals(db.app, 20, 1);
    await sealAll();
  });

  it.each(['update ledger_seals set hash = hash', 'delete from ledger_seals', 'truncate ledger_seals'])("is not in the power of the application's role: %s", async (statement) => {
    await expect(db.app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['update ledger_seals set hash = hash', 'delete from ledger_seals where seal_no = 3', 'truncate ledger_seals'])('is not changed by the owner either: %s', async (statement) => {
    await expect(db.owner.query(statement)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
  });

  const COLUMNS = `previous_no, previous_hash, after_transaction_id, after_journal_id, last_transaction_id, last_journal_id, journal_count, entry_count, journal_ids, marks, hash`;

  it('has one successor: the chain does not fork', async () => {
    const fork = `insert into ledger_seals (seal_no, ${COLUMNS}) select seal_no, ${COLUMNS} from ledger_seals where seal_no = 2`;
    await expect(db.app.query(fork)).rejects.toMatchObject({ constraint: 'ledger_seals_pkey' });
    await expect(db.app.query(fork.replace('select seal_no', 'select 9'))).rejects.toMatchObject({ constraint: 'ledger_seals_count_on' });
  });

  it('follows the one before it, by its hash and where it ended', async () => {
    const next = (hash: string, after: string): string =>
      `insert into ledger_seals (seal_no, ${COLUMNS})
       select seal_no + 1, seal_no, ${hash}, last_transaction_id, ${after}, (pg_current_xact_id()::text)::xid8, 1, 1, 1, '{1}', '{x}', sha256('x') from ledger_seals where seal_no = 3`;
    await expect(db.app.query(next(`sha256('y')`, 'last_journal_id'))).rejects.toMatchObject({ constraint: 'ledger_seals_follow' });
    await expect(db.app.query(next('hash', 'last_journal_id - 1'))).rejects.toMatchObject({ constraint: 'ledger_seals_follow' });
    await expect(db.app.query(next('null', 'last_journal_id'))).rejects.toMatchObject({ constraint: 'ledger_seals_have_predecessor' });
    await expect(db.app.query(next('hash', 'last_journal_id'))).resolves.toBeDefined();
  });

  it('that was written down elsewhere shows that the end of the books was replaced', async () => {
    const { sealNo, hash } = await repository.head();
    const superuser = await connectSuperuser(db.name);
    const anchored = (): Promise<unknown[]> => Promise.all([verify(askAs(superuser)), compareAnchor(askAs(superuser), { sealNo, hash })]);
    const cut = async (): Promise<void> => {
      await superuser.query('delete from ledger_seals where seal_no = 3');
      await superuser.query('update journal_entries set amount = amount * 2 where journal_id = (select max(journal_id) from journals)');
    };
    const removed: BrokenRow = { row: 'seal', fault: 'removed', sealNo: '3', journalId: null, entryNo: null };
    await expect(undetected(superuser, cut, anchored)).resolves.toEqual([{ journals: 14, broken: null }, removed]);
    const replace = async (): Promise<void> => {
      await cut();
      await repository.sealNext({ query: askAs(superuser) } as unknown as Tx, JOURNALS_OF_A_SEAL);
    };
    await expect(undetected(superuser, replace, anchored)).resolves.toEqual([{ journals: 20, broken: null }, { ...removed, fault: 'changed' }]);
    await expect(anchored()).resolves.toEqual([{ journals: 20, broken: null }, null]);
    await superuser.end();
  });

  it('of a server that was restored from a dump holds new journals back until its transactions count on from there', async () => {
    const superuser = await connectSuperuser(db.name);
    await superuser.query(`set session_replication_role = 'replica'`);
    await superuser.query(`update ledger_seals set last_transaction_id = (pg_current_xact_id()::text::bigint + 40)::text::xid8 where seal_no = 3`);
    await superuser.end();
    const refused: unknown = await bookJournals(db.app, 1, 500).catch((error: unknown) => error);
    expect(refused).toMatchObject({ constraint: 'journals_after_seals' });
    expect(refusalOf(refused)?.code).toBe('SERVICE.UNAVAILABLE');
    await db.owner.query(`
      do $$ begin
        while pg_current_xact_id() <= (select last_transaction_id from ledger_seals order by seal_no desc limit 1) loop commit; end loop;
      end $$`);
    await expect(bookJournals(db.app, 1, 500)).resolves.toHaveLength(1);
  });
});
