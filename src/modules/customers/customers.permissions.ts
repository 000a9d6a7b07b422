/** What the customers module lets a role do; roles name these in one file. */
export const CUSTOMERS_PERMISSIONS = [
  'customers.customer.create',
  'customers.customer.read',
  'customers.customer.update',
  'customers.customer.disclose',
  'customers.premise.create',
  'customers.premise.read',
  'customers.account.create',
  'customers.account.read',
  'customers.account.close',
  'customers.terms.change',
  'customers.supply-circuit.change',
  'customers.transformer.change',
  'customers.account-import.create',
  'customers.account-import.read',
] as const;
export type CustomersPermission = (typeof CUSTOMERS_PERMISSIONS)[number];
