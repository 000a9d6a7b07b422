import { createHash } from 'node:crypto';
import type { Database } from '../../../platform/database';
import { AppError, fieldError } from '../../../platform/errors';

export const POPULATION_KINDS = ['all', 'region', 'routes', 'accounts'] as const;

/** Which accounts a run covers. Equal sets are equal texts, whatever order they were given in. */
export type Population =
  | { readonly by: 'all' }
  | { readonly by: 'region'; readonly regionCodes: readonly string[] }
  | { readonly by: 'routes'; readonly routeCodes: readonly string[] }
  | { readonly by: 'accounts'; readonly accountNos: readonly string[] };

/** A population as callers give it: the list that belongs to `by`, and none of the others. */
export interface PopulationInput {
  readonly by: (typeof POPULATION_KINDS)[number];
  readonly regionCodes?: readonly string[];
  readonly routeCodes?: readonly string[];
  readonly accountNos?: readonly string[];
}

const LISTS = { region: 'regionCodes', routes: 'routeCodes', accounts: 'accountNos' } as const;

function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** The canonical population of an input. Throws REQUEST.INVALID where the list is missing, empty, or not the one that `by` asks for. */
export function populationOf(input: PopulationInput): Population {
  const wanted = input.by === 'all' ? null : LISTS[input.by];
  const errors = Object.values(LISTS).flatMap((name) => {
    const given = input[name];
    if (name === wanted && (given === undefined || given.length === 0)) {
      return [fieldError(`population.${name}`, 'REQUIRED', { en: `is required with by = ${input.by}`, zh: `by = ${input.by} 时必填` })];
    }
    if (name !== wanted && given !== undefined) {
      return [fieldError(`population.${name}`, 'NOT_ALLOWED', { en: `is not used with by = ${input.by}`, zh: `by = ${input.by} 时不可填写` })];
    }
    return [];
  });
  if (errors.length > 0) throw new AppError('REQUEST.INVALID', { errors });
  switch (input.by) {
    case 'region':
      return { by: 'region', regionCodes: sortedSet(input.regionCodes ?? []) };
    case 'routes':
      return { by: 'routes', routeCodes: sortedSet(input.routeCodes ?? []) };
    case 'accounts':
      return { by: 'accounts', accountNos: sortedSet(input.accountNos ?? []) };
    default:
      return { by: 'all' };
  }
}

/** SHA-256 of the canonical population, hex, and of a trial's tariffs where it has any: with period and kind it identifies the one live run. */
export function populationHash(population: Population, tariffs: readonly (readonly string[])[] = []): string {
  return createHash('sha256').update(JSON.stringify(tariffs.length === 0 ? population : [population, tariffs])).digest('hex');
}

const SOURCES = {
  region: { sql: 'select distinct region_code as name from accounts where region_code = any($1)', field: 'population.regionCodes' },
  routes: { sql: 'select route_code as name from reading_routes where route_code = any($1)', field: 'population.routeCodes' },
  accounts: { sql: 'select account_no as name from accounts where account_no = any($1)', field: 'population.accountNos' },
} as const;

function namesOf(population: Population): readonly string[] {
  switch (population.by) {
    case 'region':
      return population.regionCodes;
    case 'routes':
      return population.routeCodes;
    case 'accounts':
      return population.accountNos;
    default:
      return [];
  }
}

/** Throws BILLING.POPULATION_UNKNOWN with every named region, route or account that is not recorded (the first 50). */
export async function requireKnown(database: Database, population: Population): Promise<void> {
  if (population.by === 'all') return;
  const { sql, field } = SOURCES[population.by];
  const names = namesOf(population);
  const known = new Set((await database.query<{ name: string }>(sql, [names])).map((row) => row.name));
  const unknown = names.filter((name) => !known.has(name)).slice(0, 50);
  if (unknown.length === 0) return;
  const errors = unknown.map((name) => fieldError(field, 'UNKNOWN', { en: `"${name}" is not recorded`, zh: `“${name}”不存在` }));
  throw new AppError('BILLING.POPULATION_UNKNOWN', { errors });
}

/** Accounts with bills of a period, `$period`, that are cancelled and not billed again. */
export const awaitingRebill = ($period: string): string => `
  select distinct account_id from bill_cancellations c where c.period = ${$period} and c.state = 'approved'
     and not exists (select from bill_successions s where s.period = c.period and s.predecessor_id = c.bill_id)`;

/** Throws BILLING.NOTHING_TO_REBILL where no bill of the period waits for its successor, or one of a list of accounts does not (the first 50). */
export async function requireAwaiting(database: Database, population: Population, period: string): Promise<void> {
  const rows = await database.query<{ accountNo: string }>(
    `select account_no as "accountNo" from (${awaitingRebill('$1')}) awaiting join accounts using (account_id)`,
    [period],
  );
  const awaiting = new Set(rows.map(({ accountNo }) => accountNo));
  const others = population.by === 'accounts' ? population.accountNos.filter((accountNo) => !awaiting.has(accountNo)) : [];
  if (awaiting.size > 0 && others.length === 0) return;
  const errors = others.slice(0, 50).map((no) => fieldError('population.accountNos', 'NOT_CANCELLED', { en: `"${no}" has no cancelled bill of ${period} to bill again`, zh: `“${no}”没有 ${period} 待重新核算的冲销账单` }));
  throw new AppError('BILLING.NOTHING_TO_REBILL', { errors });
}

/** The condition that selects a population's accounts (`a`); $1 run's frozen revision, $2 first day of the period, $3 the names. */
export function populationCondition(population: Population): { readonly sql: string; readonly names: readonly string[] } {
  const names = namesOf(population);
  switch (population.by) {
    case 'region':
      return { sql: 'a.region_code = any($3::text[])', names };
    case 'accounts':
      return { sql: 'a.account_no = any($3::text[])', names };
    case 'routes':
      return {
        names,
        sql: `exists (select from route_accounts ra join reading_routes rr using (route_id)
          where ra.account_id = a.account_id and rr.route_code = any($3::text[])
            and ra.valid_from <= $2::date and (ra.valid_to is null or ra.valid_to > $2::date)
            and ra.recorded_revision <= $1 and (ra.superseded_revision is null or ra.superseded_revision > $1))`,
      };
    default:
      return { sql: 'cardinality($3::text[]) = 0', names };
  }
}
