/** Stops the server that the set-up started, and removes its folder. */
export default function globalTeardown(): void {
  globalThis.testClusterToStop?.stop();
}
