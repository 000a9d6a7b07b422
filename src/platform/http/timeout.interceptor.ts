import { CallHandler, ExecutionContext, Injectable, NestInterceptor, SetMetadata } from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants';
import { Reflector } from '@nestjs/core';
import { Observable, throwError, timeout } from 'rxjs';
import { AppError } from '../errors';
import { CONSUMES_METADATA } from './operation';

/** An answer that takes longer is given up; longer work belongs into a job (202 + Location). */
export const ANSWER_WITHIN_MS = 30_000;
const UNLIMITED_METADATA = 'wattledger:unlimited-time';

/** The route answers as a stream that may take its time; uploads (`@Consumes`) and event streams need no mark. */
export const UnlimitedTime = (): MethodDecorator => SetMetadata(UNLIMITED_METADATA, true);

/** Answers 503 SERVICE.TIMEOUT where a handler does not come back in time. */
@Injectable()
export class TimeoutInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const handler = context.getHandler();
    const marks = [UNLIMITED_METADATA, CONSUMES_METADATA, SSE_METADATA];
    if (marks.some((mark) => this.reflector.get<unknown>(mark, handler) !== undefined)) return next.handle();
    const late = (): Observable<never> => throwError(() => new AppError('SERVICE.TIMEOUT'));
    return next.handle().pipe(timeout({ first: ANSWER_WITHIN_MS, with: late }));
  }
}
