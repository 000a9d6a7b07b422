/**
 * The check digit of an account number by ISO 7064, MOD 11,10: it finds every single wrong digit and nearly every
 * exchange of neighbours. `serial` is a text of digits.
 */
export function checkDigit(serial: string): string {
  let product = 10;
  for (let index = 0; index < serial.length; index += 1) {
    const total = (product + serial.charCodeAt(index) - 48) % 10;
    product = ((total === 0 ? 10 : total) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** The account number (户号) of a serial of 9 digits: the serial and its check digit. Throws a RangeError otherwise. */
export function accountNoOf(serial: string): string {
  if (!/^[0-9]{9}$/.test(serial)) throw new RangeError('the serial of an account has 9 digits');
  return serial + checkDigit(serial);
}

/** Tells whether a text is an account number with the right check digit. */
export function isAccountNo(text: string): boolean {
  return /^[0-9]{10}$/.test(text) && checkDigit(text.slice(0, 9)) === text.slice(9);
}
