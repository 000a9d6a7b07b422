import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

/** A method of a provider, bound to it, with the name that logs and errors show: Class.method. */
export interface DecoratedMethod {
  name: string;
  /** The function that carries the decorator's metadata. */
  source: object;
  call: (...args: unknown[]) => Promise<unknown>;
}

/** Finds the methods of all providers, for decorators that make a method a handler of something. */
@Injectable()
export class DecoratedMethods {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** Every method of every provider that the filter accepts. */
  find(accepts: (method: object) => boolean): DecoratedMethod[] {
    const found: DecoratedMethod[] = [];
    const seen = new Set<object>();
    for (const { instance } of this.discovery.getProviders() as { instance?: object }[]) {
      if (typeof instance !== 'object' || (instance as object | null) === null || seen.has(instance)) continue;
      seen.add(instance);
      found.push(...this.methodsOf(instance, accepts));
    }
    return found;
  }

  private methodsOf(instance: object, accepts: (method: object) => boolean): DecoratedMethod[] {
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
    if (prototype === null) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((key) => {
      const source = prototype[key];
      if (typeof source !== 'function' || !accepts(source)) return [];
      const method = source as (...args: unknown[]) => Promise<unknown>;
      return [{ name: `${instance.constructor.name}.${key}`, source, call: (...args: unknown[]) => method.apply(instance, args) }];
    });
  }
}
