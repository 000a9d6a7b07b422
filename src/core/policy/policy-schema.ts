import type { Policies } from './policies';

/** What a policy value may be. Decimals travel as texts. */
export type PolicyType =
  | { readonly kind: 'choice'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly nullable?: true }
  | { readonly kind: 'decimal'; readonly min: string; readonly max: string; readonly nullable?: true }
  | { readonly kind: 'date'; readonly nullable?: true }
  | { readonly kind: 'order'; readonly of: readonly string[] } // each at most once; those left out follow in this order
  | { readonly kind: 'names'; readonly nullable?: true };

export interface PolicyDefinition<K extends keyof Policies = keyof Policies> {
  readonly type: PolicyType;
  readonly default: Policies[K];
  readonly zh: string;
  readonly en: string;
}

const ROUNDING: PolicyType = { kind: 'choice', values: ['half-up', 'up', 'down'] };

/** The one list of policies: type, default and meaning of every key. */
export const POLICY_SCHEMA: { readonly [K in keyof Policies]: PolicyDefinition<K> } = {
  moneyDecimals: { type: { kind: 'integer', min: 0, max: 2 }, default: 2, zh: '金额小数位', en: 'Decimals of a line amount in yuan; every line is rounded once, then lines are added.' },
  moneyRounding: { type: ROUNDING, default: 'half-up', zh: '金额取整方式', en: 'How a line amount is rounded; half-up is half away from zero.' },
  energyDecimals: { type: { kind: 'integer', min: 0, max: 4 }, default: 0, zh: '电量小数位', en: 'Decimals of an energy in kWh or kvarh, per register of each meter.' },
  energyRounding: { type: ROUNDING, default: 'half-up', zh: '电量取整方式', en: 'How an energy is rounded.' },
  rolloverMaximumPerCycle: { type: { kind: 'integer', min: 0, max: 9 }, default: 1, zh: '每周期允许翻转次数', en: 'Rollovers of one register accepted in a cycle without a person.' },
  rolloverEnergyLimitPercent: { type: { kind: 'decimal', min: '0', max: '100000' }, default: '300', zh: '翻转电量上限(历史日均百分比)', en: 'Highest energy after a rollover, percent of the account’s usual energy; above it a person decides.' },
  usageJumpPercent: { type: { kind: 'decimal', min: '0', max: '100000', nullable: true }, default: '200', zh: '电量突增界限', en: 'A rise above the usual use by more than this percent is reported; null switches the check off.' },
  usageDropPercent: { type: { kind: 'decimal', min: '0', max: '100', nullable: true }, default: '80', zh: '电量突减界限', en: 'A fall below the usual use by more than this percent is reported; null switches the check off.' },
  demandOfCapacityPercent: { type: { kind: 'decimal', min: '0', max: '1000', nullable: true }, default: '120', zh: '需量超变压器容量界限', en: 'Measured demand above this percent of the running capacity is reported; null switches the check off.' },
  deductionOrder: { type: { kind: 'order', of: ['sub-meter', 'fixed-quantity', 'fixed-ratio'] }, default: ['sub-meter', 'fixed-quantity', 'fixed-ratio'], zh: '套扣顺序', en: 'Order in which children are deducted from their parent.' },
  plainChildDeduction: { type: { kind: 'choice', values: ['in-order', 'in-proportion'] }, default: 'in-order', zh: '非分时子表扣减分时母表的方式', en: 'A plain child against a time-of-use parent: period after period, or in proportion with the remainder in flat.' },
  plainChildDeductionOrder: { type: { kind: 'order', of: ['flat', 'peak', 'valley', 'sharp', 'deep-valley'] }, default: ['flat', 'peak', 'valley', 'sharp', 'deep-valley'], zh: '非分时子表扣减时段顺序', en: 'Periods in the order in which a plain child takes from its parent.' },
  lossDecimals: { type: { kind: 'integer', min: 0, max: 4, nullable: true }, default: 0, zh: '损耗小数位', en: 'Decimals of a loss; null leaves it unrounded.' },
  lossRounding: { type: ROUNDING, default: 'half-up', zh: '损耗取整方式', en: 'How a loss is rounded.' },
  lossDayBasis: { type: { kind: 'choice', values: [30, 'calendar-month'] }, default: 30, zh: '损耗按日折算基数', en: 'Days of a month when a monthly loss is taken for part of it.' },
  lossShareRounding: { type: ROUNDING, default: 'half-up', zh: '损耗分摊取整方式', en: 'How the share of a period in a loss is rounded; the remainder goes to flat.' },
  lossShareOverPoints: { type: { kind: 'choice', values: ['by-energy', 'by-capacity', 'fixed', 'none'] }, default: 'by-energy', zh: '损耗在计量点间的分摊', en: 'How a transformer’s loss is shared over its usage points: by energy, by the capacity behind each, in agreed parts, or not (the first bears it).' },
  tariffChange: { type: { kind: 'choice', values: ['by-days', 'at-start', 'at-end'] }, default: 'by-days', zh: '周期内调价处理', en: 'A tariff change inside the cycle: energy by days, or the version of the first or of the last day.' },
  seasonChange: { type: { kind: 'choice', values: ['by-days', 'billing-month'] }, default: 'by-days', zh: '周期内换季处理', en: 'A season change inside the cycle: energy by days, or the season of the billing month.' },
  seasonPriceDecimals: { type: { kind: 'integer', min: 0, max: 8, nullable: true }, default: 4, zh: '季节电价小数位', en: 'Decimals of a price found as catalogue price × season factor.' },
  periodPriceDecimals: { type: { kind: 'integer', min: 0, max: 8, nullable: true }, default: 4, zh: '时段电价小数位', en: 'Decimals of a price found as flat (or season) price × period factor; null leaves it unrounded. Printed prices are never rounded.' },
  capacityDayRule: { type: { kind: 'choice', values: ['1996-thirtieth', '2024-calendar-days', 'by-date'] }, default: '1996-thirtieth', zh: '基本电费日折算规则', en: 'A day of capacity is 1/30 of the month (1996) or 1/calendar days (2024); by-date takes the rule of 2024 from the billing month 2024-06 on.' },
  capacityRunDays: { type: { kind: 'choice', values: ['actual-days', 'none', 'half-month', 'whole-month'] }, default: 'actual-days', zh: '变压器变更月的运行天数', en: 'Days charged in the month of a transformer’s start or stop.' },
  shareWhileSuspended: { type: { kind: 'decimal', min: '0', max: '1', nullable: true }, default: null, zh: '暂停期间收取比例', en: 'Share of the price that a suspended transformer pays; null: by date, 0 since 2016, 0.5 before.' },
  minimumSuspensionDays: { type: { kind: 'integer', min: 0, max: 365 }, default: 15, zh: '最短暂停天数', en: 'A shorter suspension is charged in full; one whose end is not known yet counts as long enough.' },
  contractDemandRule: { type: { kind: 'choice', values: ['contract-with-tolerance', 'measured-up-to-contract'] }, default: 'contract-with-tolerance', zh: '合同需量计费规则', en: 'Contract value up to the tolerance; or (older) the measured value up to the contract.' },
  contractFloorPercent: { type: { kind: 'decimal', min: '0', max: '100', nullable: true }, default: '40', zh: '合同需量下限', en: 'Contract demand is at least this percent of the approved capacity; null for no floor.' },
  contractCapPercent: { type: { kind: 'decimal', min: '0', max: '200', nullable: true }, default: null, zh: '合同需量上限', en: 'Contract demand is at most this percent of the approved capacity; null for no cap.' },
  tolerancePercent: { type: { kind: 'decimal', min: '100', max: '200' }, default: '105', zh: '超合同需量容限', en: 'Measured demand above this percent of the contract is excess.' },
  excessMultiple: { type: { kind: 'decimal', min: '1', max: '10' }, default: '2', zh: '超需量倍数', en: 'Multiple of the price for the excess.' },
  loadRateDiscountFrom: { type: { kind: 'date', nullable: true }, default: '2023-06-01', zh: '负荷率优惠起始日', en: 'Billing months from this day on know the discount on the demand price, by contract and by actual demand; null for none.' },
  loadRateThresholdKwhPerKva: { type: { kind: 'decimal', min: '0', max: '744' }, default: '260', zh: '负荷率优惠门槛', en: 'Energy of the month per kVA of contract capacity from which the discount holds.' },
  loadRatePricePercent: { type: { kind: 'decimal', min: '0', max: '100' }, default: '90', zh: '负荷率优惠比例', en: 'Percent of the demand price after the discount.' },
  basicChargeShare: { type: { kind: 'choice', values: ['none', 'by-energy', 'by-energy-charge'] }, default: 'none', zh: '基本电费分摊', en: 'Whether the basic charge is shared over the usage categories, a line for each, and by what: energy, or amount of the energy charge.' },
  powerFactorScheme: { type: { kind: 'choice', values: ['official-table', 'linear'] }, default: 'official-table', zh: '力调方案', en: 'The table of (83) 215, or 1 % up and 0.5 % down per 0.01.' },
  powerFactorDecimals: { type: { kind: 'integer', min: 2, max: 4 }, default: 2, zh: '功率因数小数位', en: 'Decimals of the power factor before the table.' },
  powerFactorRounding: { type: ROUNDING, default: 'half-up', zh: '功率因数取整方式', en: 'How the power factor is rounded before the table.' },
  powerFactorBase: { type: { kind: 'names', nullable: true }, default: null, zh: '力调基数', en: 'Line groups and items that make the base; null: as the tariff declares (all but surcharges and funds).' },
  powerFactorBaseInsideSurcharges: { type: { kind: 'choice', values: ['included', 'excluded'] }, default: 'excluded', zh: '含在电价内的代征是否计入力调基数', en: 'Whether levies contained in the price stay in the base.' },
  lightingConnection: { type: { kind: 'choice', values: ['series', 'parallel'] }, default: 'series', zh: '照明接线方式', en: 'Lighting in series counts in factor and base, in parallel in neither.' },
  timeOfUseCompulsoryFromKw: { type: { kind: 'decimal', min: '0', max: '1000000', nullable: true }, default: '100', zh: '强制分时容量', en: 'Time-of-use prices are compulsory for industry and commerce from this capacity; null for never.' },
  planChoice: { type: { kind: 'choice', values: ['by-date', '315-kva', '2023-06-01', 'free'] }, default: 'by-date', zh: '单一制/两部制选择规则', en: 'Which capacities may have which parts: below and above 315 kVA, or the rule of 2023-06-01 (up to 100, choice, from 315 kVA); by-date takes the one in force; free is not checked.' },
  plainMeterOnTimeOfUsePlan: { type: { kind: 'choice', values: ['refused', 'flat'] }, default: 'refused', zh: '非分时表执行分时价', en: 'A plain meter under a time-of-use plan: refused, or priced as flat.' },
  circuitDemand: { type: { kind: 'choice', values: ['each', 'joint'] }, default: 'each', zh: '多路电源需量', en: 'Demand of several circuits: each on its own and added, or the sum against the joint contract.' },
  circuitBills: { type: { kind: 'choice', values: ['joint', 'each'] }, default: 'joint', zh: '多路电源出账方式', en: 'An account of several supply circuits gets one joint bill, or one bill for each circuit; what holds on the last day of the cycle counts.' },
  demandWithinCircuit: { type: { kind: 'choice', values: ['parallel-transformers', 'highest', 'sum'] }, default: 'parallel-transformers', zh: '同一回路多块需量表', en: 'Several demand meters of one circuit: the highest of one meter, those behind different transformers being parallel supplies that are added; or always the highest; or always the sum.' },
};

/** Names of all policies. */
export const POLICY_KEYS = Object.keys(POLICY_SCHEMA) as (keyof Policies)[];
