import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { from, lastValueFrom, Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../auth/permit';
import { AppError } from '../errors';
import { currentContext } from '../logging/request-context';
import { IDEMPOTENCY_METADATA, IdempotencyOptions } from './idempotency-options';
import { KeyStore, StoredAnswer, Undertaking } from './key-store';

const KEY = /^[A-Za-z0-9._:-]{8,128}$/;
/** How long a duplicate waits for the first attempt, and how often it looks. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 100;
/** The headers of an answer that tell where the result is. */
const KEPT_HEADERS = ['Location', 'ETag'] as const;

/** The same for the same input, in whatever order its fields were sent. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, each]) => [name, canonical(each)]);
}

/** A streamed body is not at hand; its length and digest stand for it. */
function undertakingOf(request: Request & AuthenticatedRequest): Undertaking {
  const key = request.header('Idempotency-Key') ?? '';
  if (!KEY.test(key)) throw new AppError('IDEMPOTENCY.KEY_REQUIRED');
  const userId = request.actor?.userId;
  if (userId === undefined) throw new TypeError('an idempotent route needs a caller');
  const body: unknown = request.body ?? [request.header('Content-Length'), request.header('Content-Digest')];
  const input = JSON.stringify([canonical(request.query), request.body === undefined ? 'stream' : 'json', canonical(body)]);
  const inputHash = createHash('sha256').update(input, 'utf8').digest();
  return { userId, operation: `${request.method} ${request.path}`, key, inputHash };
}

function headersOf(response: Response): Record<string, string> {
  const present = KEPT_HEADERS.filter((name) => response.hasHeader(name));
  return Object.fromEntries(present.map((name) => [name, String(response.getHeader(name))]));
}

/** The handler, and whether it answers what its only transaction came to. */
interface Work {
  readonly next: CallHandler;
  readonly oneTransaction: boolean;
}

/** Runs the handler for the first request with a key, and answers repetitions with what the first one got. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly keys: KeyStore,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request & AuthenticatedRequest>();
    const { oneTransaction } = this.reflector.get<IdempotencyOptions>(IDEMPOTENCY_METADATA, context.getHandler());
    return from(this.run(undertakingOf(request), http.getResponse<Response>(), { next, oneTransaction }));
  }

  private async run(undertaking: Undertaking, response: Response, work: Work): Promise<unknown> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const standing = await this.keys.claim(undertaking);
      if (standing.kind === 'ours') return this.first(undertaking, standing.fence, response, work);
      if (standing.kind === 'answered') return this.replay(standing.answer, response);
      if (performance.now() > deadline) throw new AppError('IDEMPOTENCY.IN_PROGRESS');
      await sleep(LOOK_EVERY_MS);
    }
  }

  private replay(answer: StoredAnswer, response: Response): unknown {
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.setHeader('Idempotency-Replayed', 'true');
    response.status(answer.status);
    return answer.body;
  }

  private async first(undertaking: Undertaking, fence: string, response: Response, { next, oneTransaction }: Work): Promise<unknown> {
    const context = currentContext();
    const answered = (body: unknown): StoredAnswer => ({ status: response.statusCode, headers: headersOf(response), body });
    let kept: unknown;
    if (context) {
      context.beforeCommit = async (tx, result) => {
        await this.keys.confirm(tx, undertaking, fence, oneTransaction ? answered(result) : undefined);
        kept = result;
      };
    }
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.keys.release(undertaking, fence);
      throw error;
    }
    if (!oneTransaction) await this.keys.answer(undertaking, fence, answered(body));
    else if (body !== kept) throw new TypeError(`${undertaking.operation} does not answer what its one transaction came to`);
    return body;
  }
}
