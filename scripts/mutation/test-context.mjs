import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import { format } from 'node:util';

const require = createRequire(import.meta.url);
const { transformSync } = require('@swc/core');
/** The very matchers of the project's jest. */
const { expect } = createRequire(require.resolve('jest'))('expect');

const WRAPPER = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Compiled files, kept over all reloads: a reload runs them again, it does not compile them again. */
class Compiler {
  #compiled = new Map();
  #resolved = new Map();

  constructor(root) {
    this.root = root;
    /** Packages are loaded once and never mutated. */
    this.requirePackage = createRequire(join(root, 'package.json'));
  }

  /** The source file that a relative import means. */
  resolve(folder, name) {
    const path = join(folder, name);
    const known = this.#resolved.get(path);
    if (known) return known;
    const found = [`${path}.ts`, path, join(path, 'index.ts')].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    if (!found) throw new Error(`${name} is not a file under ${folder}`);
    this.#resolved.set(path, found);
    return found;
  }

  compile(file) {
    const known = this.#compiled.get(file);
    if (known) return known;
    const source = readFileSync(file, 'utf8');
    const fresh = extname(file) === '.json' ? this.#json(source) : this.#typescript(source, file);
    this.#compiled.set(file, fresh);
    return fresh;
  }

  #json(source) {
    return (_exports, _require, module) => {
      module.exports = JSON.parse(source);
    };
  }

  #typescript(source, file) {
    const { code } = transformSync(source, { filename: file, cwd: this.root, sourceMaps: false });
    return compileFunction(code, WRAPPER, { filename: file });
  }
}

/** One set of freshly loaded modules and the tests that they declare. */
class TestContext {
  #modules = new Map();
  #groups = [];
  tests = [];

  constructor(compiler) {
    this.compiler = compiler;
  }

  /** Loads a test file and notes its tests, in the order in which they stand. */
  collect(file) {
    this.fileName = file;
    const it = this.#it();
    const added = { describe: this.#describe(), it, test: it, beforeAll: (body) => this.#beforeAll(body), expect };
    Object.assign(globalThis, added);
    this.#load(file);
  }

  #load(file) {
    const known = this.#modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    this.#modules.set(file, module);
    this.compiler.compile(file)(module.exports, this.#requireFrom(file), module, file, dirname(file));
    return module.exports;
  }

  #requireFrom(file) {
    return (name) => (name.startsWith('.') ? this.#load(this.compiler.resolve(dirname(file), name)) : this.compiler.requirePackage(name));
  }

  #describe() {
    const describe = (title, body) => {
      this.#groups.push({ title, hooks: [] });
      body();
      this.#groups.pop();
    };
    return Object.assign(describe, { each: eachWith(describe) });
  }

  /** Work before the first test of a group; it stands before the tests. */
  #beforeAll(body) {
    const group = this.#groups.at(-1);
    if (!group) throw new Error('beforeAll stands inside of a describe');
    group.hooks.push({ id: `${relative(this.compiler.root, this.fileName)}: before ${group.title} ${group.hooks.length}`, body, done: false });
  }

  #it() {
    const it = (title, body) => {
      const name = [...this.#groups.map((group) => group.title), title].join(' ');
      const base = `${relative(this.compiler.root, this.fileName)}: ${name}`;
      const same = this.tests.filter((test) => test.base === base).length;
      this.tests.push({ id: same === 0 ? base : `${base} (${same + 1})`, base, name, fileName: this.fileName, body, hooks: this.#groups.flatMap(({ hooks }) => hooks) });
    };
    return Object.assign(it, { each: eachWith(it) });
  }
}

function eachWith(declare) {
  return (rows) => (title, body) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      declare(titleOf(title, values), () => body(...values));
    }
  };
}

/** Fills %s and its kin in order; values that the title does not name are left out. */
function titleOf(title, values) {
  const places = title.replaceAll('%%', '').match(/%[a-z]/g)?.length ?? 0;
  return format(title, ...values.slice(0, places));
}

export { Compiler, TestContext };
