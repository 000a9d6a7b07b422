import type { Bilingual } from '../errors';

/** One value of an enumeration with its labels. */
export interface CodeItem extends Bilingual {
  readonly code: string;
}

/** A named enumeration that is stored, validated and served with Chinese and English labels. */
export interface CodeList<Code extends string = string> {
  readonly name: string;
  readonly codes: readonly Code[];
  readonly items: readonly CodeItem[];
}

/** The values of a code list as a type: `CodeOf<typeof ACCOUNT_CATEGORIES>`. */
export type CodeOf<List> = List extends CodeList<infer Code> ? Code : never;

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const lists = new Map<string, CodeList>();

/**
 * Declares an enumeration once, for the database check, the field decorator and `GET /v1/code-lists/{name}`.
 * `name` is kebab-case and plural. Throws a TypeError for a malformed or repeated name and for a repeated code.
 */
export function defineCodeList<const Item extends CodeItem>(name: string, items: readonly Item[]): CodeList<Item['code']> {
  const codes = items.map((item): Item['code'] => item.code);
  if (!NAME.test(name)) throw new TypeError(`"${name}" is not a code list name in kebab-case`);
  if (new Set(codes).size !== codes.length) throw new TypeError(`code list ${name} repeats a code`);
  const list: CodeList<Item['code']> = { name, codes, items };
  const known = lists.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(list)) throw new TypeError(`code list ${name} is declared twice`);
  lists.set(name, list);
  return list;
}

/** A code list by name, or undefined. */
export function findCodeList(name: string): CodeList | undefined {
  return lists.get(name);
}

/** All code lists in alphabetical order of their names. */
export function allCodeLists(): CodeList[] {
  return [...lists.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
