import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit';
import { Database } from '../database';
import { Actor, Role } from './actor';
import { RolesTable } from './roles-table';

/** What a user is bound to and allowed; agency and customer exclude each other and the staff roles. */
export interface NewToken {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Days until the token expires, 1 to 366. */
  readonly days: number;
  readonly agencyId?: string;
  readonly customerId?: string;
}

export interface IssuedToken {
  readonly userId: string;
  readonly tokenId: string;
  /** Shown once; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

interface UserRow {
  readonly user_id: string;
  readonly name: string;
  readonly roles: Role[];
  readonly agency_id: string | null;
  readonly customer_id: string | null;
}

const PREFIX = 'wl_';
const FORM = /^wl_[A-Za-z0-9_-]{43}$/;

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Users and their opaque bearer tokens. A token is 32 random bytes; the database keeps its SHA-256. */
@Injectable()
export class TokenStore {
  constructor(
    private readonly database: Database,
    private readonly roles: RolesTable,
    private readonly audit: Audit,
  ) {}

  /**
   * Issues a token; the user is created, or takes on these roles, where it already exists. Issuing for an existing
   * user leaves its other tokens as they are.
   */
  async issue({ name, roles, days, agencyId, customerId }: NewToken): Promise<IssuedToken> {
    const token = PREFIX + randomBytes(32).toString('base64url');
    return this.database.transaction(async (tx) => {
      const [user] = await tx.query<{ user_id: string }[]>(
        `INSERT INTO users (name, roles, agency_id, customer_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET roles = excluded.roles, agency_id = excluded.agency_id,
           customer_id = excluded.customer_id, disabled_at = NULL
         RETURNING user_id`,
        [name, roles, agencyId ?? null, customerId ?? null],
      );
      if (!user) throw new Error('the user was not recorded');
      const [row] = await tx.query<{ token_id: string; expires_at: Date }[]>(
        `INSERT INTO access_tokens (user_id, token_hash, expires_at)
         VALUES ($1, $2, app_now() + make_interval(days => $3)) RETURNING token_id, expires_at`,
        [user.user_id, hashOf(token), days],
      );
      if (!row) throw new Error('the token was not recorded');
      await this.audit.record(tx, {
        actor: null,
        action: 'platform.token.issue',
        subjectType: 'user',
        subjectId: user.user_id,
        detail: { tokenId: row.token_id, roles, days },
      });
      return { userId: user.user_id, tokenId: row.token_id, token, expiresAt: row.expires_at };
    });
  }

  /** Revokes all live tokens of a user at once and answers how many there were. */
  async revokeAll(name: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ user_id: string }[]>(
        `UPDATE access_tokens SET revoked_at = app_now()
         WHERE user_id = (SELECT user_id FROM users WHERE name = $1) AND revoked_at IS NULL AND expires_at > app_now()
         RETURNING user_id`,
        [name],
      );
      const [first] = rows;
      if (first) {
        await this.audit.record(tx, {
          actor: null,
          action: 'platform.token.revoke',
          subjectType: 'user',
          subjectId: first.user_id,
          detail: { tokens: rows.length },
        });
      }
      return rows.length;
    });
  }

  /** The caller behind a token; null where it is malformed, unknown, expired or revoked, or its user is disabled. */
  async actorOf(token: string): Promise<Actor | null> {
    if (!FORM.test(token)) return null;
    const [row] = await this.database.prepared<UserRow>(
      `SELECT u.user_id, u.name, u.roles, u.agency_id, u.customer_id
       FROM access_tokens t JOIN users u USING (user_id)
       WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > app_now() AND u.disabled_at IS NULL`,
      [hashOf(token)],
    );
    if (!row) return null;
    return Object.assign(new Actor(), {
      userId: row.user_id,
      name: row.name,
      roles: row.roles,
      permissions: this.roles.permissionsOf(row.roles),
      ...(row.agency_id === null ? {} : { agencyId: row.agency_id }),
      ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    });
  }
}
