import { METHODS } from 'node:http';
import type { Application } from 'express';

/** The parts of express' routing table that say which method an address knows. */
interface RouteLayer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

function layers(application: Application): readonly RouteLayer[] {
  const router = application.router as unknown as { stack?: readonly RouteLayer[] };
  return router.stack ?? [];
}

/** A path that cannot be decoded matches nothing. */
function matches(layer: RouteLayer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}

/** The methods that a route answers. One that takes every method there is, is middleware and no address of its own. */
function methodsOf(layer: RouteLayer): string[] {
  const methods = Object.entries(layer.route?.methods ?? {}).filter(([, on]) => on).map(([method]) => method.toUpperCase());
  return methods.length < METHODS.length ? methods : [];
}

/** The methods, in upper case, that some route answers at an address; none where there is no such address. */
export function methodsAt(application: Application, path: string): string[] {
  const found = new Set<string>();
  for (const layer of layers(application)) {
    if (!layer.route || !matches(layer, path)) continue;
    for (const method of methodsOf(layer)) found.add(method);
  }
  return [...found].sort();
}
