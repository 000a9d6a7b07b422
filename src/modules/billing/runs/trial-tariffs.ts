import { Injectable } from '@nestjs/common';
import { addMonths, firstOfNextMonth } from '../../../core/calendar';
import type { Tx } from '../../../platform/database';
import { AppError, type FieldError, fieldError } from '../../../platform/errors';
import { type TariffVariant, TariffVariants } from '../../tariff';
import type { RunKind } from './run-states';

/** Another tariff for the accounts of a price book: a version, or whatever another book has in force. */
export interface TrialTariffInput {
  readonly priceBook: string;
  readonly tariffVersionId?: string | undefined;
  readonly underPriceBook?: string | undefined;
}

/** Months around the period that a stand-in reaches, so that no cycle begins or ends outside of it. */
const REACH = 12;

const at = (index: number, field: string, code: string, en: string, zh: string): FieldError => fieldError(`tariffs.${String(index)}.${field}`, code, { en, zh });

function flawsOf(tariffs: readonly TrialTariffInput[], kind: RunKind): FieldError[] {
  if (kind !== 'trial' && tariffs.length > 0) return [fieldError('tariffs', 'NOT_ALLOWED', { en: 'only a trial has other tariffs', zh: '仅试算可指定其他电价' })];
  const seen = new Set<string>();
  return tariffs.flatMap(({ priceBook, tariffVersionId, underPriceBook }, index) => {
    const repeated = seen.has(priceBook);
    seen.add(priceBook);
    if (repeated) return [at(index, 'priceBook', 'REPEATED', 'has two tariffs', '重复')];
    if ((tariffVersionId === undefined) === (underPriceBook === undefined)) {
      return [at(index, 'tariffVersionId', 'REQUIRED', 'is required, or underPriceBook, but not both', '须填写 tariffVersionId 或 underPriceBook 之一')];
    }
    return [];
  });
}

/** The tariffs that a trial prices under in place of those in force. */
@Injectable()
export class TrialTariffs {
  constructor(private readonly variants: TariffVariants) {}

  /** In the order of price books. Throws REQUEST.INVALID, and BILLING.TRIAL_TARIFF_UNKNOWN with each unknown book or version. */
  async prepare(tx: Tx, kind: RunKind, period: string, tariffs: readonly TrialTariffInput[], by: string): Promise<TariffVariant[]> {
    const flaws = flawsOf(tariffs, kind);
    if (flaws.length > 0) throw new AppError('REQUEST.INVALID', { errors: flaws });
    const days = { on: `${period}-01`, from: `${addMonths(period, -REACH)}-01`, to: firstOfNextMonth(addMonths(period, REACH)) };
    const prepared: TariffVariant[] = [];
    const errors: FieldError[] = [];
    for (const [index, tariff] of tariffs.entries()) {
      const variant = await this.variants.prepare(tx, { ...tariff, ...days }, by);
      if (variant) prepared.push(variant);
      else errors.push(at(index, 'priceBook', 'UNKNOWN', 'names no price book with such a draft or published version', '价格表或其草稿、已发布版本不存在'));
    }
    if (errors.length > 0) throw new AppError('BILLING.TRIAL_TARIFF_UNKNOWN', { errors });
    return prepared.sort((a, b) => (a.priceBook < b.priceBook ? -1 : 1));
  }

  /** What stands in for which price book in a run, by content hash. */
  async of(tx: Tx, runId: string): Promise<ReadonlyMap<string, TariffVariant>> {
    const [row] = await tx.query<{ tariffs: TariffVariant[] }[]>('select trial_tariffs as tariffs from billing_runs where run_id = $1', [runId]);
    return new Map((row?.tariffs ?? []).map((tariff) => [tariff.priceBook, tariff]));
  }
}
