export { buildContract } from './document';
export { serveContract } from './serve';
