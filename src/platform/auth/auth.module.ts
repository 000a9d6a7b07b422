import { DynamicModule, Global, Module } from '@nestjs/common';
import { Audit } from '../audit/audit';
import { FourEyes } from '../four-eyes/four-eyes';
import type { Permission, Role } from './actor';
import { RolesTable } from './roles-table';
import { TokenStore } from './token-store';

/** Users, tokens, approvals and the audit, for every process: the HTTP process adds the guard. */
@Global()
@Module({})
export class AuthModule {
  static register(roles: Readonly<Record<Role, readonly Permission[]>>): DynamicModule {
    return {
      module: AuthModule,
      providers: [{ provide: RolesTable, useValue: new RolesTable(roles) }, TokenStore, Audit, FourEyes],
      exports: [RolesTable, TokenStore, Audit, FourEyes],
    };
  }
}
