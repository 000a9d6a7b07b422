import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { GoldenLine, runGolden } from '../../src/golden/run-folder';
import { RULE_NAMES, runCase } from '../../src/golden/run-case';
import type { JsonObject } from '../../src/golden/case-policy';

function lines(folder: string): GoldenLine[] {
  return [...runGolden(join(__dirname, folder))];
}

/** The files of cases and of the power-factor table, by name: a case is worked by its test, not while the tests are listed. */
function cases(folder: string): (readonly [string, string])[] {
  return readdirSync(join(__dirname, folder))
    .map((name) => join(__dirname, folder, name))
    .filter((path) => {
      const document = JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
      return 'rules' in document || 'standards' in document;
    })
    .map((path) => [basename(path, '.json'), path]);
}

function work(document: Record<string, unknown>): GoldenLine {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  writeFileSync(join(folder, 'case.json'), JSON.stringify(document));
  const [line] = [...runGolden(folder)];
  if (line === undefined) throw new Error('no line');
  return line;
}

describe('worked bills', () => {
  it.each([...cases('cases'), ...cases('worked')])('%s comes out to the last fen', (_name, path) => {
    const [worked] = [...runGolden(path)];
    expect(worked?.line['differences']).toBeUndefined();
    expect(worked?.line['error']).toBeUndefined();
    expect(worked?.passed).toBe(true);
  });

  it('every row of the printed power-factor table, and the rows below it, are what bills use', () => {
    const table = lines('cases').find((each) => each.line['id'] === 'power-factor-table');
    expect(table?.line['figures']).toEqual({ rows: '234', differences: '0' });
  });

  it('every rule is covered by at least one case', () => {
    const used = new Set<string>();
    const note = (part: JsonObject): void => {
      for (const [key, value] of Object.entries(part)) {
        if (key === 'rules' && Array.isArray(value)) value.forEach((rule) => used.add(String(rule)));
        else if (typeof value === 'object' && value !== null) note(value as JsonObject);
      }
    };
    for (const folder of ['cases', 'worked']) {
      const path = join(__dirname, folder);
      for (const name of readdirSync(path)) note(JSON.parse(readFileSync(join(path, name), 'utf8')) as JsonObject);
    }
    expect(RULE_NAMES.filter((rule) => !used.has(rule))).toEqual([]);
  });
});

describe('the runner', () => {
  const base = { id: 'x', rules: ['loss-by-days'], inputs: { monthlyLossKwh: '300', lossDays: '10' } };

  it('prints figures without comparing where nothing is expected', () => {
    expect(work(base)).toEqual({ line: { id: 'x', figures: { activeLossKwh: '100' } }, passed: null });
  });

  it('reports a figure that differs and one that is missing', () => {
    const { line, passed } = work({ ...base, expected: { activeLossKwh: '101', lineLossKwh: '1' } });
    expect(passed).toBe(false);
    expect(line['differences']).toEqual([
      { figure: 'activeLossKwh', expected: '101', got: '100' },
      { figure: 'lineLossKwh', expected: '1', got: null },
    ]);
  });

  it('names a rule that it does not know, inside a segment too', () => {
    expect(work({ ...base, rules: ['loss-by-days', 'moon-phase'] })).toEqual({ line: { id: 'x', unsupported: ['moon-phase'] }, passed: false });
    const parts = { id: 'x', rules: ['alternatives'], inputs: { alternatives: [{ alternativeId: 'a', rules: ['tides'] }] } };
    expect(work(parts).line['unsupported']).toEqual(['tides']);
  });

  it('names a choice that it does not know, but lets a sentence explain', () => {
    expect(work({ ...base, policy: { lossMood: 'generous' } }).line['unsupported']).toEqual(['policy:lossMood']);
    expect(work({ ...base, policy: { lossRounding: 'bankers' } }).line['unsupported']).toEqual(['policy:lossRounding']);
    expect(work({ ...base, policy: { lossMood: 'half of it is a gift' } }).passed).toBeNull();
  });

  it('says what is missing instead of guessing', () => {
    expect(work({ ...base, inputs: {} }).line['error']).toBe('lossDays or days is missing');
    const fallen = { id: 'x', rules: ['register-consumption'], inputs: { meters: [{ meterId: 'm', readings: { total: { startReading: '5', endReading: '4' } } }] } };
    expect(work(fallen).line['error']).toContain('METERING.READING_FELL');
  });

  it('lets a total differ by no more than the tolerance of the case', () => {
    const total = { id: 'x', rules: ['bill-total'], inputs: { chargeItems: [{ name: 'a', amount: '1.00' }] }, policy: { tolerance: '0.02' } };
    expect(work({ ...total, expected: { totalCharge: '1.02' } }).passed).toBe(true);
    expect(work({ ...total, expected: { totalCharge: '1.03' } }).passed).toBe(false);
  });

  it('takes a bill total from names, amounts and figures', () => {
    const result = runCase({ id: 'x', rules: ['bill-total'], inputs: { chargeItems: ['1.10', { name: 'b', amount: '2.20' }, 'rent'], rent: '3.30' }, policy: {} });
    expect(result.figures.get('totalCharge')).toBe('6.60');
  });
});
