import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import type { CalculationDocument } from '../../../core/bill/calculation-document';
import { CALCULATION_DOCUMENT_SCHEMA } from '../../../core/bill/calculation-document.schema';
import { AppError, schemaErrors } from '../../../platform/errors';
import { checkTariffDocument, contentHashOf } from '../../tariff';

let compiled: ValidateFunction<CalculationDocument> | undefined;

/** The compiled schema: made once, when the first document comes. */
function validator(): ValidateFunction<CalculationDocument> {
  compiled ??= new Ajv2020({ allErrors: true, verbose: true, strict: false, ownProperties: true }).compile<CalculationDocument>(CALCULATION_DOCUMENT_SCHEMA);
  return compiled;
}

/**
 * The input as a calculation document, judged by the one schema of documents; inlined tariffs are judged like those
 * that are to be published, and must have the content hash that they are named by.
 * Throws BILLING.DOCUMENT_INVALID with the places that are wrong and what is allowed there, TARIFF.DOCUMENT_INVALID
 * and BILLING.TARIFF_HASH_DIFFERS.
 */
export function calculationDocumentOf(input: unknown): CalculationDocument {
  const validate = validator();
  if (!validate(input)) throw new AppError('BILLING.DOCUMENT_INVALID', { errors: schemaErrors(validate.errors ?? []) });
  input.tariffs.forEach(({ hash, document }, index) => {
    if (document === undefined) return;
    const actual = contentHashOf(checkTariffDocument(document, `tariffs.${String(index)}.document`));
    if (actual !== hash) throw new AppError('BILLING.TARIFF_HASH_DIFFERS', { params: { actual } });
  });
  return input;
}
