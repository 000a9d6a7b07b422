/** A whole number from a command line, at most seven digits. */
export function wholeOption(options: Readonly<Record<string, string>>, name: string, fallback: number): number {
  const given = options[name] ?? String(fallback);
  if (!/^(0|[1-9]\d{0,6})$/.test(given)) throw new Error(`--${name} is a whole number`);
  return Number.parseInt(given, 10);
}
