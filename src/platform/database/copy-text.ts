/** What a column of a row to be copied can be; decimals are given as text or as core decimals. */
export type CopyValue = unknown;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** The characters that the text format gives a meaning. */
const SPECIAL = /[\\\b\f\n\r\t\v]/;
const EVERY_SPECIAL = new RegExp(SPECIAL, 'g');

/** The fields of a row in COPY's text format, without the line end; line ends within a value are escaped. */
export function copyFields(values: readonly CopyValue[]): string {
  return values.map(copyField).join('\t');
}

/** One value in COPY's text format: absent values as \N, everything else as PostgreSQL's input text, escaped. */
export function copyField(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  const text = inputText(value);
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (found) => ESCAPES[found] ?? found) : text;
}

/** The text that PostgreSQL reads for a value: arrays as array literals, other objects as JSON, bytes as hex. */
function inputText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 't' : 'f';
    case 'number':
    case 'bigint':
      return String(value);
    default:
      break;
  }
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(arrayElement).join(',')}}`;
  if (isDecimal(value)) return value.toFixed();
  return JSON.stringify(value);
}

function arrayElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return inputText(value);
  return `"${inputText(value).replace(/["\\]/g, '\\$&')}"`;
}

function isDecimal(value: unknown): value is { toFixed(): string } {
  return typeof value === 'object' && value !== null && 'toFixed' in value && typeof value.toFixed === 'function';
}
