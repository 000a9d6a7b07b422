export { buildContract } from './document';
export { contractDrift, renderContract } from './render';
export { serveContract } from './serve';
