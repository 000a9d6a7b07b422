import { addDays, cutPeriod, daysIn, intersect, LocalDate, monthStartsInside, Period } from '../calendar';
import type { MoneyPlaces } from '../charges';
import { CoreError } from '../errors';
import { Policies, resolvePolicies } from '../policy';
import { canonicalJson, DerivedPricePlaces, PreparedTariff, prepareTariff, Rates, TariffDocument } from '../tariff';
import type { AccountTerms, CalculationDocument, DocumentUsagePoint, UsagePointChange } from './calculation-document';
import { contentOn } from './point-content';

/** Tariff versions by content hash, for documents that only name them. */
export type TariffsByHash = ReadonlyMap<string, TariffDocument>;

/** Days under one set of rules: terms, tariff version, season. */
export interface Segment extends Period {
  readonly index: number;
  readonly days: number;
  readonly terms: AccountTerms;
  readonly tariff: PreparedTariff;
  readonly policies: Policies;
  /** Places of derived prices under these policies. */
  readonly places: DerivedPricePlaces;
  /** Rounding of amounts under these policies. */
  readonly money: MoneyPlaces;
  /** Day (or month) that the season is looked up with. */
  readonly rateDate: string;
  /** What the account's own plan charges. */
  readonly rates: Rates;
}

/** The tariff versions that a document names. Throws TARIFF.NOT_FOUND where one is neither inlined nor given. */
export function tariffsOf(document: CalculationDocument, tariffs: TariffsByHash): PreparedTariff[] {
  return document.tariffs.map((reference, index) => {
    const tariff = reference.document ?? tariffs.get(reference.hash);
    if (tariff === undefined) throw new CoreError('TARIFF.NOT_FOUND', `/tariffs/${index}`, { hash: reference.hash });
    return prepareTariff(tariff, reference.hash);
  });
}

/** The version of a price book in force on a day: of those that cover it, the one that began last. */
function inForce(tariffs: readonly PreparedTariff[], priceBook: string, day: LocalDate): PreparedTariff {
  let best: PreparedTariff | null = null;
  for (const tariff of tariffs) {
    const { document } = tariff;
    if (document.priceBook !== priceBook || document.validFrom > day) continue;
    if (document.validTo !== null && document.validTo <= day) continue;
    if (best === null || document.validFrom > best.document.validFrom) best = tariff;
  }
  if (best === null) throw new CoreError('TARIFF.NOT_IN_FORCE', '/tariffs', { priceBook, day });
  return best;
}

function orderedTerms(document: CalculationDocument): readonly AccountTerms[] {
  const { period, terms } = document;
  const ordered = terms.length === 1 ? terms : [...terms].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  let covered = period.from;
  ordered.forEach((one) => {
    const path = `/terms/${terms.indexOf(one)}`;
    if (one.from >= one.to || one.from < period.from || one.to > period.to) {
      throw new CoreError('DOCUMENT.TERMS_OUTSIDE_PERIOD', path, { from: one.from, to: one.to });
    }
    if (one.from !== covered) throw new CoreError(one.from > covered ? 'DOCUMENT.TERMS_GAP' : 'DOCUMENT.TERMS_OVERLAP', path, { expected: covered, from: one.from });
    covered = one.to;
  });
  if (covered !== period.to) throw new CoreError('DOCUMENT.TERMS_GAP', '/terms', { expected: period.to, from: covered });
  return ordered;
}

/** What a usage point is charged by in a segment. */
export function ratesOf(point: DocumentUsagePoint, segment: Segment, date: string = segment.rateDate): Rates {
  const { terms } = segment;
  const { planId, category, voltage } = contentOn(point, segment.from);
  if (planId === undefined && category === undefined && voltage === undefined && date === segment.rateDate) return segment.rates;
  return segment.tariff.ratesFor(planId ?? terms.planId, category ?? terms.category, voltage ?? terms.voltage, date, segment.places);
}

function make(index: number, period: Period, terms: AccountTerms, tariff: PreparedTariff, document: CalculationDocument): Segment {
  tariff.plan(terms.planId, `/terms/${document.terms.indexOf(terms)}/planId`);
  const policies = resolvePolicies([tariff.document.policies, terms.policies, document.policies]);
  const rateDate = policies.seasonChange === 'billing-month' ? document.billingMonth : period.from;
  const places = { season: policies.seasonPriceDecimals, period: policies.periodPriceDecimals };
  const money = { decimals: policies.moneyDecimals, rounding: policies.moneyRounding };
  const rates = tariff.ratesFor(terms.planId, terms.category, terms.voltage, rateDate, places);
  return { from: period.from, to: period.to, index, days: daysIn(period), terms, tariff, policies, places, money, rateDate, rates };
}

/** Price and agreed quantity alone, for a comparison of days. */
function agreedOf({ planId, category, voltage, fixedQuantityKwh, fixedRatioPercent }: Omit<UsagePointChange, 'from'>): Readonly<Record<string, string>> {
  const known = Object.entries({ planId, category, voltage, fixedQuantityKwh, fixedRatioPercent }).filter((each): each is [string, string] => each[1] !== undefined);
  return Object.fromEntries(known);
}

function rulesKey(segment: Segment, points: readonly DocumentUsagePoint[]): string {
  const { from: _from, to: _to, ...rules } = segment.terms;
  const billed = points.filter((point) => point.role === 'billing' && (point.partOf === undefined || intersect(segment, point.partOf) !== null));
  const seasons = billed.map((point) => ratesOf(point, segment).season);
  const contents = billed.flatMap((point) => (point.changes === undefined ? [] : [canonicalJson({ ...agreedOf(contentOn(point, segment.from)), usagePointNo: point.usagePointNo })]));
  return `${segment.tariff.hash}|${canonicalJson(rules)}|${seasons.join('|')}|${contents.join('|')}`;
}

/**
 * Cuts the billed period wherever its rules change: terms of the account, price of a usage point, tariff version, season. Neighbours under
 * equal rules are one segment. By policy a tariff change inside the cycle may count from the first or the last day.
 * Throws DOCUMENT.TERMS_*, TARIFF.NOT_FOUND, TARIFF.NOT_IN_FORCE and the errors of the price look-up.
 */
export function segmentsOf(document: CalculationDocument, tariffs: readonly PreparedTariff[]): Segment[] {
  const { period } = document;
  const terms = orderedTerms(document);
  const monthStarts = monthStartsInside(period);
  const [only] = terms;
  const [tariff] = tariffs;
  const changeDays = document.usagePoints.flatMap(({ changes = [] }) => changes.map(({ from }) => from));
  if (only !== undefined && tariff !== undefined && terms.length === 1 && tariffs.length === 1 && monthStarts.length === 0 && changeDays.length === 0) {
    const { validTo } = tariff.document;
    if (validTo === null || validTo >= period.to) return [make(0, period, only, inForce(tariffs, only.priceBook, period.from), document)];
  }
  const raw: Segment[] = [];
  for (const one of terms) {
    const stretch = intersect(period, one) ?? period;
    const first = make(0, stretch, one, inForce(tariffs, one.priceBook, changeDay(document, one, tariffs, stretch.from)), document);
    const cuts: LocalDate[] = first.policies.seasonChange === 'by-days' ? [...monthStarts, ...changeDays] : changeDays.slice();
    const byDays = first.policies.tariffChange === 'by-days';
    if (byDays) for (const tariff of tariffs) cuts.push(tariff.document.validFrom, tariff.document.validTo ?? tariff.document.validFrom);
    for (const piece of cutPeriod(stretch, cuts)) {
      const tariff = byDays ? inForce(tariffs, one.priceBook, piece.from) : first.tariff;
      raw.push(make(raw.length, piece, one, tariff, document));
    }
  }
  return merged(raw, document);
}

/** The day whose version counts where a change inside the cycle is not split by days. */
function changeDay(document: CalculationDocument, terms: AccountTerms, tariffs: readonly PreparedTariff[], from: LocalDate): LocalDate {
  const rule = terms.policies?.tariffChange ?? document.policies?.tariffChange ?? inForce(tariffs, terms.priceBook, from).document.policies?.tariffChange;
  return rule === 'at-end' ? addDays(document.period.to, -1) : rule === 'at-start' ? document.period.from : from;
}

function merged(raw: readonly Segment[], document: CalculationDocument): Segment[] {
  const result: Segment[] = [];
  let lastKey = '';
  for (const segment of raw) {
    const key = rulesKey(segment, document.usagePoints);
    const last = result[result.length - 1];
    if (last !== undefined && key === lastKey) {
      result[result.length - 1] = { ...last, to: segment.to, days: last.days + segment.days };
    } else {
      result.push({ ...segment, index: result.length });
      lastKey = key;
    }
  }
  return result;
}
