import { DateField, DecimalField, EnumField, FlagField, IdField, IntField, JsonField, MonthField, TextField } from '../../../platform/http';
import type { Policies } from '../../../core/policy';
import type { Category, ChargeMethod, PowerFactorStandard, Voltage } from '../../../core/tariff/vocabulary';
import { BASIC_CHARGE_METHODS, POWER_FACTOR_STANDARD_CODES, SUPPLY_VOLTAGES, USAGE_CATEGORIES } from '../customers.codes';

const KW = { decimals: 4, digits: 10, min: '0.0001' } as const;

/** The rules that an account is charged by. */
export class TermsValues {
  @EnumField({ values: USAGE_CATEGORIES, description: 'Usage category.', example: 'large-industrial' })
  category!: Category;

  @EnumField({ values: SUPPLY_VOLTAGES, description: 'Supply voltage.', example: '1-10kv' })
  voltage!: Voltage;

  @TextField({ description: 'Price book (family of tariff versions).', example: 'shanghai', maxLength: 60 })
  priceBook!: string;

  @TextField({ description: 'Plan of the price book.', example: 'industrial-commercial-two-part', maxLength: 60 })
  planId!: string;

  @EnumField({ values: BASIC_CHARGE_METHODS, description: 'How the capacity or demand charge is taken.', example: 'contract-demand' })
  chargeMethod!: ChargeMethod;

  @DecimalField({ ...KW, description: 'Contract demand, kW; needed by contract-demand.', example: '2600', optional: true, nullable: true })
  contractDemandKw?: string | null;

  @DecimalField({ ...KW, description: 'Approved (connected) capacity, kVA.', example: '6300', optional: true, nullable: true })
  approvedCapacityKva?: string | null;

  @EnumField({ values: POWER_FACTOR_STANDARD_CODES, description: 'Power-factor standard; none where the adjustment does not apply.', example: '0.90' })
  powerFactorStandard!: PowerFactorStandard;

  @TextField({ description: 'Why the account is exempt from the adjustment; only with the standard none.', example: 'primary school', maxLength: 100, optional: true, nullable: true })
  powerFactorExemption?: string | null;

  @IntField({ description: 'Registered persons of the household, for block allowances.', example: 5, min: 1, max: 99, optional: true, nullable: true })
  householdSize?: number | null;

  @MonthField({ description: 'Month from which the extra allowance of the household counts; never back in time.', example: '2026-01', optional: true, nullable: true })
  householdExtensionFrom?: string | null;

  @FlagField({ description: 'Registered low-income household with a free allowance; false where absent.', example: false, optional: true })
  lowIncome?: boolean;

  @JsonField({ description: 'Policies that stand above those of the tariff; unknown keys are refused.', example: { minimumSuspensionDays: 15 }, optional: true, nullable: true })
  policies?: Readonly<Partial<Policies>> | null;
}

/** New terms from a day on; they hold until the next recorded change. */
export class TermsChange extends TermsValues {
  @DateField({ description: 'First day of the new terms.', example: '2026-03-01' })
  validFrom!: string;

  @TextField({ description: 'Why the terms change.', example: 'Contract demand changed by order 2026-0117', maxLength: 200 })
  reason!: string;
}

/** A version of an account's terms. */
export class TermsView extends TermsValues {
  @IdField({ description: 'Identity of this version.', example: '4096' })
  termsId!: string;

  @DateField({ description: 'First day.', example: '2026-03-01' })
  validFrom!: string;

  @DateField({ description: 'First day on which it no longer holds; null where open.', example: '2027-01-01', nullable: true })
  validTo!: string | null;

  @TextField({ description: 'Why it was recorded.', example: 'Contract demand changed by order 2026-0117', maxLength: 200, nullable: true })
  reason!: string | null;
}
