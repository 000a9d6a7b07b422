/** Price periods of a day; `total` is the one period of a plain (not time-of-use) price. */
export const PRICE_PERIODS = ['sharp', 'peak', 'flat', 'valley', 'deep-valley', 'total'] as const;
export type PricePeriod = (typeof PRICE_PERIODS)[number];

/** The periods that a time-of-use price can have, in the order in which they are printed. */
export const TIME_OF_USE_PERIODS = ['sharp', 'peak', 'flat', 'valley', 'deep-valley'] as const;
export type TimeOfUsePeriod = (typeof TIME_OF_USE_PERIODS)[number];

/** Dials of a meter (示数类型). */
export const REGISTERS = [
  'total',
  'sharp',
  'peak',
  'flat',
  'valley',
  'deep-valley',
  'reactive-forward',
  'reactive-reverse',
  'maximum-demand',
] as const;
export type Register = (typeof REGISTERS)[number];

/** Usage categories (用电类别). */
export const CATEGORIES = [
  'residential',
  'residential-other',
  'non-residential',
  'general-industrial-commercial',
  'large-industrial',
  'agriculture',
  'irrigation',
  'street-lighting',
  'temporary',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Supply voltages (电压等级), from low to high; 35 kV stands for 63 (66) kV too. */
export const VOLTAGES = ['below-1kv', '1-10kv', '20kv', '35kv', '110kv', '220kv'] as const;
export type Voltage = (typeof VOLTAGES)[number];

/** How the basic charge of a two-part tariff is taken (基本电费计收方式). */
export const CHARGE_METHODS = ['none', 'capacity', 'contract-demand', 'actual-demand'] as const;
export type ChargeMethod = (typeof CHARGE_METHODS)[number];

/** Power-factor standards (功率因数标准); `none` where the adjustment does not apply. */
export const POWER_FACTOR_STANDARDS = ['0.90', '0.85', '0.80', 'none'] as const;
export type PowerFactorStandard = (typeof POWER_FACTOR_STANDARDS)[number];

/** Metering modes (计量方式): supply voltage side / metering side. */
export const METERING_MODES = ['high-high', 'high-low', 'low-low'] as const;
export type MeteringMode = (typeof METERING_MODES)[number];

/** A name in both languages of the product. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}
