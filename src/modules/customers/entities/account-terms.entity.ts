import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { RecordedRow } from '../../../platform/database';

/** The rules that an account is charged by, from a day to a day. */
@Entity('account_terms')
export class AccountTermsVersion extends RecordedRow {
  @PrimaryGeneratedColumn('identity', { name: 'terms_id', type: 'bigint', generatedIdentity: 'ALWAYS' })
  termsId!: string;

  @Column({ name: 'account_id', type: 'bigint' })
  accountId!: string;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom!: string;

  @Column({ name: 'valid_to', type: 'date', nullable: true })
  validTo!: string | null;

  @Column({ name: 'category', type: 'text' })
  category!: string;

  @Column({ name: 'voltage', type: 'text' })
  voltage!: string;

  @Column({ name: 'price_book', type: 'text' })
  priceBook!: string;

  @Column({ name: 'plan_id', type: 'text' })
  planId!: string;

  @Column({ name: 'charge_method', type: 'text' })
  chargeMethod!: string;

  @Column({ name: 'contract_demand_kw', type: 'numeric', precision: 14, scale: 4, nullable: true })
  contractDemandKw!: string | null;

  @Column({ name: 'approved_capacity_kva', type: 'numeric', precision: 14, scale: 4, nullable: true })
  approvedCapacityKva!: string | null;

  @Column({ name: 'power_factor_standard', type: 'text' })
  powerFactorStandard!: string;

  @Column({ name: 'power_factor_exemption', type: 'text', nullable: true })
  powerFactorExemption!: string | null;

  @Column({ name: 'household_size', type: 'integer', nullable: true })
  householdSize!: number | null;

  @Column({ name: 'household_extension_from', type: 'text', nullable: true })
  householdExtensionFrom!: string | null;

  @Column({ name: 'low_income', type: 'boolean' })
  lowIncome!: boolean;

  @Column({ name: 'policies', type: 'jsonb', nullable: true })
  policies!: Record<string, unknown> | null;

  @Column({ name: 'reason', type: 'text', nullable: true })
  reason!: string | null;
}
