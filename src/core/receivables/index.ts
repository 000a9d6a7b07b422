export * from './late-charge';
export * from './allocation';
