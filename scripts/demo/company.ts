import { address, creditCode, factoryName, identityNumber, personName, phone, REGIONS, shopName } from './people-and-places';
import { Profile, profileOf } from './profiles';
import { SeededRandom } from './random';

/** The month that the demonstration bills; all shipped price books but one hold in it. */
export const DEMO_PERIOD = '2026-01';
/** Days on which the dials were read: two months before the billed one give a history. */
export const READING_DAYS = ['2025-12-01', '2026-01-01', '2026-02-01'] as const;

/** Months from the opening of the accounts to the first reading day. */
const MONTHS_SINCE_OPENING = 79;
/** A dial of six digits and two decimals, in hundredths. */
const DIAL_CAPACITY = 100_000_000;

/** What is out of the ordinary with an account this month; the run has to cope with each. */
export type Oddity = 'missing-reading' | 'rollover' | 'replaced-meter' | 'suspended-transformer';

export interface DemoAccount {
  readonly externalReference: string;
  readonly profile: Profile;
  readonly oddity: Oddity | undefined;
  readonly meterNo: string;
  readonly usagePointNo: string;
  /** Hundredths of a dial unit, by register and reading day. */
  readonly dials: readonly DemoDial[];
}

export interface DemoDial {
  readonly register: string;
  readonly dialDigits: number;
  readonly initialHundredths: number;
  readonly hundredths: readonly number[];
}

/** The accounts of the company, one by one, from the seed. */
export function* demoAccounts(count: number, seed: number): Generator<DemoAccount & { readonly line: object }> {
  const random = new SeededRandom(seed);
  for (let index = 0; index < count; index += 1) {
    const profile = profileOf(index, random);
    const oddity = oddityOf(profile, index, random);
    const serial = String(index + 1).padStart(9, '0');
    yield {
      externalReference: `DEMO-${serial}`,
      profile,
      oddity,
      meterNo: `3130${serial}`,
      usagePointNo: `P31${serial}`,
      dials: dialsOf(profile, oddity, random),
      line: accountLine(profile, oddity, `DEMO-${serial}`, random),
    };
  }
}

function oddityOf(profile: Profile, index: number, random: SeededRandom): Oddity | undefined {
  if (profile.transformersKva.length > 1 && (index < 10 || random.chance(20))) return 'suspended-transformer';
  if (random.chance(1)) return 'missing-reading';
  if (random.chance(0.7)) return 'rollover';
  return profile.kind === 'household' && random.chance(1.2) ? 'replaced-meter' : undefined;
}

function accountLine(profile: Profile, oddity: Oddity | undefined, externalReference: string, random: SeededRandom): object {
  const { region } = profile;
  const person = profile.kind === 'household';
  const capacity = profile.transformersKva.reduce((total, kva) => total + kva, 0);
  return {
    externalReference,
    openedOn: '2019-05-01',
    customer: {
      kind: person ? 'person' : 'organisation',
      name: person ? personName(random) : profile.kind === 'shop' ? shopName(random) : factoryName(random, region),
      identity: person
        ? { kind: 'resident-id', number: identityNumber(random, region) }
        : { kind: 'unified-social-credit-code', number: creditCode(random, region) },
      phone: phone(random),
    },
    premise: { regionCode: REGIONS[region].regionCode, address: address(random, region) },
    terms: [
      {
        category: profile.category,
        voltage: profile.voltage,
        priceBook: region,
        planId: profile.planId,
        chargeMethod: profile.chargeMethod,
        powerFactorStandard: profile.powerFactorStandard,
        ...(capacity > 0 ? { approvedCapacityKva: String(capacity) } : {}),
        ...(profile.chargeMethod === 'contract-demand' ? { contractDemandKw: String(capacity * 0.7) } : {}),
        ...(person && random.chance(6) ? { householdSize: random.whole(5, 7) } : {}),
      },
    ],
    transformers: profile.transformersKva.map((kva, position) => transformer(profile, oddity, kva, position)),
  };
}

function transformer(profile: Profile, oddity: Oddity | undefined, kva: number, position: number): object {
  const suspended = oddity === 'suspended-transformer' && position === 1;
  return {
    transformerNo: `T${position + 1}`,
    ownership: 'own',
    capacityKva: String(kva),
    voltage: profile.voltage,
    model: `S11-M-${kva}/10`,
    ...(profile.meteringMode === 'high-low'
      ? {
          loss: {
            method: 'formula',
            noLoadLossKw: '0.325',
            loadLossKw: '2.73',
            noLoadCurrentPercent: '1.3',
            impedanceVoltagePercent: '4',
          },
        }
      : {}),
    states: suspended
      ? [{ state: 'running' }, { state: 'suspended', validFrom: '2026-01-11' }, { state: 'running', validFrom: '2026-03-01' }]
      : [{ state: 'running' }],
  };
}

/** The dials of an account's meter over the reading days; a rollover passes the end of its dial in the last month. */
function dialsOf(profile: Profile, oddity: Oddity | undefined, random: SeededRandom): DemoDial[] {
  const multiplier = (profile.ct[0] / profile.ct[1]) * (profile.pt[0] / profile.pt[1]);
  const level = random.whole(...profile.monthlyKwh);
  const monthly = READING_DAYS.slice(1).map(() => Math.round((level * random.whole(88, 112)) / 100));
  const dialUse = monthly.map((kwh) => Math.round((kwh / multiplier) * 100));
  const shares = Object.entries(profile.periodShares);
  const complete = shares.reduce((total, [, share]) => total + share, 0) === 100;
  const dials: DemoDial[] = [];
  let others: number[] = dialUse.map(() => 0);
  shares.forEach(([register, share], position) => {
    const last = complete && position === shares.length - 1;
    const use = dialUse.map((total, month) => (last ? total - (others[month] ?? 0) : Math.round((total * share) / 100)));
    others = others.map((sum, month) => sum + (use[month] ?? 0));
    dials.push(dial(register, startAfter(use), use));
  });
  const start = oddity === 'rollover' ? DIAL_CAPACITY - (dialUse[0] ?? 0) - Math.round((dialUse[1] ?? 0) / 2) : startAfter(dialUse);
  dials.unshift(dial('total', start, dialUse));
  if (profile.powerFactorStandard !== 'none') {
    const ratio = random.whole(22, 70);
    dials.push(reactive(dialUse, ratio));
    dials.push(dial('reactive-reverse', 0, dialUse.map(() => random.whole(0, 40))));
  }
  if (profile.chargeMethod === 'contract-demand') dials.push(demandDial(monthly, multiplier));
  return dials;
}

/** What a dial shows in December after years of the same use, its meter having been set up at zero. */
function startAfter(use: readonly number[]): number {
  return ((use[0] ?? 0) * MONTHS_SINCE_OPENING) % DIAL_CAPACITY;
}

function dial(register: string, start: number, use: readonly number[]): DemoDial {
  const hundredths = use.reduce<number[]>((shown, each) => [...shown, ((shown.at(-1) ?? start) + each) % DIAL_CAPACITY], [start]);
  return { register, dialDigits: 6, initialHundredths: Math.max(0, start - (use[0] ?? 0) * MONTHS_SINCE_OPENING), hundredths };
}

function reactive(activeUse: readonly number[], percent: number): DemoDial {
  const use = activeUse.map((each) => Math.round((each * percent) / 100));
  return dial('reactive-forward', startAfter(use), use);
}

/** Highest demand of a month as the dial shows it: about the mean load at a load factor of 55 %. */
function demandDial(monthly: readonly number[], multiplier: number): DemoDial {
  const shown = monthly.map((kwh) => Math.round((kwh / 744 / 0.55 / multiplier) * 100));
  return { register: 'maximum-demand', dialDigits: 3, initialHundredths: 0, hundredths: [shown[0] ?? 0, ...shown] };
}
