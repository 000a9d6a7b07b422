import { defineCodeList, type CodeOf } from '../../../../platform/http';

export const VERDICTS = defineCodeList('billing-sample-verdicts', [
  { code: 'right', en: 'Right', zh: '正确' },
  { code: 'wrong', en: 'Wrong', zh: '有误' },
]);
export type Verdict = CodeOf<typeof VERDICTS>;

export const SAMPLE_REASONS = defineCodeList('billing-sample-reasons', [
  { code: 'random', en: 'Drawn at random from its category and plan', zh: '按类别和方案随机抽取' },
  { code: 'largest', en: 'Among the largest bills', zh: '大额账单' },
  { code: 'jump', en: 'Jumped against the month before', zh: '环比突变' },
  { code: 'recomputed', en: 'Computed again after the sample was drawn', zh: '抽样后重算的账单' },
]);
export type SampleReason = CodeOf<typeof SAMPLE_REASONS>;

export const SETTLEMENTS = defineCodeList('billing-sample-settlements', [
  { code: 'recomputed', en: 'Computed again', zh: '已重算' },
  { code: 'excluded', en: 'Account left out of the run', zh: '已剔除' },
  { code: 'overridden', en: 'Let through with a reason', zh: '说明理由后放行' },
]);
export type SampleSettlement = CodeOf<typeof SETTLEMENTS>;

/** How much is drawn. Equal seeds draw equal accounts out of equal runs. */
export interface SampleOrder {
  /** About so many at random, shared among the pairs of category and plan by their number of bills; one of each at least. */
  readonly random: number;
  /** So many of the largest bills and the biggest jumps of the newest check. */
  readonly largest: number;
  readonly jumps: number;
  /** A whole number below 2^62, as text. */
  readonly seed: string;
}

export interface SampleHead {
  readonly sampleId: string;
  readonly seed: string;
  readonly random: number;
  readonly largest: number;
  readonly jumps: number;
  readonly drawnBy: string;
  readonly drawnAt: Date;
  readonly bills: number;
  /** Neither looked at nor settled. */
  readonly open: number;
  /** Found wrong and not settled. */
  readonly wrong: number;
}

/** A drawn bill as it was, last month's beside it, and what became of it. Amounts in yuan, energy in kWh. */
export interface SampleBillRow {
  readonly billNo: string;
  readonly accountNo: string;
  readonly regionCode: string;
  readonly category: string;
  readonly planId: string;
  readonly energyKwh: string;
  readonly amount: string;
  readonly lastBillNo: string | null;
  readonly lastEnergyKwh: string | null;
  readonly lastAmount: string | null;
  readonly drawnAs: readonly SampleReason[];
  readonly verdict: Verdict | null;
  readonly note: string | null;
  readonly lookedBy: string | null;
  readonly lookedAt: Date | null;
  readonly settled: SampleSettlement | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly settledReason: string | null;
}

export interface Judgement {
  readonly billNo: string;
  readonly verdict: Verdict;
  readonly note: string | null;
}
