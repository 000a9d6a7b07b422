/** What the tariff module lets a role do; roles name these in one file. */
export const TARIFF_PERMISSIONS = [
  'tariff.version.create',
  'tariff.version.read',
  'tariff.version.publish',
  'tariff.version.withdraw',
  'tariff.price-book.read',
] as const;
export type TariffPermission = (typeof TARIFF_PERMISSIONS)[number];
