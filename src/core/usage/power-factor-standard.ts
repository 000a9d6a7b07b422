import { dec, Decimal } from '../quantity';
import type { TablePowerFactorStandard } from './power-factor-table';

/** Classes that the rule tells apart. `bulk-resale-industrial`: resale of large-industry type, not managed directly. */
export const POWER_FACTOR_CLASSES = [
  'industrial',
  'non-industrial',
  'irrigation',
  'agricultural',
  'bulk-resale',
  'bulk-resale-industrial',
  'residential',
  'exempt',
] as const;
export type PowerFactorClass = (typeof POWER_FACTOR_CLASSES)[number];

export interface PowerFactorCustomer {
  readonly customerClass: PowerFactorClass;
  /** Connected capacity, kVA (kW). */
  readonly capacity: Decimal;
  readonly highVoltage: boolean;
  /** The customer has on-load voltage regulation. */
  readonly onLoadRegulation: boolean;
}

const ABOVE_KVA_INDUSTRY = dec('160');
const FROM_KVA_IRRIGATION = dec('3200');
const FROM_KVA_OTHERS = dec('100');

/** Power customers, whose high-voltage supply with on-load regulation stands under 0.90 whatever the capacity. */
const POWER_CUSTOMERS: readonly PowerFactorClass[] = ['industrial', 'non-industrial', 'irrigation'];

function underHighest(customer: PowerFactorCustomer): boolean {
  if (!customer.highVoltage) return false;
  if (customer.onLoadRegulation && POWER_CUSTOMERS.includes(customer.customerClass)) return true;
  if (customer.customerClass === 'industrial') return customer.capacity.greaterThan(ABOVE_KVA_INDUSTRY);
  return customer.customerClass === 'irrigation' && customer.capacity.greaterThanOrEqualTo(FROM_KVA_IRRIGATION);
}

/**
 * Power-factor standard of a customer, (83)水电财字215:
 * 0.90 high-voltage industry above 160 kVA, high-voltage customers with on-load voltage regulation, high-voltage
 * irrigation stations from 3200 kVA; 0.85 other industry, non-industrial customers, irrigation stations and resale of
 * large-industry type from 100 kVA (kW); 0.80 agriculture and bulk resale from 100 kVA (kW). Below that, for households
 * and for exempt customers (schools, army units from regiment up, welfare institutions): none.
 */
export function powerFactorStandardOf(customer: PowerFactorCustomer): TablePowerFactorStandard | 'none' {
  if (customer.customerClass === 'residential' || customer.customerClass === 'exempt') return 'none';
  if (underHighest(customer)) return '0.90';
  if (customer.capacity.lessThan(FROM_KVA_OTHERS)) return 'none';
  return customer.customerClass === 'agricultural' || customer.customerClass === 'bulk-resale' ? '0.80' : '0.85';
}
