type Task = () => void | Promise<void>;

const WITHIN_MS = 30_000;
/** A terminal signals the whole group and npm passes the signal on: both within this time are one request. */
const SAME_SIGNAL_MS = 1_000;

const tasks: { name: string; task: Task }[] = [];
let installed = false;
let startedAt: number | undefined;

/**
 * Registers what has to be done when the process ends, be it by Ctrl-C, SIGTERM or at the end of its work:
 * the last registered first. Tasks that have not run when the process exits are run then, as far as they are synchronous.
 */
export function onShutdown(name: string, task: Task): void {
  tasks.push({ name, task });
  if (installed) return;
  installed = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { handleSignal(signal); });
  process.on('exit', runRemaining);
}

/** Runs everything that is registered, and waits for it. */
export async function shutDown(): Promise<void> {
  for (let next = tasks.pop(); next; next = tasks.pop()) {
    try {
      await next.task();
    } catch (error) {
      process.stderr.write(`stopping the ${next.name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}

function handleSignal(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
  const now = Date.now();
  if (startedAt !== undefined) {
    if (now - startedAt > SAME_SIGNAL_MS) process.exit(130);
    return;
  }
  startedAt = now;
  setTimeout(() => process.exit(1), WITHIN_MS).unref();
  const code = signal === 'SIGTERM' ? 0 : 130;
  void shutDown().finally(() => process.exit(process.exitCode ?? code));
}

function runRemaining(): void {
  for (let next = tasks.pop(); next; next = tasks.pop()) {
    try {
      void next.task();
    } catch (error) {
      process.stderr.write(`stopping the ${next.name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
