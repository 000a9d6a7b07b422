import { Audit } from '../../../src/platform/audit';
import { FourEyes } from '../../../src/platform/four-eyes';
import { refusalOf } from '../../../src/platform/errors';
import { runInContext } from '../../../src/platform/logging/request-context';
import { openDatabase, type DatabaseFixture } from '../../support/database';

describe('the second pair of eyes', () => {
  let db: DatabaseFixture;
  let preparer: string;
  let approver: string;

  const user = async (name: string): Promise<string> => {
    const { rows } = await db.owner.query<{ user_id: string }>(`INSERT INTO users (name, roles) VALUES ($1, '{clerk}') RETURNING user_id`, [name]);
    return rows[0]?.user_id ?? '';
  };
  const approve = (subjectId: string, by: string) =>
    db.database.transaction((tx) =>
      new FourEyes().approve(tx, { subjectType: 'run', subjectId, action: 'release', requestedBy: preparer, actor: { userId: by } }),
    );
  const refusal = (work: Promise<unknown>) => work.then(() => 'accepted', (error: unknown) => refusalOf(error)?.code);

  beforeAll(async () => {
    db = await openDatabase();
    preparer = await user('preparer');
    approver = await user('approver');
  });
  afterAll(() => db.close());

  test('another user than the requester approves', async () => {
    expect(await approve('1', approver)).toMatch(/^\d+$/);
  });

  test('the requester does not', async () => {
    expect(await refusal(approve('2', preparer))).toBe('APPROVAL.SAME_PERSON');
  });

  test('nobody approves the same thing twice', async () => {
    await approve('3', approver);
    expect(await refusal(approve('3', approver))).toBe('APPROVAL.ALREADY_GIVEN');
  });

  test('it is the database that refuses: without its constraint the requester would get through', async () => {
    const bare = await openDatabase();
    await bare.owner.query('ALTER TABLE approvals DROP CONSTRAINT approvals_by_another_person');
    await bare.owner.query(`INSERT INTO users (name, roles) VALUES ('alone', '{clerk}')`);
    await bare.database.transaction((tx) =>
      new FourEyes().approve(tx, { subjectType: 'run', subjectId: '1', action: 'release', requestedBy: '1', actor: { userId: '1' } }),
    );
    const { rows } = await bare.owner.query('SELECT 1 FROM approvals');
    expect(rows).toHaveLength(1);
    await bare.close();
  });

  test('a change and its audit entry exist together or not at all', async () => {
    const record = (fail: boolean) =>
      runInContext({ requestId: 'request-0001' }, () =>
        db.database.transaction(async (tx) => {
          await new Audit().record(tx, { actor: { userId: preparer }, action: 'runs.run.create', subjectType: 'run', subjectId: '9', detail: { fail } });
          if (fail) throw new Error('undone');
        }),
      );
    await expect(record(true)).rejects.toThrow('undone');
    await record(false);
    const { rows } = await db.reader.query('SELECT user_id, action, detail, request_id FROM audit_events');
    expect(rows).toEqual([{ user_id: preparer, action: 'runs.run.create', detail: { fail: false }, request_id: 'request-0001' }]);
  });
});
