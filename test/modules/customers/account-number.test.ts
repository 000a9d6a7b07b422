import fc from 'fast-check';
import { accountNoOf, isAccountNo } from '../../../src/modules/customers/rules/account-number';

const serial = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);

test('an account number is its serial and a check digit', () => {
  expect(accountNoOf('079462000')).toHaveLength(10);
  fc.assert(fc.property(serial, (each) => isAccountNo(accountNoOf(each)) && accountNoOf(each).startsWith(each)));
});

test('one wrong digit is always found', () => {
  fc.assert(
    fc.property(serial, fc.nat(9), fc.integer({ min: 1, max: 9 }), (each, place, shift) => {
      const accountNo = accountNoOf(each);
      const digit = (Number(accountNo[place]) + shift) % 10;
      return !isAccountNo(accountNo.slice(0, place) + String(digit) + accountNo.slice(place + 1));
    }),
  );
});

test('a serial of another length has no account number', () => {
  expect(() => accountNoOf('12345678')).toThrow(RangeError);
  expect(isAccountNo('12345')).toBe(false);
});
