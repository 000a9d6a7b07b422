import { Label, PRICE_PERIODS, PricePeriod } from './vocabulary';

/** Names of the price periods. `total` needs none: it is all energy. */
export const PERIOD_LABELS: Readonly<Record<PricePeriod, Label>> = {
  sharp: { zh: '尖', en: 'sharp' },
  peak: { zh: '峰', en: 'peak' },
  flat: { zh: '平', en: 'flat' },
  valley: { zh: '谷', en: 'valley' },
  'deep-valley': { zh: '深谷', en: 'deep valley' },
  total: { zh: '', en: '' },
};

/** A name with its period: 电度电费(峰), Energy charge (peak). */
export function labelWithPeriod(title: Label, period: PricePeriod): Label {
  if (period === 'total') return title;
  const { zh, en } = PERIOD_LABELS[period];
  return { zh: `${title.zh}(${zh})`, en: `${title.en} (${en})` };
}

/** The names of one item in every period, made once. */
export function labelsByPeriod(title: Label): Readonly<Record<PricePeriod, Label>> {
  return Object.fromEntries(PRICE_PERIODS.map((period) => [period, labelWithPeriod(title, period)])) as Record<PricePeriod, Label>;
}
