/** Set by the environment of the jest project whose queues live in Redis. */
declare global {
  var queueServer: string | undefined;
}

const places = new Map<string, number>();

/** The setting by which everything that works on one database shares one queue, and shares it with nobody else. */
export function queueSettings(database: string): Readonly<Record<string, string>> {
  if (globalThis.queueServer === undefined) return {};
  const place = places.get(database) ?? places.size;
  places.set(database, place);
  return { REDIS_URL: `${globalThis.queueServer}/${String(place)}` };
}
