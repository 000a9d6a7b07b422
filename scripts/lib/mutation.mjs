import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { FOLDERS, GOAL, optionsFor, PROPERTY_RUNS, PROPERTY_SEED } from '../mutation/options.mjs';
import { PROJECT, Refusal } from './project.mjs';

const OPTIONS = {
  folder: { type: 'string', multiple: true },
  force: { type: 'boolean' },
  concurrency: { type: 'string', default: '1' },
};

/**
 * `npm run test:long -- mutation`: changes the core in thousands of small ways and sees whether the tests notice.
 * `--folder charges` takes one folder, `--force` forgets what earlier runs found. Ends with 1 where a folder misses the goal.
 */
export async function runMutation(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const unknown = values.folder?.filter((folder) => !FOLDERS.includes(folder)) ?? [];
  if (unknown.length > 0) throw new Refusal(`There is no folder ${unknown.join(', ')} to mutate; there are: ${FOLDERS.join(', ')}`);
  if (!/^[1-9]\d?$/.test(values.concurrency)) throw new Refusal('--concurrency is a whole number from 1 on.');
  process.chdir(PROJECT);
  process.env.PROPERTY_RUNS = String(PROPERTY_RUNS);
  process.env.PROPERTY_SEED = String(PROPERTY_SEED);
  const results = [];
  for (const folder of values.folder ?? FOLDERS) {
    const mutants = await new Stryker(optionsFor(folder, { force: values.force, concurrency: Number(values.concurrency) })).runMutationTest();
    const result = countOf(folder, mutants);
    results.push(result);
    for (const mutant of mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')) print(describe(mutant));
    print(row(result));
  }
  if (results.length > 1) for (const result of [HEAD, ...results.map(row), row(sumOf(results))]) print(result);
  return results.every(({ score }) => score >= GOAL) ? 0 : 1;
}

const HEAD = '| folder | mutants | killed | survived | not covered | score |\n|---|---|---|---|---|---|';

function countOf(folder, mutants) {
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  return scored({ folder, killed: count('Killed', 'Timeout'), survived: count('Survived'), uncovered: count('NoCoverage'), failed: count('RuntimeError', 'CompileError') });
}

function sumOf(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return scored({ folder: 'all', killed: sum('killed'), survived: sum('survived'), uncovered: sum('uncovered'), failed: sum('failed') });
}

/** Per cent of the mutants that a test noticed; a mutant that never ended counts as noticed, one that no test reaches as survivor. */
function scored(counts) {
  const mutants = counts.killed + counts.survived + counts.uncovered;
  return { ...counts, mutants, score: mutants === 0 ? 100 : (counts.killed / mutants) * 100 };
}

function row({ folder, mutants, killed, survived, uncovered, score }) {
  return `| ${folder} | ${mutants} | ${killed} | ${survived} | ${uncovered} | ${score.toFixed(1)} % |`;
}

function describe({ fileName, location, status, mutatorName, replacement }) {
  const file = fileName.slice(PROJECT.length + 1);
  return `${status} ${file}:${location.start.line}:${location.start.column} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 140)}`;
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
