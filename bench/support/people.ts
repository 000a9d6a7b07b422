import type { INestApplicationContext } from '@nestjs/common';
import { type Actor, type Role, TokenStore } from '../../src/platform/auth';

/** Somebody with these roles. */
export async function personOf(app: INestApplicationContext, name: string, roles: Role[]): Promise<Actor> {
  const tokens = app.get(TokenStore, { strict: false });
  const { token } = await tokens.issue({ name, roles, days: 1 });
  const actor = await tokens.actorOf(token);
  if (!actor) throw new Error('a fresh token has an actor');
  return actor;
}
