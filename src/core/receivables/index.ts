export * from './late-charge';
export * from './allocation';
export * from './debt';
export * from './tenders';
export * from './take-back';
export * from './cancellation';
export * from './instalments';
