import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exceptionText } from '../../src/modules/billing/calculation.errors';
import { EXCLUSIONS, exclusionText } from '../../src/modules/billing/runs/checks/exclusions';
import { UNEXPECTED } from '../../src/modules/billing/runs/found-exception';
import { BLOCKING_FINDINGS } from '../../src/modules/metering/metering.codes';

const ROOT = join(__dirname, '../..');
/** Where exceptions of a run come from. */
const SOURCES = ['src/core/bill', 'src/core/charges', 'src/core/metering', 'src/core/policy', 'src/core/tariff', 'src/core/usage', 'src/modules/billing/documents', 'src/modules/billing/preview'];
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sources = SOURCES.flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts')).map((name) => read(`${folder}/${name}`)));

/** Codes that the computation is refused with, and findings that keep a bill from being issued; notices are no exceptions. */
const written = sources.flatMap((text) =>
  [...text.matchAll(/(?:new CoreError\(|this\.error\(|\breport\(\w+, |\bcode: |UNSTORABLE = )'([A-Z_]+\.[A-Z_]+)'(?!.*severity: 'notice')/g)].map(([, code = '']) => code),
);

const inWords = ({ en, zh }: { en: string; zh: string }): boolean => /^[A-Z][^_]+ /.test(en) && /\p{Script=Han}/u.test(zh);

describe('the codes of a run', () => {
  it('are said in both languages for every exception', () => {
    const codes = new Set([...written, ...BLOCKING_FINDINGS, UNEXPECTED]);
    expect(codes.size).toBeGreaterThan(55);
    expect([...codes].filter((code) => !inWords(exceptionText(code)))).toEqual([]);
    expect(exceptionText('METERING.USAGE_JUMP')).toMatchObject({ en: 'Use far above its own history', zh: '电量突增' });
  });

  it('are said in both languages for every reason to leave an account out, and the database knows no other', () => {
    const [, known = ''] = /billing_run_members_exclusion_known CHECK (.*)/.exec(read('migrations/catalogue.snapshot.txt')) ?? [];
    const codes = [...known.matchAll(/'([A-Z_]+)'/g)].map(([, code = '']) => code);
    expect([...EXCLUSIONS.codes].sort()).toEqual(codes.sort());
    expect(codes.filter((code) => !inWords(exclusionText(code)))).toEqual([]);
  });
});
