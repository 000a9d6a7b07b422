import type { NestExpressApplication } from '@nestjs/platform-express';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import { createHttpApp } from '../../src/create-app';
import { PERMISSION_METADATA, PUBLIC_METADATA } from '../../src/platform/auth/permit';
import { loadConfig } from '../../src/platform/config';

/** The application without a database: its routes and contract, nothing that runs. */
export function shapeOfApp(): Promise<NestExpressApplication> {
  const config = loadConfig({
    DATABASE_URL: 'postgres://contract@localhost/contract',
    DATA_KEY: '00'.repeat(32),
    DATA_HASH_KEY: '00'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  return createHttpApp(config, { processName: 'contract', connect: false });
}

/** One route as its controller declares it. */
export interface RouteShape {
  readonly controller: string;
  readonly method: string;
  /** `GET /v1/accounts/{accountId}`, as the contract writes it. */
  readonly address: string;
  readonly permission: string | undefined;
  readonly isPublic: boolean;
}

function controllersOf(app: NestExpressApplication): Type<object>[] {
  const modules = [...app.get(ModulesContainer).values()];
  return modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Type<object>));
}

function addressOf(controller: Type<object>, handler: object): string {
  const parts = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)] as string[];
  const path = parts.map((part) => part.replace(/^\/|\/$/g, '')).filter((part) => part !== '').join('/');
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
  return `${method} /${path.replace(/:(\w+)/g, '{$1}')}`;
}

function handlersOf(controller: Type<object>): { name: string; handler: object }[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = name === 'constructor' ? undefined : Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown;
    return typeof handler === 'function' && Reflect.hasMetadata(PATH_METADATA, handler) ? [{ name, handler }] : [];
  });
}

/** Every route of every controller that the application has, whether or not it says who may call it. */
export function routesOf(app: NestExpressApplication): RouteShape[] {
  return controllersOf(app).flatMap((controller) =>
    handlersOf(controller).map(({ name, handler }) => {
      const find = (key: string): unknown => Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller);
      return {
        controller: controller.name,
        method: name,
        address: addressOf(controller, handler),
        permission: find(PERMISSION_METADATA) as string | undefined,
        isPublic: find(PUBLIC_METADATA) === true,
      };
    }),
  );
}
