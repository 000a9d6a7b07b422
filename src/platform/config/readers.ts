type Env = Readonly<Record<string, string | undefined>>;

/** What was found wrong so far; each entry names a setting and what is expected of it, never its value. */
export type Problems = string[];

/** The text of a setting without outer blanks; undefined where it is absent or empty. */
export function readText(env: Env, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/** The address in a setting, checked for its protocol. */
export function readUrl(
  env: Env,
  name: string,
  protocols: readonly string[],
  problems: Problems,
  need: 'required' | 'optional',
): string | undefined {
  const value = readText(env, name);
  if (value === undefined) {
    if (need === 'required') problems.push(`${name} is missing`);
    return undefined;
  }
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    problems.push(`${name} is not a ${protocols[0] ?? ''}// address`);
    return undefined;
  }
  return value;
}

/** A whole number within bounds, or the default where the setting is absent. */
export function readWhole(
  env: Env,
  name: string,
  fallback: number,
  bounds: { min: number; max: number },
  problems: Problems,
): number {
  const value = readText(env, name);
  if (value === undefined) return fallback;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : -1;
  if (number < bounds.min || number > bounds.max) {
    problems.push(`${name} is not a whole number from ${String(bounds.min)} to ${String(bounds.max)}`);
    return fallback;
  }
  return number;
}

/** A key of 32 bytes written as 64 hexadecimal digits. */
export function readKey(env: Env, name: string, problems: Problems): Buffer {
  const value = readText(env, name);
  if (value === undefined) problems.push(`${name} is missing`);
  else if (!/^[0-9a-f]{64}$/i.test(value)) problems.push(`${name} is not 64 hexadecimal digits`);
  return Buffer.from(value ?? '', 'hex');
}

/** A switch: 1 or true means on, 0, false or nothing means off. */
export function readFlag(env: Env, name: string, problems: Problems): boolean {
  const value = readText(env, name) ?? '0';
  if (!['0', '1', 'true', 'false'].includes(value)) problems.push(`${name} is neither 1 nor 0`);
  return value === '1' || value === 'true';
}
