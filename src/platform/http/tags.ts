import type { Bilingual } from '../errors';

const tags = new Map<string, Bilingual>();

/**
 * Describes a group of operations for the contract, once per module, and answers its name for `@ApiTags`.
 * Throws a TypeError where one name gets two descriptions.
 */
export function defineTag<const Name extends string>(name: Name, description: Bilingual): Name {
  const known = tags.get(name);
  if (known && (known.en !== description.en || known.zh !== description.zh)) throw new TypeError(`tag ${name} is described twice`);
  tags.set(name, description);
  return name;
}

/** All described tags by name. */
export function allTags(): ReadonlyMap<string, Bilingual> {
  return tags;
}
