/** What the contract's property metadata says about one field of a query. */
interface PropertyMetadata {
  readonly type?: unknown;
  readonly isArray?: boolean;
}

const PROPERTIES = 'swagger/apiModelProperties';

function coerce(value: unknown, property: PropertyMetadata | undefined): unknown {
  if (property?.type === 'array' || property?.isArray === true) return typeof value === 'string' ? [value] : value;
  if (typeof value !== 'string') return value;
  if (property?.type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (property?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/**
 * The query of an address as a plain object whose integers, flags and lists have their types: everything in an
 * address is text, while a body must send the right JSON type itself.
 */
export function coerceQuery(dto: new (...args: never[]) => unknown, query: unknown): Record<string, unknown> {
  const prototype = dto.prototype as object;
  const entries = Object.entries((query ?? {}) as Record<string, unknown>).map(([name, value]) => {
    const property = Reflect.getMetadata(PROPERTIES, prototype, name) as PropertyMetadata | undefined;
    return [name, coerce(value, property)] as const;
  });
  return Object.fromEntries(entries);
}
