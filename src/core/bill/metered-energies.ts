import { text } from '../quantity';
import type { PricePeriod } from '../tariff';
import type { CalculationDocument, DecimalText } from './calculation-document';
import { openWork } from './compute-bill';
import { checkDocument } from './document-check';
import { findMeteredEnergies } from './point-energy';
import { segmentsOf, type TariffsByHash, tariffsOf } from './segments';

/**
 * Energy of each usage point of a document as it is metered, adjustments before losses included and nothing deducted,
 * kWh by price period: what its bill says in `carried.pointEnergy.meteredKwh`, and what a main meter in another account
 * takes off. Computed by the steps of the bill itself, under the document's own rules. Throws what `computeBill` throws.
 */
export function meteredEnergies(document: CalculationDocument, tariffs: TariffsByHash): Map<string, Partial<Record<PricePeriod, DecimalText>>> {
  checkDocument(document);
  const segments = segmentsOf(document, tariffsOf(document, tariffs));
  const work = openWork(document, segments);
  const policies = segments[0]?.policies;
  if (policies !== undefined) findMeteredEnergies(work, policies);
  return new Map(
    work.points.map(({ point, metered }) => {
      const energies: Partial<Record<PricePeriod, DecimalText>> = {};
      for (const key in metered) {
        const energy = metered[key as PricePeriod];
        if (energy !== undefined) energies[key as PricePeriod] = text(energy);
      }
      return [point.usagePointNo, energies] as const;
    }),
  );
}
