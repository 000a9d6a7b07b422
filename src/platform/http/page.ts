import type { Type } from '@nestjs/common';
import { AppError, fieldError } from '../errors';
import { IntField, TextField } from './fields';
import { isId } from './rules';
import { ListField } from './structure-fields';

/** No answer has more items than this, whatever is asked for. */
export const MAX_PAGE_SIZE = 200;
const CURSOR = /^[A-Za-z0-9_-]+$/;

/** The part of a query that asks for one page; extend it with the filters of a list. */
export class PageQuery {
  @TextField({
    description: 'Where the page begins: nextCursor of the page before; left out for the first page.',
    example: 'WyIxMDI0Il0',
    maxLength: 512,
    pattern: CURSOR,
    optional: true,
  })
  cursor?: string;

  @IntField({ description: 'Items of one page at most.', example: 50, min: 1, max: MAX_PAGE_SIZE, default: 50, optional: true })
  limit: number = 50;
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** The cursor of the next page; null on the last one. */
  readonly nextCursor: string | null;
}

const pages = new Map<unknown, Type<Page<unknown>>>();

/** The class of a page of such items, for `responseType`: named after the item, `AccountViewPage`. */
export function pageOf<Item>(item: Type<Item>): Type<Page<Item>> {
  const known = pages.get(item);
  if (known) return known as Type<Page<Item>>;
  class ItemPage implements Page<Item> {
    @ListField(() => item, { description: 'The items of this page.', maxItems: MAX_PAGE_SIZE })
    items!: Item[];

    @TextField({ description: 'Cursor of the next page; null on the last one.', example: 'WyIxMDI0Il0', maxLength: 512, nullable: true })
    nextCursor!: string | null;
  }
  Object.defineProperty(ItemPage, 'name', { value: `${item.name}Page` });
  pages.set(item, ItemPage);
  return ItemPage;
}

/** An opaque cursor from the sort values of the last item of a page, all as text. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * The sort values in a cursor, or undefined where there is no cursor. Throws REQUEST.INVALID for a cursor that was
 * not issued for a list sorted by that many values; pass `isValue` to check their form (default: ids).
 */
export function decodeCursor(
  cursor: string | undefined,
  length: number,
  isValue: (value: string, index: number) => boolean = isId,
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const values = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const texts = Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
  if (texts.length === length && Array.isArray(values) && values.length === length && texts.every(isValue)) return texts;
  const error = fieldError('cursor', 'NOT_A_CURSOR', { en: 'is not a cursor of this list', zh: '不是该列表的游标' });
  throw new AppError('REQUEST.INVALID', { errors: [error] });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A page out of rows that were read with `LIMIT limit + 1`: the extra row only tells that there is a next page.
 * `keyOf` gives the sort values of an item, as `decodeCursor` will return them.
 */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly string[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null;
  return { items: shown.map(toItem), nextCursor };
}
