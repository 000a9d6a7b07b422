import { DateField, DecimalField, EnumField, IdField, TextField } from '../../../platform/http';
import { SUPPLY_CIRCUIT_KINDS, SUPPLY_VOLTAGES } from '../customers.codes';

const KW = { decimals: 4, digits: 10, min: '0.0001' } as const;

export class SupplyCircuitValues {
  @TextField({ description: 'Number of the circuit within the account.', example: 'L1', maxLength: 32 })
  supplyCircuitNo!: string;

  @EnumField({ values: SUPPLY_CIRCUIT_KINDS, description: 'Main, standby or security supply.', example: 'main' })
  kind!: string;

  @EnumField({ values: SUPPLY_VOLTAGES, description: 'Voltage of the circuit.', example: '1-10kv' })
  voltage!: string;

  @DecimalField({ ...KW, description: 'Contract demand of this circuit, kW.', example: '1300', optional: true, nullable: true })
  contractDemandKw?: string | null;

  @DecimalField({ ...KW, description: 'Approved capacity of this circuit, kVA.', example: '3150', optional: true, nullable: true })
  approvedCapacityKva?: string | null;
}

/** A circuit from a day on: a new one, or new figures for one in force. */
export class SupplyCircuitChange extends SupplyCircuitValues {
  @DateField({ description: 'First day.', example: '2026-03-01' })
  validFrom!: string;

  @TextField({ description: 'Why it is recorded.', example: 'Second supply by order 2026-0203', maxLength: 200 })
  reason!: string;
}

/** The end of a circuit. */
export class SupplyCircuitEnd {
  @DateField({ description: 'First day on which the circuit no longer supplies.', example: '2026-09-01' })
  endsOn!: string;

  @TextField({ description: 'Why it ends.', example: 'Standby supply given up', maxLength: 200 })
  reason!: string;
}

export class SupplyCircuitView extends SupplyCircuitValues {
  @IdField({ description: 'Identity of this version.', example: '512' })
  supplyCircuitId!: string;

  @DateField({ description: 'First day.', example: '2026-03-01' })
  validFrom!: string;

  @DateField({ description: 'First day on which it no longer holds; null where open.', example: '2027-01-01', nullable: true })
  validTo!: string | null;
}
