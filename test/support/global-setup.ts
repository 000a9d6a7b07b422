import { announce, startTestCluster, type StartedTestCluster } from './cluster';

declare global {
  var testClusterToStop: StartedTestCluster | undefined;
}

/** Starts one database server for the whole test run. */
export default async function globalSetup(): Promise<void> {
  const cluster = await startTestCluster();
  globalThis.testClusterToStop = cluster;
  announce(cluster);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      cluster.stop();
      process.exit(130);
    });
  }
}
