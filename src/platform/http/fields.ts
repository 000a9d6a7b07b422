import type { CodeList } from './code-list';
import { dayRule, instantRule, monthRule } from './date-rules';
import { field, FieldOptions } from './field';
import {
  choiceRule,
  DecimalLimits,
  decimalPattern,
  decimalRule,
  flagRule,
  idRule,
  integerRule,
  TextLimits,
  textRule,
} from './rules';

export interface DecimalFieldOptions extends FieldOptions, Omit<DecimalLimits, 'digits'> {
  /** Digits before the point, 14 unless told. */
  readonly digits?: number;
}

/** Money, energy, price or ratio: a string in plain notation, never a JSON number. */
export function DecimalField({ digits = 14, ...options }: DecimalFieldOptions): PropertyDecorator {
  const limits = { ...options, digits };
  const pattern = decimalPattern(limits);
  const range = [options.min, options.max].some((limit) => limit !== undefined)
    ? { 'x-minimum': options.min, 'x-maximum': options.max }
    : {};
  return field(decimalRule(limits), options, { type: 'string', pattern, maxLength: digits + options.decimals + 2, ...range });
}

/** Text of limited length without control characters (`multiline` allows line breaks and tabs). */
export function TextField(options: FieldOptions & TextLimits): PropertyDecorator {
  const { maxLength, minLength = 1, pattern } = options;
  const form = pattern === undefined ? {} : { pattern: pattern.source };
  return field(textRule(options), options, { type: 'string', minLength, maxLength, ...form });
}

/** A local date (Asia/Shanghai) `YYYY-MM-DD`, by default from 1900-01-01 to 2999-12-31. */
export function DateField(options: FieldOptions & { readonly from?: string; readonly to?: string }): PropertyDecorator {
  const { from = '1900-01-01', to = '2999-12-31' } = options;
  return field(dayRule(from, to), options, { type: 'string', format: 'date', minLength: 10, maxLength: 10 });
}

/** A calendar month `YYYY-MM`, such as a billing period, by default from 1900-01 to 2999-12. */
export function MonthField(options: FieldOptions & { readonly from?: string; readonly to?: string }): PropertyDecorator {
  const { from = '1900-01', to = '2999-12' } = options;
  return field(monthRule(from, to), options, { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', minLength: 7, maxLength: 7 });
}

/** An instant with its offset from UTC (RFC 3339); answers are always in UTC. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return field(instantRule, options, { type: 'string', format: 'date-time', maxLength: 32 });
}

/** One value of a code list (whose labels then stand in the contract) or of a plain list of words. */
export function EnumField(options: FieldOptions & { readonly values: CodeList | readonly string[] }): PropertyDecorator {
  const { values } = options;
  const plain = 'codes' in values ? values.codes : values;
  const labels =
    'codes' in values
      ? { 'x-code-list': values.name, 'x-labels': Object.fromEntries(values.items.map(({ code, en, zh }) => [code, { en, zh }])) }
      : {};
  return field(choiceRule(plain), options, { type: 'string', enum: [...plain], ...labels });
}

export interface IntFieldOptions extends FieldOptions<number> {
  /** 0 unless told. */
  readonly min?: number;
  /** 2147483647 (a database integer) unless told. */
  readonly max?: number;
  /** Only for the contract: what is taken where the field is left out (set it as the property's initial value, too). */
  readonly default?: number;
}

/** A count as a JSON number: days, digits, phases, never a quantity with a unit of money or energy. */
export function IntField(options: IntFieldOptions): PropertyDecorator {
  const { min = 0, max = 2_147_483_647 } = options;
  const fallback = options.default === undefined ? {} : { default: options.default };
  return field(integerRule(min, max), options, { type: 'integer', minimum: min, maximum: max, ...fallback });
}

/** The id of a record: a string of digits, 1 to 9223372036854775807. */
export function IdField(options: FieldOptions): PropertyDecorator {
  return field(idRule, options, { type: 'string', pattern: '^[1-9]\\d{0,18}$', maxLength: 19 });
}

/** True or false. */
export function FlagField(options: FieldOptions<boolean>): PropertyDecorator {
  return field(flagRule, options, { type: 'boolean' });
}
