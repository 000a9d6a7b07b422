import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../errors';
import { CONSUMES_METADATA } from './operation';

const JSON_TYPE = 'application/json';

/** A body in another character set would be read wrong where it can be read at all. */
function isUtf8Stated(request: Request): boolean {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '') ?? [];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}

/** Refuses a body of another media type than the route takes: JSON, or what `@Consumes` names. */
@Injectable()
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const allowed = this.reflector.get<string | undefined>(CONSUMES_METADATA, context.getHandler()) ?? JSON_TYPE;
    const hasBody = request.headers['transfer-encoding'] !== undefined || (request.headers['content-length'] ?? '0') !== '0';
    if (!hasBody || (request.is(allowed) !== false && isUtf8Stated(request))) return true;
    throw new AppError('REQUEST.UNSUPPORTED_MEDIA_TYPE', { params: { allowed } });
  }
}
