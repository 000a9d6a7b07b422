import { Injectable, PipeTransform } from '@nestjs/common';
import { AppError, fieldError } from '../errors';
import { isId, Rule, textRule } from './rules';

/**
 * Path parameter that is a record id, 1 to 9223372036854775807: `@Param('accountId', IdParam) accountId: string`.
 * Anything else is 400 REQUEST.INVALID; it never reaches the database.
 */
@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string, { data }: { data?: string }): string {
    if (isId(value)) return value;
    const error = fieldError(data ?? 'id', 'NOT_AN_ID', { en: 'is not an id', zh: '不是有效的编号' }, '1 … 9223372036854775807');
    throw new AppError('REQUEST.INVALID', { errors: [error] });
  }
}

/** Path parameter that is text of a known form: `@Param('period', new TextParam({ maxLength: 7, pattern: /^\d{4}-\d{2}$/ }))`. */
export class TextParam implements PipeTransform<string, string> {
  private readonly rule: Rule;

  constructor(limits: { readonly maxLength: number; readonly pattern?: RegExp }) {
    this.rule = textRule(limits);
  }

  transform(value: string, { data }: { data?: string }): string {
    const found = this.rule(value);
    if (!found) return value;
    throw new AppError('REQUEST.INVALID', { errors: [fieldError(data ?? '', found.code, found.message, found.allowed)] });
  }
}
