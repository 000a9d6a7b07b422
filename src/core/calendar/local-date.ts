/** A day of the calendar in Asia/Shanghai as `YYYY-MM-DD`. Texts of this form sort like the days that they name. */
export type LocalDate = string;

/** A month as `YYYY-MM`. */
export type LocalMonth = string;

/** A half-open stretch of days: `from` belongs to it, `to` does not. */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** Year, month and day as numbers; no check of the calendar. */
function parts(date: LocalDate): [number, number, number] {
  return [
    (date.charCodeAt(0) - 48) * 1000 + (date.charCodeAt(1) - 48) * 100 + (date.charCodeAt(2) - 48) * 10 + date.charCodeAt(3) - 48,
    (date.charCodeAt(5) - 48) * 10 + date.charCodeAt(6) - 48,
    (date.charCodeAt(8) - 48) * 10 + date.charCodeAt(9) - 48,
  ];
}

/** Days of a run are few and come again and again; what was found once is kept, within a bound. */
const MOST_KNOWN = 4096;
const numbers = new Map<LocalDate, number>();
const sound = new Set<LocalDate>();

/** Days since 1970-01-01, by the civil calendar (proleptic Gregorian), without any time zone. */
export function dayNumber(date: LocalDate): number {
  let number = numbers.get(date);
  if (number === undefined) {
    number = civilDays(date);
    if (numbers.size >= MOST_KNOWN) numbers.clear();
    numbers.set(date, number);
  }
  return number;
}

function civilDays(date: LocalDate): number {
  const [year, month, day] = parts(date);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The day with this number since 1970-01-01. */
export function dateOfDayNumber(days: number): LocalDate {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Days in a month, 28 to 31. */
export function daysInMonth(month: LocalMonth): number {
  return dayNumber(firstOfNextMonth(month)) - dayNumber(`${month}-01`);
}

/** The first day of the month after. */
export function firstOfNextMonth(month: LocalMonth): LocalDate {
  return `${addMonths(month, 1)}-01`;
}

/** A month so many months later (or earlier, where negative). */
export function addMonths(month: LocalMonth, months: number): LocalMonth {
  const index = Number.parseInt(month.slice(0, 4), 10) * 12 + Number.parseInt(month.slice(5, 7), 10) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Months from the month of a day to that of another; negative where it is the earlier one. */
export function monthsBetween(from: LocalDate, to: LocalDate): number {
  const [year, month] = parts(from);
  const [toYear, toMonth] = parts(to);
  return (toYear - year) * 12 + toMonth - month;
}

/** The month that a day belongs to. */
export function monthOf(date: LocalDate): LocalMonth {
  return date.slice(0, 7);
}

/** The month of the year, 1 to 12, of a day or a month. */
export function monthNumber(date: LocalDate): number {
  return (date.charCodeAt(5) - 48) * 10 + date.charCodeAt(6) - 48;
}

/** The calendar year of a day or a month as a text, `YYYY`. */
export function yearOf(date: LocalDate): string {
  return date.slice(0, 4);
}

/** A day so many days later (or earlier, where negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Tells whether a text is a day that the calendar has (no 30 February). */
export function isLocalDate(text: string): boolean {
  if (sound.has(text)) return true;
  // Whatever stands in the text: only a day of the calendar comes back as it was written.
  if (dateOfDayNumber(civilDays(text)) !== text) return false;
  if (sound.size >= MOST_KNOWN) sound.clear();
  sound.add(text);
  return true;
}
