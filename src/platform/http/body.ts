import { isUtf8 } from 'node:buffer';
import express, { NextFunction, Request, RequestHandler, Response } from 'express';
import { AppError, ErrorCode } from '../errors';

/** A JSON body may have at most 1 MiB; larger input is imported as a stream. */
export const BODY_LIMIT_BYTES = 1_048_576;

/** What the body parser calls its refusals, and what we call them. */
const PARSER_ERRORS: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'REQUEST.TOO_LARGE',
  'charset.unsupported': 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  'encoding.unsupported': 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
};

/** Bytes that are not UTF-8 would silently become replacement characters. */
function refuseBrokenText(_request: unknown, _response: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new AppError('REQUEST.MALFORMED');
}

function refusalOfParser(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const type = (error as { type?: unknown }).type;
  const code = typeof type === 'string' ? PARSER_ERRORS[type] : undefined;
  return new AppError(code ?? 'REQUEST.MALFORMED', { cause: error, params: { allowed: 'application/json; charset=utf-8' } });
}

/** Reads JSON bodies; every other media type is left to the route as a stream. */
export function jsonBody(): RequestHandler {
  const parse = express.json({ limit: BODY_LIMIT_BYTES, type: 'application/json', verify: refuseBrokenText });
  return (request: Request, response: Response, next: NextFunction) => {
    parse(request, response, (error?: unknown) => {
      if (error === undefined) next();
      else next(refusalOfParser(error));
    });
  };
}
