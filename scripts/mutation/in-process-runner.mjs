import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { commonTokens, declareClassPlugin, declareValuePlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { Compiler, TestContext } from './test-context.mjs';

const fc = createRequire(import.meta.url)('fast-check');

/**
 * Runs the pure tests inside of Stryker's worker. Every mutant meets freshly loaded modules, so that nothing that one mutant
 * left in a cache can kill the next; the compiled code is kept, which makes a reload a matter of milliseconds.
 */
class InProcessRunner {
  static inject = tokens(commonTokens.options);

  #stryker = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

  constructor({ mutationTests, mutationTestsLeftOut, propertySeed }) {
    this.root = process.cwd();
    this.compiler = new Compiler(this.root);
    this.testFiles = mutationTests.flatMap((folder) => testFilesIn(join(this.root, folder))).filter((file) => !mutationTestsLeftOut.includes(relative(this.root, file)));
    // The same documents for every mutant, and no search for the smallest one: that it fails is enough.
    fc.configureGlobal({ seed: propertySeed, endOnFailure: true });
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  /** Each file gets its own modules, so that what a cache spares the second file is counted for it too. */
  async dryRun({ coverageAnalysis }) {
    const results = [];
    for (const file of this.testFiles) {
      const context = new TestContext(this.compiler);
      context.collect(file);
      for (const test of context.tests) {
        for (const hook of test.hooks) await this.#covered(hook.id, coverageAnalysis, () => runHook(hook));
        results.push(await this.#covered(test.id, coverageAnalysis, () => run(test)));
        for (const hook of test.hooks) this.#countFor(test.id, hook.id);
      }
    }
    const { mutantCoverage } = this.#stryker;
    const tests = new Set(results.map(({ id }) => id));
    for (const id of Object.keys(mutantCoverage?.perTest ?? {})) if (!tests.has(id)) delete mutantCoverage.perTest[id];
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async #covered(id, coverageAnalysis, work) {
    if (coverageAnalysis === 'perTest') this.#stryker.currentTestId = id;
    const result = await work();
    this.#stryker.currentTestId = undefined;
    return result;
  }

  /** What the work before a group reaches, each of its tests reaches. */
  #countFor(testId, hookId) {
    const perTest = this.#stryker.mutantCoverage?.perTest;
    if (!perTest?.[hookId]) return;
    const own = (perTest[testId] ??= {});
    for (const [mutant, hits] of Object.entries(perTest[hookId])) own[mutant] = (own[mutant] ?? 0) + hits;
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, mutantActivation, hitLimit, disableBail }) {
    this.#stryker.hitLimit = hitLimit;
    this.#stryker.hitCount = hitLimit === undefined ? undefined : 0;
    const wanted = testFilter && new Set(testFilter);
    const whileLoading = mutantActivation === 'static' ? activeMutant.id : undefined;
    const context = new TestContext(this.compiler);
    const results = [];
    for (const file of this.#filesFor(sandboxFileName, wanted)) {
      this.#stryker.activeMutant = whileLoading;
      const tests = this.#collect(context, file);
      this.#stryker.activeMutant = activeMutant.id;
      for (const test of tests.filter(({ id }) => !wanted || wanted.has(id) || id === LOADING)) {
        results.push(await run(test));
        if (results.at(-1).status === TestStatus.Failed && !disableBail) break;
      }
      if (results.at(-1)?.status === TestStatus.Failed && !disableBail) break;
    }
    this.#stryker.activeMutant = undefined;
    return toMutantRunResult(determineHitLimitReached(this.#stryker.hitCount, hitLimit) ?? complete(results));
  }

  /** The tests of a file. A mutant under which it cannot even be loaded is seen at once. */
  #collect(context, file) {
    const before = context.tests.length;
    try {
      context.collect(file);
      return context.tests.slice(before);
    } catch (error) {
      const fail = () => {
        throw error;
      };
      return [{ id: LOADING, name: LOADING, fileName: file, body: fail, hooks: [] }];
    }
  }

  /** The files that hold wanted tests, those of the mutant's own folder first: they are the quickest to notice. */
  #filesFor(sandboxFileName, wanted) {
    const own = `${join(this.root, 'test/core', relative(join(this.root, 'src/core'), dirname(sandboxFileName)))}/`;
    const files = wanted ? this.testFiles.filter((file) => this.#holds(file, wanted)) : this.testFiles;
    return [...files.filter((file) => file.startsWith(own)), ...files.filter((file) => !file.startsWith(own))];
  }

  #holds(file, wanted) {
    const prefix = `${relative(this.root, file)}: `;
    return [...wanted].some((id) => id.startsWith(prefix));
  }
}

const LOADING = 'the tests can be loaded';

function complete(tests) {
  return { status: DryRunStatus.Complete, tests };
}

async function run(test) {
  const started = performance.now();
  let failure;
  try {
    for (const hook of test.hooks) await runHook(hook);
    await test.body();
  } catch (error) {
    failure = error ?? new Error('the test threw nothing');
  }
  return { ...asResult(test, failure), timeSpentMs: performance.now() - started };
}

/** Once for its group; where it failed it fails for every test of the group. */
async function runHook(hook) {
  if (!hook.done) {
    hook.done = true;
    hook.failure = await Promise.resolve().then(hook.body).then(() => undefined, (error) => error ?? new Error('the work before the tests threw nothing'));
  }
  if (hook.failure !== undefined) throw hook.failure;
}

function asResult({ id, name, fileName }, failure) {
  if (failure === undefined) return { id, name, fileName, status: TestStatus.Success };
  return { id, name, fileName, status: TestStatus.Failed, failureMessage: String(failure.message ?? failure) };
}

function testFilesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name));
}

/** Words for people, in one language or the other: a changed word changes no figure, and no test repeats a text. */
const words = {
  shouldIgnore({ node }) {
    const named = node.type === 'ObjectProperty' && node.key.type === 'Identifier' && ['zh', 'en', 'description'].includes(node.key.name);
    return named && ['StringLiteral', 'TemplateLiteral'].includes(node.value.type) ? 'words for people' : undefined;
  },
};

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner), declareValuePlugin(PluginKind.Ignore, 'words', words)];
