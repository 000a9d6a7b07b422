import { Scope } from '../scope';
import { capacityChargeRule, demandChargeActual, demandChargeContract, loadRateDiscount, minimumContractDemandRule } from './basic-charge';
import { meterConstantPower, meterConstantTime, meterErrorEnergy, stoppedMeter, multiplierCorrectionRule, wiringCorrectionRule } from './corrections';
import { lightingConnection, subMeterDeduction, timeOfUseParentPlainChild } from './deduction';
import { energyChargeRule, seasonPriceRule, surchargesRule, tariffVersionByDays, timeOfUsePriceRule } from './energy';
import {
  lineLossFormula, lossAddition, lossForDays, periodLossShare, reactiveAbsoluteSum, transformerLossFormula, transformerLossSimplified,
} from './losses';
import { fixedQuantityFromFlat, registerConsumption } from './metering';
import {
  misusePriceClass, misuseSealedEquipment, misuseUnauthorisedCapacity, outageCompensationRule, targetAveragePrice, temporarySupplyUnmetered, theftBackBilling,
} from './misuse';
import { powerFactorBackBilling, powerFactorChargeRule, powerFactorList, powerFactorRule, powerFactorStandardRule } from './power-factor';
import { lateChargeRule, paymentAllocation } from './receivables';
import { residentialBlockAnnual, timeOfUseBlock } from './residential';
import { billTotal } from './totals';

/** Reads the quantities that one rule of the case format needs, calls the product's function, and names its figures. */
export type CaseRule = (scope: Scope) => void;

/** Every rule that works on quantities; whole bills and parts of cases stand elsewhere. */
export const CASE_RULES: Readonly<Record<string, CaseRule>> = {
  'register-consumption': registerConsumption,
  'fixed-quantity-from-flat': fixedQuantityFromFlat,
  'lighting-connection': lightingConnection,
  'sub-meter-deduction': subMeterDeduction,
  'time-of-use-parent-plain-child': timeOfUseParentPlainChild,
  'transformer-loss-formula': transformerLossFormula,
  'transformer-loss-simplified': transformerLossSimplified,
  'loss-by-days': lossForDays,
  'line-loss-formula': lineLossFormula,
  'loss-addition': lossAddition,
  'period-loss-share': periodLossShare,
  'reactive-absolute-sum': reactiveAbsoluteSum,
  'season-price': seasonPriceRule,
  'time-of-use-price': timeOfUsePriceRule,
  'energy-charge': energyChargeRule,
  'tariff-version-by-days': tariffVersionByDays,
  'capacity-charge': capacityChargeRule,
  'minimum-contract-demand': minimumContractDemandRule,
  'demand-charge-contract': demandChargeContract,
  'load-rate-discount': loadRateDiscount,
  'demand-charge-actual': demandChargeActual,
  'power-factor-standard': powerFactorStandardRule,
  'power-factor': powerFactorRule,
  'power-factor-list': powerFactorList,
  'power-factor-charge': powerFactorChargeRule,
  'power-factor-back-billing': powerFactorBackBilling,
  surcharges: surchargesRule,
  'bill-total': billTotal,
  'target-average-price': targetAveragePrice,
  'residential-block-annual': residentialBlockAnnual,
  'time-of-use-block': timeOfUseBlock,
  'late-charge': lateChargeRule,
  'payment-allocation': paymentAllocation,
  'theft-back-billing': theftBackBilling,
  'misuse-price-class': misusePriceClass,
  'misuse-sealed-equipment': misuseSealedEquipment,
  'misuse-unauthorised-capacity': misuseUnauthorisedCapacity,
  'temporary-supply-unmetered': temporarySupplyUnmetered,
  'wiring-correction': wiringCorrectionRule,
  'meter-error-energy': meterErrorEnergy,
  'stopped-meter': stoppedMeter,
  'multiplier-correction': multiplierCorrectionRule,
  'meter-constant-time': meterConstantTime,
  'meter-constant-power': meterConstantPower,
  'outage-compensation': outageCompensationRule,
};
