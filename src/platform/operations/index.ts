export { actingPerson, TOKEN_OPTION, type TokenOption } from './acting-person';
export { registerDatabaseCommands } from './database-commands';
export { registerQueueCommands } from './queue-commands';
export type { OperationsSession, RegisterCommands } from './session';
export { registerTokenCommands } from './token-commands';
