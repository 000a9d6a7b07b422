import { DEFAULT_POLICIES, Policies, POLICY_SCHEMA, policyProblems, resolvePolicies } from '../../../src/core/policy';
import { refusal } from '../../builders/refusal';

const ROUNDINGS = ['half-up', 'up', 'down'];

/** The choices of the rulebook, as its users write them. */
const CHOICES: Readonly<Partial<Record<keyof Policies, readonly (string | number)[]>>> = {
  moneyRounding: ROUNDINGS,
  energyRounding: ROUNDINGS,
  lossRounding: ROUNDINGS,
  lossShareRounding: ROUNDINGS,
  powerFactorRounding: ROUNDINGS,
  plainChildDeduction: ['in-order', 'in-proportion'],
  lossDayBasis: [30, 'calendar-month'],
  lossShareOverPoints: ['by-energy', 'by-capacity', 'fixed', 'none'],
  tariffChange: ['by-days', 'at-start', 'at-end'],
  seasonChange: ['by-days', 'billing-month'],
  capacityDayRule: ['1996-thirtieth', '2024-calendar-days', 'by-date'],
  capacityRunDays: ['actual-days', 'none', 'half-month', 'whole-month'],
  contractDemandRule: ['contract-with-tolerance', 'measured-up-to-contract'],
  basicChargeShare: ['none', 'by-energy', 'by-energy-charge'],
  powerFactorScheme: ['official-table', 'linear'],
  powerFactorBaseInsideSurcharges: ['included', 'excluded'],
  lightingConnection: ['series', 'parallel'],
  planChoice: ['by-date', '315-kva', '2023-06-01', 'free'],
  plainMeterOnTimeOfUsePlan: ['refused', 'flat'],
  circuitDemand: ['each', 'joint'],
  circuitBills: ['joint', 'each'],
  demandWithinCircuit: ['parallel-transformers', 'highest', 'sum'],
};

/** Policies that `null` switches off, leaves unrounded, or leaves to the date or the tariff. */
const MAY_BE_NULL: readonly (keyof Policies)[] = [
  'usageJumpPercent', 'usageDropPercent', 'demandOfCapacityPercent', 'lossDecimals', 'seasonPriceDecimals', 'periodPriceDecimals', 'shareWhileSuspended', 'contractFloorPercent', 'contractCapPercent',
  'loadRateDiscountFrom', 'powerFactorBase', 'timeOfUseCompulsoryFromKw',
];

/** Lowest and highest value, and the next that is too low or too high. */
const BOUNDS: Readonly<Partial<Record<keyof Policies, { allowed: readonly (string | number)[]; refused: readonly unknown[] }>>> = {
  moneyDecimals: { allowed: [0, 2], refused: [-1, 3, 1.5, '2'] },
  energyDecimals: { allowed: [0, 4], refused: [-1, 5] },
  rolloverMaximumPerCycle: { allowed: [0, 9], refused: [-1, 10] },
  lossDecimals: { allowed: [0, 4], refused: [-1, 5] },
  seasonPriceDecimals: { allowed: [0, 8], refused: [-1, 9] },
  periodPriceDecimals: { allowed: [0, 8], refused: [-1, 9] },
  minimumSuspensionDays: { allowed: [0, 365], refused: [-1, 366] },
  powerFactorDecimals: { allowed: [2, 4], refused: [1, 5] },
  rolloverEnergyLimitPercent: { allowed: ['0', '100000'], refused: ['-0.1', '100000.1'] },
  usageJumpPercent: { allowed: ['0', '100000'], refused: ['-1', '100001'] },
  usageDropPercent: { allowed: ['0', '100'], refused: ['-1', '100.1'] },
  demandOfCapacityPercent: { allowed: ['0', '1000'], refused: ['-1', '1001'] },
  shareWhileSuspended: { allowed: ['0', '1'], refused: ['-0.1', '1.1', 0.5, '1e0', ''] },
  contractFloorPercent: { allowed: ['0', '100'], refused: ['-1', '101'] },
  contractCapPercent: { allowed: ['0', '200'], refused: ['-1', '201'] },
  tolerancePercent: { allowed: ['100', '200'], refused: ['99.9', '200.1', 105] },
  excessMultiple: { allowed: ['1', '10'], refused: ['0.9', '10.1'] },
  loadRateThresholdKwhPerKva: { allowed: ['0', '744'], refused: ['-1', '745'] },
  loadRatePricePercent: { allowed: ['0', '100'], refused: ['-1', '101'] },
  timeOfUseCompulsoryFromKw: { allowed: ['0', '1000000'], refused: ['-1', '1000001'] },
  loadRateDiscountFrom: { allowed: ['2023-06-01'], refused: ['2023-02-30', 20230601] },
};

const isAllowed = (key: keyof Policies, value: unknown): boolean => policyProblems({ [key]: value }).length === 0;

describe('values of policies', () => {
  it.each(Object.entries(CHOICES))('%s has its choices and no other', (name, values) => {
    const key = name as keyof Policies;
    expect(values.filter((value) => !isAllowed(key, value))).toEqual([]);
    expect(['', 'other', 31, true, ['half-up']].filter((value) => isAllowed(key, value))).toEqual([]);
  });

  it.each(Object.entries(BOUNDS))('%s holds within its bounds', (name, { allowed, refused }) => {
    const key = name as keyof Policies;
    expect(allowed.filter((value) => !isAllowed(key, value))).toEqual([]);
    expect(refused.filter((value) => isAllowed(key, value))).toEqual([]);
  });

  it('that choose are all held against their choices here', () => {
    const keys = (Object.keys(POLICY_SCHEMA) as (keyof Policies)[]).filter((key) => POLICY_SCHEMA[key].type.kind === 'choice');
    expect(keys.filter((key) => !(key in CHOICES))).toEqual([]);
  });

  it('are null only where that means something', () => {
    const keys = Object.keys(DEFAULT_POLICIES) as (keyof Policies)[];
    expect(keys.filter((key) => isAllowed(key, null)).sort()).toEqual([...MAY_BE_NULL].sort());
  });

  it('that name an order name what there is, each at most once', () => {
    const orders = [[], ['fixed-ratio'], ['fixed-ratio', 'sub-meter', 'fixed-quantity'], ['fixed-ratio', 'fixed-ratio'], ['fixed-ratio', 'moon'], 'fixed-ratio', [1]];
    expect(orders.map((order) => isAllowed('deductionOrder', order))).toEqual([true, true, true, false, false, false, false]);
    expect(isAllowed('plainChildDeductionOrder', ['deep-valley', 'sharp', 'valley', 'peak', 'flat'])).toBe(true);
    expect([DEFAULT_POLICIES.deductionOrder, DEFAULT_POLICIES.plainChildDeductionOrder]).toEqual([['sub-meter', 'fixed-quantity', 'fixed-ratio'], ['flat', 'peak', 'valley', 'sharp', 'deep-valley']]);
  });

  it('that name lines are lists of at most fifty names of 1 to 60 characters', () => {
    const name = 'x'.repeat(60);
    const lists = [[], ['energy'], [name], Array<string>(50).fill('a'), 'energy', { length: 0 }, [''], [`${name}x`], ['energy', 7], Array<string>(51).fill('a')];
    expect(lists.map((list) => isAllowed('powerFactorBase', list))).toEqual([true, true, true, true, false, false, false, false, false, false]);
  });

  it('are refused with the name, and with what is allowed', () => {
    expect(policyProblems({ powerFactorBase: 'x', usageDropPercent: 'x', moneyDecimals: undefined, seasonPriceDecimals: 'x' })).toEqual([
      { code: 'POLICY.INVALID', path: '/policies/powerFactorBase', allowed: 'list of line names or null' },
      { code: 'POLICY.INVALID', path: '/policies/usageDropPercent', allowed: 'decimal text 0 to 100 or null' },
      { code: 'POLICY.INVALID', path: '/policies/moneyDecimals', allowed: 'whole number 0 to 2' },
      { code: 'POLICY.INVALID', path: '/policies/seasonPriceDecimals', allowed: 'whole number 0 to 8 or null' },
    ]);
    const [unknown] = policyProblems({ moonPhase: 1 });
    expect(unknown?.allowed.startsWith('moneyDecimals, moneyRounding, energyDecimals, ')).toBe(true);
    expect(() => resolvePolicies([{ moneyDecimals: 3 }])).toThrow(refusal('POLICY.INVALID', { allowed: 'whole number 0 to 2' }, '/policies/moneyDecimals'));
    for (const layer of ['text', null, 5, []]) expect(policyProblems(layer, '/p')).toEqual([{ code: 'POLICY.INVALID', path: '/p', allowed: 'object' }]);
  });
});
