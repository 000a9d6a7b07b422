import type { Rule, Violation } from './rules';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function wrong(code: string, en: string, zh: string, allowed: string): Violation {
  return { code, message: { en, zh }, allowed };
}

/** Whether a text is a day of the calendar, written YYYY-MM-DD. */
export function isCalendarDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const last = new Date(Date.UTC(+year, +month, 0)).getUTCDate();
  return +year >= 1 && +month >= 1 && +month <= 12 && +day >= 1 && +day <= last;
}

/** A local date YYYY-MM-DD from `from` to `to`, both included. */
export function dayRule(from: string, to: string): Rule {
  const allowed = `${from} … ${to}`;
  return (value) => {
    if (typeof value !== 'string') return wrong('MUST_BE_A_STRING', 'must be a string', '必须是字符串', 'YYYY-MM-DD');
    if (!isCalendarDay(value)) return wrong('NOT_A_DATE', 'must be a date YYYY-MM-DD', '须为 YYYY-MM-DD 格式的日期', 'YYYY-MM-DD');
    return value < from || value > to ? wrong('OUT_OF_RANGE', `must be within ${allowed}`, `须在 ${allowed} 之间`, allowed) : null;
  };
}

/** A calendar month YYYY-MM from `from` to `to`, both included. */
export function monthRule(from: string, to: string): Rule {
  const allowed = `${from} … ${to}`;
  return (value) => {
    if (typeof value !== 'string') return wrong('MUST_BE_A_STRING', 'must be a string', '必须是字符串', 'YYYY-MM');
    if (!MONTH.test(value)) return wrong('NOT_A_MONTH', 'must be a month YYYY-MM', '须为 YYYY-MM 格式的月份', 'YYYY-MM');
    return value < from || value > to ? wrong('OUT_OF_RANGE', `must be within ${allowed}`, `须在 ${allowed} 之间`, allowed) : null;
  };
}

/** An instant with its offset from UTC (RFC 3339), at most to the microsecond. */
export const instantRule: Rule = (value) => {
  const allowed = 'YYYY-MM-DDThh:mm:ss±hh:mm';
  if (typeof value !== 'string') return wrong('MUST_BE_A_STRING', 'must be a string', '必须是字符串', allowed);
  const day = INSTANT.exec(value)?.[1];
  const valid = day !== undefined && isCalendarDay(day) && day >= '1900-01-01' && day <= '2999-12-31';
  return valid ? null : wrong('NOT_AN_INSTANT', 'must be an instant with its offset', '须为带时区的时间', allowed);
};
