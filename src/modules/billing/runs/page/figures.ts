import { count, dec, type Decimal, round, text, ZERO } from '../../../../core/quantity';
import type { Language } from '../../../../platform/errors';

/** A number for people: the integer part in groups of three. */
export function grouped(value: string | number): string {
  const [whole = '', fraction] = String(value).split('.');
  const parts = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? parts : `${parts}.${fraction}`;
}

/** An amount in yuan with its two decimals. */
export const yuan = (value: string): string => grouped(text(dec(value), 2));

/** Energy without trailing zeros, kWh. */
export const energy = (value: string): string => grouped(text(dec(value)));

const UNITS: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [['1000000000', ' bn'], ['1000000', ' m'], ['1000', ' k']],
  zh: [['100000000', ' 亿'], ['10000', ' 万']],
};

/** A number as short as a plot needs it: three digits or so, half up. */
export function compact(value: string, language: Language): string {
  const number = dec(value);
  const [size, unit] = UNITS[language].find(([limit]) => number.abs().gte(dec(limit))) ?? ['1', ''];
  const scaled = number.div(dec(size));
  return grouped(text(round(scaled, scaled.abs().lt(100) && unit !== '' ? 2 : scaled.abs().lt(1000) && unit !== '' ? 1 : 0))) + unit;
}

/** Change against last month in percent, one decimal, half up, with its sign; null after nothing. */
export function changePercent(now: string, last: string): string | null {
  const before = dec(last);
  if (before.isZero()) return null;
  const change = round(dec(now).minus(before).times(100).div(before.abs()), 1);
  return `${change.gt(0) ? '+' : ''}${text(change, 1)}`;
}

/** The largest magnitude of some numbers, for the scale of a plot; one where all are zero. */
export function magnitude(values: readonly string[]): Decimal {
  const largest = values.map((value) => dec(value).abs()).reduce((most, value) => (value.gt(most) ? value : most), ZERO);
  return largest.isZero() ? count(1) : largest;
}

/** How long a value is drawn: its share of the largest, of so many units, one decimal. Never negative. */
export function lengthOf(value: string, largest: Decimal, units: number): string {
  const number = dec(value);
  return number.lte(0) ? '0' : text(round(number.times(units).div(largest), 1));
}
