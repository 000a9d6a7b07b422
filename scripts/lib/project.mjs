import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Tells the person at the terminal what goes on; standard output belongs to the commands' results. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** An error that needs no stack: the message says it all. */
export class Refusal extends Error {}
