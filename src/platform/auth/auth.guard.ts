import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../errors';
import type { Permission } from './actor';
import { AuthenticatedRequest, PERMISSION_METADATA, PUBLIC_METADATA } from './permit';
import { TokenStore } from './token-store';

/**
 * Lets a request through where its route is public, or where its token's user holds the route's permission.
 * A route that says neither is refused, whoever calls.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenStore,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_METADATA, targets) === true) return true;
    const request = context.switchToHttp().getRequest<Request & AuthenticatedRequest>();
    const token = /^Bearer ([^\s,]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new AppError('AUTH.TOKEN_MISSING');
    const actor = await this.tokens.actorOf(token);
    if (!actor) throw new AppError('AUTH.TOKEN_INVALID');
    const permission = this.reflector.getAllAndOverride<Permission | undefined>(PERMISSION_METADATA, targets);
    if (permission === undefined || !actor.permissions.has(permission)) throw new AppError('AUTH.NOT_PERMITTED');
    request.actor = actor;
    return true;
  }
}
