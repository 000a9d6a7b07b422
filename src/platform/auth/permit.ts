import { applyDecorators, createParamDecorator, ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { Actor, Permission } from './actor';

export const PERMISSION_METADATA = 'wattledger:permission';
export const PUBLIC_METADATA = 'wattledger:public';
/** How the contract names who may call; `public` where nobody needs to be known. */
export const PERMISSION_EXTENSION = 'x-permission';

/** Only a caller whose role holds this permission may use the route. */
export function Permit(permission: Permission): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(PERMISSION_METADATA, permission),
    ApiBearerAuth(),
    ApiExtension(PERMISSION_EXTENSION, permission),
  );
}

/** Anybody may use the route, without a token. Everything that is neither this nor `@Permit` is refused. */
export function Public(): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(PUBLIC_METADATA, true), ApiSecurity({}), ApiExtension(PERMISSION_EXTENSION, 'public'));
}

/** A request once the guard has let it in. */
export interface AuthenticatedRequest {
  actor?: Actor;
}

/** The caller, as the guard found it: `@CurrentActor() actor: Actor`. Not available on a public route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new TypeError('a public route has no current actor');
  return actor;
});
