// By name: these are read on every step of a bill, and a re-export by name is the quick kind.
export { constant, count, dec, Decimal, isPlainDecimal, ONE, sum, text, ZERO } from './decimal';
export { divideRounded, round, type Rounding, squareRoot } from './rounding';
export { shareByLargestRemainder, shareInOrder } from './sharing';
