import { RegionName } from './people-and-places';
import { SeededRandom } from './random';

/** How an account of a kind is charged and metered in the demonstration company. */
export interface Profile {
  readonly kind: 'household' | 'shop' | 'workshop' | 'factory';
  readonly region: RegionName;
  readonly weight: number;
  readonly category: string;
  readonly voltage: string;
  readonly planId: string;
  readonly chargeMethod: 'none' | 'capacity' | 'contract-demand' | 'actual-demand';
  readonly powerFactorStandard: 'none' | '0.85' | '0.90';
  /** Registers besides `total`, with their share of the energy in percent; the rest is flat. */
  readonly periodShares: Readonly<Partial<Record<'sharp' | 'peak' | 'valley', number>>>;
  /** Smallest and largest energy of a month, kWh. */
  readonly monthlyKwh: readonly [number, number];
  readonly ct: readonly [number, number];
  readonly pt: readonly [number, number];
  /** Own transformers, kVA each; none for those on the public network. */
  readonly transformersKva: readonly number[];
  readonly meteringMode: 'high-high' | 'high-low' | 'low-low';
}

const onTheNetwork = {
  chargeMethod: 'none',
  powerFactorStandard: 'none',
  ct: [1, 1],
  pt: [1, 1],
  transformersKva: [],
  meteringMode: 'low-low',
  voltage: 'below-1kv',
} as const;

const household = { ...onTheNetwork, kind: 'household', category: 'residential', monthlyKwh: [40, 620] } as const;
const shop = { ...onTheNetwork, kind: 'shop', category: 'general-industrial-commercial', monthlyKwh: [300, 5200], ct: [30, 5] } as const;

/** Who the company serves, by weight in a thousand; two factories and two workshops are always among them. */
export const PROFILES: readonly Profile[] = [
  { ...household, region: 'shanghai', weight: 300, planId: 'residential-time-of-use', periodShares: { peak: 64, valley: 36 } },
  { ...household, region: 'shanghai', weight: 180, planId: 'residential', periodShares: {} },
  { ...household, region: 'zhejiang', weight: 140, planId: 'residential-time-of-use', periodShares: { peak: 62, valley: 38 } },
  { ...household, region: 'zhejiang', weight: 100, planId: 'residential', periodShares: {} },
  { ...household, region: 'jiangsu', weight: 125, planId: 'residential', periodShares: {} },
  { ...household, region: 'jiangsu', weight: 5, planId: 'residential-time-of-use', periodShares: { peak: 60, valley: 40 } },
  { ...shop, region: 'shanghai', weight: 40, planId: 'industrial-commercial-single-part', periodShares: { peak: 78, valley: 22 } },
  { ...shop, region: 'jiangsu', weight: 25, planId: 'general-industrial-commercial', periodShares: {} },
  {
    ...shop,
    region: 'hubei',
    weight: 35,
    planId: 'industrial-commercial-single-part-time-of-use',
    periodShares: { sharp: 11, peak: 34, valley: 25 },
  },
  {
    kind: 'workshop',
    region: 'hubei',
    weight: 30,
    category: 'general-industrial-commercial',
    voltage: '1-10kv',
    planId: 'industrial-commercial-single-part-time-of-use',
    chargeMethod: 'none',
    powerFactorStandard: '0.85',
    periodShares: { sharp: 8, peak: 30, valley: 20 },
    monthlyKwh: [9000, 42000],
    ct: [300, 5],
    pt: [1, 1],
    transformersKva: [200],
    meteringMode: 'high-low',
  },
  {
    kind: 'factory',
    region: 'hubei',
    weight: 14,
    category: 'large-industrial',
    voltage: '1-10kv',
    planId: 'industrial-commercial-two-part-time-of-use',
    chargeMethod: 'capacity',
    powerFactorStandard: '0.90',
    periodShares: { sharp: 9, peak: 31, valley: 24 },
    monthlyKwh: [90000, 520000],
    ct: [150, 5],
    pt: [10000, 100],
    transformersKva: [1000, 630],
    meteringMode: 'high-high',
  },
  {
    kind: 'factory',
    region: 'shanghai',
    weight: 6,
    category: 'general-industrial-commercial',
    voltage: '1-10kv',
    planId: 'industrial-commercial-two-part',
    chargeMethod: 'contract-demand',
    powerFactorStandard: '0.90',
    periodShares: { peak: 38, valley: 26 },
    monthlyKwh: [80000, 380000],
    ct: [150, 5],
    pt: [10000, 100],
    transformersKva: [1250],
    meteringMode: 'high-high',
  },
];

const TOTAL_WEIGHT = PROFILES.reduce((total, profile) => total + profile.weight, 0);

/** The profile of the n-th account: the industrial ones first, then by weight. */
export function profileOf(index: number, random: SeededRandom): Profile {
  const industrial = PROFILES.filter(({ kind }) => kind === 'workshop' || kind === 'factory');
  const always = industrial[index];
  if (always !== undefined) return always;
  let draw = random.whole(1, TOTAL_WEIGHT);
  for (const profile of PROFILES) {
    draw -= profile.weight;
    if (draw <= 0) return profile;
  }
  throw new RangeError('weights do not cover the draw');
}
