export * from './actor';
export { AuthModule } from './auth.module';
export { AuthGuard } from './auth.guard';
export { CurrentActor, Permit, Public } from './permit';
export { PLATFORM_PERMISSIONS } from './platform.permissions';
export type { PlatformPermission } from './platform.permissions';
export { RolesTable } from './roles-table';
export { TokenStore } from './token-store';
export type { IssuedToken, NewToken } from './token-store';
