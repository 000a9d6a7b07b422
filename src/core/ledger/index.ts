export * from './journal';
export * from './collection-journals';
