import { processEnvironment } from '../config';
import { shutDown } from './shutdown';

/**
 * Runs a command to its end, shuts everything down and exits with its code. An error is one line on standard error,
 * with its stack where LOG_LEVEL is debug or trace.
 */
export function runCommand(work: () => Promise<number>): void {
  void work()
    .then((code) => { process.exitCode = code; })
    .catch((error: unknown) => {
      process.stderr.write(`${describe(error)}\n`);
      process.exitCode = 1;
    })
    .then(shutDown)
    .then(() => { process.exit(); });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const verbose = ['debug', 'trace'].includes(processEnvironment().LOG_LEVEL ?? '');
  if (verbose) return error.stack ?? error.message;
  // A refused connection has no message of its own, only those of its attempts.
  return error.message === '' && error instanceof AggregateError ? error.errors.map(describe).join('; ') : error.message;
}
