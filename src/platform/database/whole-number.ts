/**
 * A count, a size or another whole number that arrived as text (`int8` columns, CSV cells, command lines).
 * Throws a RangeError for anything that is no safe whole number. Quantities of the trade are decimals and never come here.
 */
export function wholeNumber(value: string | number): number {
  const number = typeof value === 'number' ? value : /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new RangeError(`not a whole number: "${String(value).slice(0, 40)}"`);
  return number;
}
