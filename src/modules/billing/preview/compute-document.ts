import { Injectable } from '@nestjs/common';
import { type Bill, type CalculationDocument, computeBill } from '../../../core/bill';
import type { TariffDocument } from '../../../core/tariff';
import { Database } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';
import { TariffsForBilling } from '../../tariff';
import { calculationDocumentOf } from '../documents/document-validator';

/** Computes documents that come from elsewhere: worked cases, bills of others, stored documents. Nothing is written. */
@Injectable()
export class ComputeDocument {
  constructor(
    private readonly database: Database,
    private readonly tariffs: TariffsForBilling,
  ) {}

  /**
   * The bill of an input that claims to be a calculation document. Throws the refusals of `calculationDocumentOf`,
   * BILLING.TARIFF_UNKNOWN, and the core's refusals of documents that cannot be computed.
   */
  async fromInput(input: unknown): Promise<Bill> {
    return this.compute(calculationDocumentOf(input));
  }

  /** The bill of a valid document. Throws BILLING.TARIFF_UNKNOWN and the core's refusals. */
  async compute(document: CalculationDocument): Promise<Bill> {
    return computeBill(document, await this.tariffsOf(document));
  }

  /** The recorded tariffs that a document names without inlining them. Throws BILLING.TARIFF_UNKNOWN. */
  async tariffsOf(document: CalculationDocument): Promise<ReadonlyMap<string, TariffDocument>> {
    const hashes = document.tariffs.filter((one) => one.document === undefined).map(({ hash }) => hash);
    if (hashes.length === 0) return new Map();
    const found = await this.database.transaction((tx) => this.tariffs.byHashes(tx, hashes));
    const errors = document.tariffs.flatMap(({ hash, document: inline }, index) =>
      inline !== undefined || found.has(hash)
        ? []
        : [fieldError(`tariffs.${String(index)}.hash`, 'UNKNOWN', { en: 'names no recorded tariff version', zh: '没有对应的电价版本' })],
    );
    if (errors.length > 0) throw new AppError('BILLING.TARIFF_UNKNOWN', { errors });
    return found;
  }
}
