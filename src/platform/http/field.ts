import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { registerDecorator, type ValidationArguments } from 'class-validator';
import { NOT_NULL, REQUIRED, Rule, Violation } from './rules';

/** What every field decorator is told. */
export interface FieldOptions<Example = string> {
  /** What the value means, with its unit, in one or two plain sentences. */
  readonly description: string;
  /** A value as it would really occur; shown in the contract and used to build the examples of operations. */
  readonly example: Example;
  /** May be left out of an input, or be missing in an answer. */
  readonly optional?: boolean;
  /** May be null. */
  readonly nullable?: boolean;
}

/** The name of the one validation constraint that all field decorators share. */
export const FIELD_CONSTRAINT = 'field';

function judge(rule: Rule, options: Pick<FieldOptions, 'optional' | 'nullable'>, value: unknown): Violation | null {
  if (value === undefined) return options.optional === true ? null : REQUIRED;
  if (value === null) return options.nullable === true ? null : NOT_NULL;
  return rule(value);
}

/**
 * The common part of the field decorators: the rule as a class-validator constraint, whose message carries the
 * violation as JSON for the input pipe, and the property of the contract.
 */
export function field(
  rule: Rule,
  options: Pick<FieldOptions<unknown>, 'description' | 'optional' | 'nullable'> & { readonly example?: unknown },
  property: ApiPropertyOptions,
): PropertyDecorator {
  const { description, example, optional = false, nullable = false } = options;
  const common = { description, required: !optional, ...(nullable ? { nullable } : {}), ...(example === undefined ? {} : { example }) };
  const constraint: PropertyDecorator = (target, key) =>
    registerDecorator({
      name: FIELD_CONSTRAINT,
      target: target.constructor,
      propertyName: String(key),
      validator: {
        validate: (value: unknown) => judge(rule, options, value) === null,
        defaultMessage: (found?: ValidationArguments) => JSON.stringify(judge(rule, options, found?.value) ?? REQUIRED),
      },
    });
  return applyDecorators(constraint, ApiProperty({ ...property, ...common } as ApiPropertyOptions));
}
