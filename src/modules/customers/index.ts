export { registerAccountCommands } from './customers.commands';
export { CustomersModule } from './customers.module';
export { CUSTOMERS_PERMISSIONS } from './customers.permissions';
export { AccountDirectory } from './port/account-directory';
export type { AccountEntry } from './port/account-directory';
export { AccountsForBilling } from './port/read-accounts-for-billing';
export type {
  AccountForBilling,
  BillingRequest,
  SupplyCircuitForBilling,
  TermsForBilling,
  TransformerForBilling,
} from './port/accounts-for-billing';
export { PLAN_CATALOGUE } from './port/plan-catalogue';
export type { PlanCatalogue, PublishedPlans } from './port/plan-catalogue';
export { isAccountNo } from './rules/account-number';
export { ImportAccounts } from './services/import-accounts';
export type { ImportOptions } from './services/import-accounts';
export { ReadAccountImports } from './services/read-account-imports';
export type { AccountImportView, ImportedAccount } from './dto/account-import.dto';
