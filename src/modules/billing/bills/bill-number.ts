import type { LocalMonth } from '../../../core/calendar';

const DIGITS = 10;
const FORM = /^(\d{4})(0[1-9]|1[0-2])(\d{10})(\d)$/;

/** ISO 7064 MOD 11,10 over a text of digits: it finds every single wrong digit and nearly every exchange of neighbours. */
function checkDigit(digits: string): string {
  let product = 10;
  for (let index = 0; index < digits.length; index += 1) {
    const total = (product + digits.charCodeAt(index) - 48) % 10;
    product = ((total === 0 ? 10 : total) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/**
 * The number that a bill is known by: its billing period, ten digits, and a check digit (`20260500000012345`).
 * It leads to the stored row without a search. Throws a RangeError for an id of more than ten digits.
 */
export function billNoOf(period: LocalMonth, billId: string): string {
  if (!/^\d{1,10}$/.test(billId)) throw new RangeError('the id of a bill has at most ten digits');
  const digits = period.replace('-', '') + billId.padStart(DIGITS, '0');
  return digits + checkDigit(digits);
}

/** Period and id out of a bill number, or null where it is none or its check digit is wrong. */
export function parseBillNo(billNo: string): { readonly period: LocalMonth; readonly billId: string } | null {
  const [, year, month, serial, check] = FORM.exec(billNo) ?? [];
  if (year === undefined || month === undefined || serial === undefined) return null;
  if (checkDigit(year + month + serial) !== check) return null;
  return { period: `${year}-${month}`, billId: serial.replace(/^0{1,9}/, '') };
}
