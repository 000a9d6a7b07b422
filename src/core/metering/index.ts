export * from './multiplier';
export * from './register-energy';
export * from './period-split';
export * from './consumption';
export * from './plausibility';
