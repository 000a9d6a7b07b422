import type { SchemaObject } from './types';

export const PROBLEM_REFERENCE = '#/components/schemas/Problem';

/** The one form of all refusals (RFC 9457). */
export const PROBLEM_SCHEMA: SchemaObject = {
  type: 'object',
  description: 'A refusal (RFC 9457). Branch on code; title, detail and messages follow Accept-Language (en, zh).',
  required: ['type', 'title', 'status', 'code', 'requestId', 'errors'],
  properties: {
    type: { type: 'string', description: 'urn:wattledger:problem: and the code.', maxLength: 128 },
    title: { type: 'string', description: 'What the code means.', maxLength: 256 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What it means here.', maxLength: 1024 },
    code: { type: 'string', description: 'Stable code AREA.UPPER_SNAKE.', pattern: '^[A-Z][A-Z0-9_]*\\.[A-Z][A-Z0-9_]*$', maxLength: 96 },
    requestId: { type: 'string', nullable: true, description: 'Name it when you report the problem.', maxLength: 128 },
    errors: {
      type: 'array',
      maxItems: 10_000,
      description: 'Each field that is wrong.',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string', description: 'Dotted path; empty for the input as a whole.', maxLength: 512 },
          code: { type: 'string', maxLength: 96 },
          message: { type: 'string', maxLength: 1024 },
          allowed: { type: 'string', description: 'What is allowed.', maxLength: 4096 },
        },
      },
    },
  },
  example: {
    type: 'urn:wattledger:problem:REQUEST.INVALID',
    title: 'The request is not valid',
    status: 400,
    detail: 'See errors for each field and what is allowed.',
    code: 'REQUEST.INVALID',
    requestId: '6f1c2a34-8f0e-4a55-9a0d-0f9b8a7c6d5e',
    errors: [{ field: 'amount', code: 'MUST_BE_A_STRING', message: 'must be a string' }],
  },
};
