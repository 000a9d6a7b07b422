export * from './local-date';
export * from './period';
export * from './day-windows';
