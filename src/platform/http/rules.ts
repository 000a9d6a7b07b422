import { dec, isPlainDecimal } from '../../core/quantity';
import type { Bilingual } from '../errors';

/** What is wrong with one value; `path` leads to the item where the value is a list. */
export interface Violation {
  readonly path?: string;
  readonly code: string;
  readonly message: Bilingual;
  readonly allowed?: string;
}

/** Judges a value that is neither undefined nor null; null means that nothing is wrong. */
export type Rule = (value: unknown) => Violation | null;

const violation = (code: string, en: string, zh: string, allowed?: string): Violation =>
  allowed === undefined ? { code, message: { en, zh } } : { code, message: { en, zh }, allowed };

const NOT_TEXT = violation('MUST_BE_A_STRING', 'must be a string', '必须是字符串');
export const REQUIRED = violation('REQUIRED', 'is required', '必填');
export const NOT_NULL = violation('MUST_NOT_BE_NULL', 'must not be null', '不能为 null');
export const UNKNOWN_FIELD = violation('UNKNOWN_FIELD', 'is not a field of this input', '不是该输入的字段');
export const NOT_OBJECT = violation('MUST_BE_AN_OBJECT', 'must be an object', '必须是对象');
export const TOO_DEEP = violation('TOO_DEEP', 'is nested too deeply', '嵌套层数过多');

/** NUL and the other control characters, and halves of surrogate pairs: the database cannot hold them all. */
const CONTROL = /[\u0000-\u001f\u007f]|\p{Surrogate}/u;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

export interface TextLimits {
  readonly maxLength: number;
  readonly minLength?: number;
  readonly pattern?: RegExp;
  readonly multiline?: boolean;
}

/** Text of a limited number of characters (code points), not blank unless `minLength` is 0. */
export function textRule({ maxLength, minLength = 1, pattern, multiline = false }: TextLimits): Rule {
  return (value) => {
    if (typeof value !== 'string') return NOT_TEXT;
    if ((multiline ? CONTROL_BUT_LINES : CONTROL).test(value)) {
      return violation('FORBIDDEN_CHARACTER', 'contains a control or broken character', '含有控制字符或无效字符');
    }
    const length = [...value].length;
    if (length > maxLength || length < minLength || (minLength > 0 && value.trim() === '')) {
      const allowed = `${minLength} … ${maxLength}`;
      return violation('LENGTH', `must have ${minLength} to ${maxLength} characters`, `长度须为 ${minLength} 至 ${maxLength} 个字符`, allowed);
    }
    if (pattern && !pattern.test(value)) {
      return violation('FORMAT', 'does not have the required form', '格式不正确', pattern.source);
    }
    return null;
  };
}

export interface DecimalLimits {
  readonly decimals: number;
  readonly digits: number;
  readonly min?: string;
  readonly max?: string;
}

/** The pattern of a decimal text; without a sign where negative values are not allowed. */
export function decimalPattern({ decimals, digits, min }: DecimalLimits): string {
  const sign = min !== undefined && !min.startsWith('-') ? '' : '-?';
  return `^${sign}\\d{1,${digits}}${decimals > 0 ? `(\\.\\d{1,${decimals}})?` : ''}$`;
}

function decimalRange({ min, max, digits, decimals }: DecimalLimits): string {
  const most = '9'.repeat(digits) + (decimals > 0 ? `.${'9'.repeat(decimals)}` : '');
  return `${min ?? `-${most}`} … ${max ?? most}`;
}

/** A decimal as text in plain notation with at most so many decimals, inside its limits. */
export function decimalRule(limits: DecimalLimits): Rule {
  const allowed = decimalRange(limits);
  const outside = violation('OUT_OF_RANGE', `must be within ${allowed}`, `须在 ${allowed} 之间`, allowed);
  return (value) => {
    if (typeof value !== 'string') return NOT_TEXT;
    if (!isPlainDecimal(value)) return violation('NOT_A_DECIMAL', 'must be a plain decimal', '必须是十进制数', allowed);
    const [whole = '', fraction = ''] = value.replace('-', '').split('.');
    if (fraction.length > limits.decimals) {
      const most = limits.decimals;
      return violation('TOO_MANY_DECIMALS', `must have at most ${most} decimals`, `最多 ${most} 位小数`, allowed);
    }
    if (whole.length > limits.digits) return outside;
    const number = dec(value);
    if (limits.min === undefined && limits.max === undefined) return null;
    if (limits.min !== undefined && (number.lt(limits.min) || (value.startsWith('-') && !limits.min.startsWith('-')))) return outside;
    return limits.max !== undefined && number.gt(limits.max) ? outside : null;
  };
}

/** A whole number as JSON number inside its limits. */
export function integerRule(min: number, max: number): Rule {
  const allowed = `${min} … ${max}`;
  return (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      return violation('MUST_BE_AN_INTEGER', 'must be a whole number', '必须是整数', allowed);
    }
    return value < min || value > max ? violation('OUT_OF_RANGE', `must be within ${allowed}`, `须在 ${allowed} 之间`, allowed) : null;
  };
}

/** True or false as JSON boolean. */
export const flagRule: Rule = (value) =>
  typeof value === 'boolean' ? null : violation('MUST_BE_TRUE_OR_FALSE', 'must be true or false', '必须是 true 或 false', 'true | false');

/** One of the listed values. */
export function choiceRule(values: readonly string[]): Rule {
  const allowed = values.join(' | ');
  return (value) => {
    if (typeof value !== 'string') return NOT_TEXT;
    return values.includes(value) ? null : violation('NOT_ALLOWED', `must be one of ${allowed}`, `须为 ${allowed} 之一`, allowed);
  };
}

const LARGEST_ID = '9223372036854775807';

/** Whether a text is a positive 64-bit whole number without leading zeros, as the database numbers its rows. */
export function isId(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[1-9]\d{0,18}$/.test(value)) return false;
  return value.length < LARGEST_ID.length || value <= LARGEST_ID;
}

/** A row id: a string, because JSON numbers lose digits beyond 2^53. */
export const idRule: Rule = (value) => {
  if (typeof value !== 'string') return NOT_TEXT;
  return isId(value) ? null : violation('NOT_AN_ID', 'is not an id', '不是有效的编号', `1 … ${LARGEST_ID}`);
};
