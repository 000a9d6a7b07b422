import type { EntityManager } from 'typeorm';

/**
 * One database transaction, handed down from the use case to its repositories.
 * It is TypeORM's EntityManager with one difference: `tx.query` answers the rows for every statement,
 * also for UPDATE and DELETE … RETURNING, where TypeORM alone would answer a pair of rows and count.
 */
export type Tx = EntityManager;
