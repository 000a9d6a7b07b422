import type { Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import type { LockedTariffVersion, TariffVersionsRepository } from '../repositories/tariff-versions.repository';

/** A draft, kept from other decisions until the transaction ends. Throws TARIFF.VERSION_NOT_FOUND and TARIFF.NOT_A_DRAFT. */
export async function lockDraft(tx: Tx, versions: TariffVersionsRepository, tariffVersionId: string): Promise<LockedTariffVersion> {
  const draft = await versions.lock(tx, tariffVersionId);
  if (!draft) throw new AppError('TARIFF.VERSION_NOT_FOUND');
  if (draft.state !== 'draft') throw new AppError('TARIFF.NOT_A_DRAFT');
  return draft;
}
