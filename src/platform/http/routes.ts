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

/** The methods, in upper case, that some route answers at an address; none where there is no such address. */
export function methodsAt(application: Application, path: string): string[] {
  const found = new Set<string>();
  for (const layer of layers(application)) {
    if (!layer.route || !matches(layer, path)) continue;
    for (const [method, on] of Object.entries(layer.route.methods)) if (on) found.add(method.toUpperCase());
  }
  return [...found].sort();
}
