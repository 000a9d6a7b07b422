/**
 * The settings that the process was started with. This is the only place that reads them;
 * `loadConfig` turns them into the frozen configuration.
 */
export function processEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
