import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { TARIFF_DOCUMENT_SCHEMA } from '../../../core/bill/tariff-document.schema';
import { type TariffDocument, tariffProblems } from '../../../core/tariff';
import { AppError, dottedPath, fieldError, type FieldError, schemaErrors } from '../../../platform/errors';
import { PROBLEM_MESSAGES } from './problem-messages';

let compiled: ValidateFunction<TariffDocument> | undefined;

/** The compiled schema: made once, when the first document comes. */
function validator(): ValidateFunction<TariffDocument> {
  compiled ??= new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true }).compile<TariffDocument>(TARIFF_DOCUMENT_SCHEMA);
  return compiled;
}

/**
 * The input as a tariff document. Throws TARIFF.DOCUMENT_INVALID with everything that is wrong: first the shape, by
 * the schema; where the shape is sound, gaps in the day, missing or doubled prices and the like.
 */
export function checkTariffDocument(input: unknown, path = 'document'): TariffDocument {
  const validate = validator();
  if (!validate(input)) throw refused(schemaErrors(validate.errors ?? []), path);
  const errors = tariffProblems(input).map(({ code, path: place, allowed, params }) => {
    const { en, zh } = PROBLEM_MESSAGES[code];
    const figures = Object.entries(params).filter(([, value]) => value !== '').map(([name, value]) => `${name} ${value}`).join(', ');
    const message = figures === '' ? { en, zh } : { en: `${en} (${figures})`, zh: `${zh}（${figures}）` };
    return fieldError(dottedPath(place), code, message, allowed);
  });
  if (errors.length > 0) throw refused(errors, path);
  return input;
}

function refused(errors: readonly FieldError[], path: string): AppError {
  const placed = errors.map((error) => ({ ...error, field: [path, error.field].filter((part) => part !== '').join('.') }));
  return new AppError('TARIFF.DOCUMENT_INVALID', { errors: placed });
}
