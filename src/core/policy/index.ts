export * from './policies';
export * from './policy-schema';
export * from './resolve-policies';
