import { defineCodeList } from '../../platform/http/code-list';

export const CUSTOMER_KINDS = defineCodeList('customer-kinds', [
  { code: 'person', en: 'Person', zh: '个人' },
  { code: 'organisation', en: 'Organisation', zh: '单位' },
]);

export const IDENTITY_KINDS = defineCodeList('identity-kinds', [
  { code: 'resident-id', en: 'Resident identity card', zh: '居民身份证' },
  { code: 'passport', en: 'Passport', zh: '护照' },
  { code: 'hk-macao-permit', en: 'Travel permit for Hong Kong and Macao residents', zh: '港澳居民来往内地通行证' },
  { code: 'taiwan-permit', en: 'Travel permit for Taiwan residents', zh: '台湾居民来往大陆通行证' },
  { code: 'unified-social-credit-code', en: 'Unified social credit code', zh: '统一社会信用代码' },
  { code: 'other', en: 'Other document', zh: '其他证件' },
]);

export const USAGE_CATEGORIES = defineCodeList('usage-categories', [
  { code: 'residential', en: 'Residential with its own meter', zh: '居民生活用电' },
  { code: 'residential-other', en: 'Residential price without household meter', zh: '执行居民电价的非居民用户' },
  { code: 'non-residential', en: 'Non-residential lighting', zh: '非居民照明' },
  { code: 'general-industrial-commercial', en: 'General industry and commerce', zh: '一般工商业' },
  { code: 'large-industrial', en: 'Large industry', zh: '大工业用电' },
  { code: 'agriculture', en: 'Agriculture', zh: '农业生产' },
  { code: 'irrigation', en: 'Irrigation', zh: '农业排灌' },
  { code: 'street-lighting', en: 'Street lighting', zh: '路灯照明' },
  { code: 'temporary', en: 'Temporary supply', zh: '临时用电' },
]);

export const SUPPLY_VOLTAGES = defineCodeList('supply-voltages', [
  { code: 'below-1kv', en: '220/380 V', zh: '不满1千伏' },
  { code: '1-10kv', en: '10 kV', zh: '1-10千伏' },
  { code: '20kv', en: '20 kV', zh: '20千伏' },
  { code: '35kv', en: '35 (63) kV', zh: '35（63）千伏' },
  { code: '110kv', en: '110 kV', zh: '110千伏' },
  { code: '220kv', en: '220 kV and above', zh: '220千伏及以上' },
]);

export const BASIC_CHARGE_METHODS = defineCodeList('basic-charge-methods', [
  { code: 'none', en: 'No capacity or demand charge', zh: '不收基本电费' },
  { code: 'capacity', en: 'By capacity', zh: '按容量' },
  { code: 'contract-demand', en: 'By contract demand', zh: '按合同最大需量' },
  { code: 'actual-demand', en: 'By actual maximum demand', zh: '按实际最大需量' },
]);

export const POWER_FACTOR_STANDARD_CODES = defineCodeList('power-factor-standards', [
  { code: '0.90', en: '0.90', zh: '0.90' },
  { code: '0.85', en: '0.85', zh: '0.85' },
  { code: '0.80', en: '0.80', zh: '0.80' },
  { code: 'none', en: 'Not adjusted', zh: '不考核' },
]);

export const SUPPLY_CIRCUIT_KINDS = defineCodeList('supply-circuit-kinds', [
  { code: 'main', en: 'Main supply', zh: '主供电源' },
  { code: 'standby', en: 'Standby supply', zh: '备用电源' },
  { code: 'security', en: 'Security supply', zh: '保安电源' },
]);

export const TRANSFORMER_OWNERSHIPS = defineCodeList('transformer-ownerships', [
  { code: 'own', en: "Customer's own transformer", zh: '专变' },
  { code: 'public', en: 'Public transformer', zh: '公变' },
]);

export const TRANSFORMER_STATE_CODES = defineCodeList('transformer-states', [
  { code: 'running', en: 'Running', zh: '运行' },
  { code: 'suspended', en: 'Suspended', zh: '暂停' },
]);
