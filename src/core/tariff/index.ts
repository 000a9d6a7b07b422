export * from './vocabulary';
export * from './labels';
export * from './tariff-document';
export * from './tariff-problem';
export * from './tariff-validation';
export * from './prepared-tariff';
export * from './prepared-blocks';
export * from './canonical-json';
