import type { Rounding } from '../quantity';
import type { TimeOfUsePeriod } from '../tariff/vocabulary';

/**
 * Every choice between lawful practices that a bill can depend on, fully resolved. Layers, the later one wins:
 * defaults → tariff version → account terms → document. Meaning, allowed values and default of each key stand in
 * `POLICY_SCHEMA`; an unknown key is refused.
 */
export interface Policies {
  readonly moneyDecimals: number;
  readonly moneyRounding: Rounding;
  readonly energyDecimals: number;
  readonly energyRounding: Rounding;
  readonly rolloverMaximumPerCycle: number;
  readonly rolloverEnergyLimitPercent: string;
  readonly usageJumpPercent: string | null;
  readonly usageDropPercent: string | null;
  readonly demandOfCapacityPercent: string | null;
  readonly deductionOrder: readonly DeductionKind[];
  readonly plainChildDeduction: 'in-order' | 'in-proportion';
  readonly plainChildDeductionOrder: readonly TimeOfUsePeriod[];
  readonly lossDecimals: number | null;
  readonly lossRounding: Rounding;
  readonly lossDayBasis: 30 | 'calendar-month';
  readonly lossShareRounding: Rounding;
  readonly lossShareOverPoints: 'by-energy' | 'by-capacity' | 'fixed' | 'none';
  readonly tariffChange: 'by-days' | 'at-start' | 'at-end';
  readonly seasonChange: 'by-days' | 'billing-month';
  readonly seasonPriceDecimals: number | null;
  readonly periodPriceDecimals: number | null;
  readonly capacityDayRule: '1996-thirtieth' | '2024-calendar-days' | 'by-date';
  readonly capacityRunDays: 'actual-days' | 'none' | 'half-month' | 'whole-month';
  readonly shareWhileSuspended: string | null;
  readonly minimumSuspensionDays: number;
  readonly contractDemandRule: 'contract-with-tolerance' | 'measured-up-to-contract';
  readonly contractFloorPercent: string | null;
  readonly contractCapPercent: string | null;
  readonly tolerancePercent: string;
  readonly excessMultiple: string;
  readonly loadRateDiscountFrom: string | null;
  readonly loadRateThresholdKwhPerKva: string;
  readonly loadRatePricePercent: string;
  readonly basicChargeShare: 'none' | 'by-energy' | 'by-energy-charge';
  readonly powerFactorScheme: 'official-table' | 'linear';
  readonly powerFactorDecimals: number;
  readonly powerFactorRounding: Rounding;
  readonly powerFactorBase: readonly string[] | null;
  readonly powerFactorBaseInsideSurcharges: 'included' | 'excluded';
  readonly lightingConnection: 'series' | 'parallel';
  readonly timeOfUseCompulsoryFromKw: string | null;
  readonly planChoice: 'by-date' | '315-kva' | '2023-06-01' | 'free';
  readonly plainMeterOnTimeOfUsePlan: 'refused' | 'flat';
  readonly circuitDemand: 'each' | 'joint';
  readonly circuitBills: 'joint' | 'each';
  readonly demandWithinCircuit: 'parallel-transformers' | 'highest' | 'sum';
}

export type DeductionKind = 'sub-meter' | 'fixed-quantity' | 'fixed-ratio';
