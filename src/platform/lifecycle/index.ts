export { runCommand } from './command';
export { onShutdown, shutDown } from './shutdown';
