import type { Request } from 'express';
import type { Language } from '../errors';

/** Chinese where `Accept-Language` prefers it to English, else English. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en';
}
