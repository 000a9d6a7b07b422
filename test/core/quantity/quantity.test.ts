import { count, dec, Decimal, divideRounded, isPlainDecimal, round, shareByLargestRemainder, shareInOrder, sum, text } from '../../../src/core/quantity';

const texts = (values: readonly Decimal[]): string[] => values.map((value) => text(value));

describe('decimals', () => {
  it('are read from plain notation only, from the first character to the last', () => {
    expect(['0', '-1', '12.50', '0.000000000000000000000001', '1e5', ' 1', '1 ', '+1', '.5', '5.', '', '1.2.3', 'x1', '1x'].map(isPlainDecimal)).toEqual([
      true, true, true, true, false, false, false, false, false, false, false, false, false, false,
    ]);
    expect([isPlainDecimal('9'.repeat(24)), isPlainDecimal('9'.repeat(25)), isPlainDecimal(`0.${'1'.repeat(24)}`), isPlainDecimal(`0.${'1'.repeat(25)}`)]).toEqual([true, false, true, false]);
  });

  it('refuse other text with its first forty characters', () => {
    expect(() => dec('1e5')).toThrow(new RangeError('not a plain decimal: "1e5"'));
    expect(() => dec('x'.repeat(50))).toThrow(new RangeError(`not a plain decimal: "${'x'.repeat(40)}"`));
  });

  it('carry sixty digits, and a decimal stays what it is however long', () => {
    const third = dec('1').div(3);
    expect(text(third)).toBe(`0.${'3'.repeat(60)}`);
    expect(dec(third)).toBe(third);
  });

  it('count whole things only', () => {
    expect(text(count(31))).toBe('31');
    expect(() => count(1.5)).toThrow(new RangeError('a count is a whole number'));
  });

  it('are printed plain, and zero is never negative', () => {
    expect([text(dec('-0')), text(dec('-0.00'), 2), text(dec('1.50')), text(dec('1.5'), 3), text(dec('0.0000000001'))]).toEqual(['0', '0.00', '1.5', '1.500', '0.0000000001']);
    expect([text(sum([])), text(sum([dec('0.1'), dec('0.2'), dec('-1')]))]).toEqual(['0', '-0.7']);
  });
});

describe('rounding', () => {
  it('takes half away from zero, up away from zero, down towards it, or leaves the figure', () => {
    expect([round(dec('2.345'), 2), round(dec('-2.345'), 2), round(dec('2.344'), 2)].map((value) => text(value, 2))).toEqual(['2.35', '-2.35', '2.34']);
    expect([round(dec('2.341'), 2, 'up'), round(dec('-2.341'), 2, 'up'), round(dec('2.349'), 2, 'down'), round(dec('-2.349'), 2, 'down')].map((value) => text(value, 2))).toEqual(['2.35', '-2.35', '2.34', '-2.34']);
    expect(text(round(dec('2.3456789'), null))).toBe('2.3456789');
  });

  it('of a quotient is that of the full quotient', () => {
    expect([divideRounded(dec('2'), dec('3'), 4), divideRounded(dec('1'), dec('8'), 2), divideRounded(dec('-1'), dec('8'), 2)].map((value) => text(value))).toEqual(['0.6667', '0.13', '-0.13']);
    // 11111111111111111111111 ÷ 3 with 22 digits before the point and 12 behind it
    expect(text(divideRounded(dec('1'.repeat(23)), dec('3'), 12))).toBe('3703703703703703703703.666666666667');
    // a hair below an eighth is 0.12, although its first forty-five digits are rounded up to 0.125
    expect(text(divideRounded(dec('0.125').minus(new Decimal(10).pow(-45)), dec('1'), 2))).toBe('0.12');
  });
});

describe('sharing by the largest remainder', () => {
  it('gives the units that are left to those who lost most, the earlier first', () => {
    // 100 by 1 : 2 : 4 → 14.28…, 28.57…, 57.14… → 14, 28, 57 and one more for the second
    expect(texts(shareByLargestRemainder(dec('100'), [dec('1'), dec('2'), dec('4')], 0))).toEqual(['14', '29', '57']);
    // 0.05 in three equal parts: 0.01 each, 0.02 left for the first two
    expect(texts(shareByLargestRemainder(dec('0.05'), [dec('7'), dec('7'), dec('7')], 2))).toEqual(['0.02', '0.02', '0.01']);
  });

  it('shares a credit like a debit', () => {
    expect(texts(shareByLargestRemainder(dec('-1.00'), [dec('1'), dec('1'), dec('1')], 2))).toEqual(['-0.34', '-0.33', '-0.33']);
  });

  it('shares in equal parts where all weights are zero, and knows no part without a weight', () => {
    expect(texts(shareByLargestRemainder(dec('10'), [dec('0'), dec('0'), dec('0'), dec('0')], 0))).toEqual(['3', '3', '2', '2']);
    expect(shareByLargestRemainder(dec('10'), [], 0)).toEqual([]);
  });
});

describe('sharing in order', () => {
  it('rounds every part but the last, never to more than is left', () => {
    expect(texts(shareInOrder(dec('10'), [dec('1'), dec('1'), dec('1')], 0))).toEqual(['3', '3', '4']);
    expect(texts(shareInOrder(dec('1'), [dec('1'), dec('1'), dec('1')], 0, 'up'))).toEqual(['1', '0', '0']);
    expect(texts(shareInOrder(dec('7'), [dec('0'), dec('0')], 0))).toEqual(['0', '7']);
  });
});
