import { TokenStore, type Actor, type Permission } from '../auth';
import { processEnvironment } from '../config';
import { AppError } from '../errors';
import type { OperationsSession } from './session';

/** Every command that acts takes a person's token this way, or from WATTLEDGER_TOKEN. */
export const TOKEN_OPTION = '--token <token>';

export interface TokenOption {
  readonly token?: string;
}

/**
 * The person behind a token: commands permit nothing that the routes would refuse.
 * Errors: AUTH.TOKEN_MISSING, AUTH.TOKEN_INVALID, AUTH.NOT_PERMITTED.
 */
export async function actingPerson(session: OperationsSession, token: string | undefined, permission: Permission): Promise<Actor> {
  const given = token ?? processEnvironment().WATTLEDGER_TOKEN;
  if (given === undefined || given === '') throw new AppError('AUTH.TOKEN_MISSING');
  const actor = await (await session.app()).get(TokenStore).actorOf(given);
  if (!actor) throw new AppError('AUTH.TOKEN_INVALID');
  if (!actor.permissions.has(permission)) throw new AppError('AUTH.NOT_PERMITTED');
  return actor;
}
