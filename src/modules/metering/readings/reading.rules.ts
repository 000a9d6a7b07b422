import { checkReading } from '../../../core/metering';
import { dec } from '../../../core/quantity';
import type { OfferedReading, ReadingPlace, Refusal } from './reading.types';

type Problem = Omit<Refusal, 'line'>;

const READING = /^\d{1,10}(\.\d{1,8})?$/;

/** The highest value that a dial can show: 999999.99 for six digits and two decimals. */
export function highestOf(dialDigits: number, decimals: number): string {
  return '9'.repeat(dialDigits) + (decimals > 0 ? `.${'9'.repeat(decimals)}` : '');
}

/** What is wrong with a text that should be a reading, whatever its dial; null where nothing is. */
export function readingTextProblem(text: string): Problem | null {
  if (READING.test(text)) return null;
  const value = text.slice(0, 60);
  if (/^-\d+(\.\d+)?$/.test(text)) {
    return { field: 'reading', code: 'NEGATIVE', message: { en: 'must not be negative', zh: '不能为负' }, allowed: '0 …', value };
  }
  const message = { en: 'must be digits with an optional fraction', zh: '须为数字，可带小数' };
  return { field: 'reading', code: 'NOT_A_READING', message, allowed: '0 … 9999999999.9999', value };
}

/** What is wrong with a reading for a dial of so many whole digits and decimals; null where nothing is. */
export function dialProblem(reading: string, dialDigits: number, decimals: number): Problem | null {
  const [, fraction = ''] = reading.split('.');
  const allowed = `0 … ${highestOf(dialDigits, decimals)}`;
  if (fraction.length > decimals && /[1-9]/.test(fraction.slice(decimals))) {
    const message = { en: `must have at most ${decimals} decimals`, zh: `最多 ${decimals} 位小数` };
    return { field: 'reading', code: 'TOO_MANY_DECIMALS', message, allowed, value: reading };
  }
  if (checkReading(dec(reading), dialDigits).some(({ code }) => code === 'METERING.READING_BEYOND_DIAL')) {
    const message = { en: `must have at most ${dialDigits} digits before the point`, zh: `整数部分最多 ${dialDigits} 位` };
    return { field: 'reading', code: 'BEYOND_DIAL', message, allowed, value: reading };
  }
  return null;
}

function dateProblem(readOn: string, place: ReadingPlace): Problem | null {
  if (place.installationId === null || place.installedOn === null) {
    const message = { en: 'the meter has never been installed', zh: '该表从未装出' };
    return { field: 'readOn', code: 'NOT_INSTALLED', message, value: readOn };
  }
  const allowed = `${place.installedOn} … ${place.removedOn ?? ''}`.trim();
  if (readOn < place.installedOn) {
    const message = { en: 'is before the installation', zh: '早于装表日期' };
    return { field: 'readOn', code: 'BEFORE_INSTALLATION', message, allowed, value: readOn };
  }
  if (place.removedOn !== null && readOn > place.removedOn) {
    const message = { en: 'is after the removal', zh: '晚于拆表日期' };
    return { field: 'readOn', code: 'AFTER_REMOVAL', message, allowed, value: readOn };
  }
  return null;
}

/** Why a reading cannot stand at its place: unknown meter or register, its day, its dial; null where it can. */
export function placeProblem(offered: OfferedReading, place: ReadingPlace, today: string): Problem | null {
  if (place.meterId === null) {
    return { field: 'meterNo', code: 'UNKNOWN_METER', message: { en: 'is not a known meter', zh: '电能表未登记' }, value: offered.meterNo };
  }
  if (place.dialDigits === null || place.decimals === null) {
    const message = { en: 'the meter has no such register', zh: '该表没有此示数类型' };
    return { field: 'register', code: 'UNKNOWN_REGISTER', message, allowed: place.registers.join(' | '), value: offered.register };
  }
  if (offered.readOn > today) {
    const message = { en: 'is in the future', zh: '不能晚于今天' };
    return { field: 'readOn', code: 'IN_THE_FUTURE', message, allowed: `… ${today}`, value: offered.readOn };
  }
  return dateProblem(offered.readOn, place) ?? dialProblem(offered.reading, place.dialDigits, place.decimals);
}

/** Tells whether two readings are the same value, however many zeros they are written with. */
export function sameReading(one: string, other: string): boolean {
  return one === other || dec(one).equals(dec(other));
}

/** A refusal of another value for a day that has one. */
export function duplicateProblem(recorded: string, offered: string): Problem {
  const message = { en: 'another value is recorded for that day; correct it instead', zh: '该日已有不同示数，请更正' };
  return { field: 'reading', code: 'DUPLICATE', message, allowed: recorded, value: offered };
}
