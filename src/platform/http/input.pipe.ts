import { ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AppError, FieldError } from '../errors';
import { FIELD_CONSTRAINT } from './field';
import { coerceQuery } from './query-values';
import { NOT_OBJECT, TOO_DEEP, UNKNOWN_FIELD, Violation } from './rules';

/** Deeper input than this is no form of ours; it would only cost stack. */
const MAX_DEPTH = 24;

function invalid(errors: readonly FieldError[]): AppError {
  return new AppError('REQUEST.INVALID', { errors });
}

function toFieldError(path: string, { path: inner, ...found }: Violation): FieldError {
  return { field: [path, inner].filter((part) => part !== undefined && part !== '').join('.'), ...found };
}

/** The field errors in class-validator's tree, in the order of the input's fields, one for each place. */
export function fieldErrorsOf(tree: readonly ValidationError[], parent = ''): FieldError[] {
  return tree.flatMap((node) => {
    const path = parent === '' ? node.property : `${parent}.${node.property}`;
    const own = node.constraints?.[FIELD_CONSTRAINT];
    if (own !== undefined) return [toFieldError(path, JSON.parse(own) as Violation)];
    if (node.constraints?.['whitelistValidation'] !== undefined) return [toFieldError(path, UNKNOWN_FIELD)];
    const below = fieldErrorsOf(node.children ?? [], path);
    return below.length > 0 || node.constraints === undefined ? below : [toFieldError(path, NOT_OBJECT)];
  });
}

/** Whether arrays and objects are nested deeper than the limit; walks without recursion. */
function deeperThan(root: unknown, limit: number): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((value): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}

/** Turns bodies and queries into instances of their classes, or refuses them with every field that is wrong. */
@Injectable()
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      exceptionFactory: (tree) => invalid(fieldErrorsOf(tree)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { type, metatype } = metadata;
    if (!metatype || (type !== 'body' && type !== 'query') || !this.toValidate(metadata)) return value;
    if (type === 'query') return super.transform(coerceQuery(metatype, value), metadata) as Promise<unknown>;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid([toFieldError('', NOT_OBJECT)]);
    if (deeperThan(value, MAX_DEPTH)) throw invalid([toFieldError('', TOO_DEEP)]);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}
