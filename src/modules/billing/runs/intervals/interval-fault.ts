import { databaseFault } from '../../../../platform/errors';
import { UNEXPECTED } from '../found-exception';

/** The code of an interval whose workers ended or fell silent while they held it. */
export const WORKER_LOST = 'BILLING.WORKER_LOST';

/** SQLSTATE classes and codes that say nothing about what was computed: connection, conflict, space, operator, disk. */
const OF_THE_MOMENT = /^(08...|40...|53[13]00|55...|57P..|58...)$/;
/** Too slow or too large: it may be the moment, and it may be the work. It counts, since smaller pieces mend it. */
const NETWORK = /^(ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What the driver and the mapper say where the connection went away under them; they give no code then. */
const GONE = /^(Connection terminated|Connection ended|Client was closed|Client has encountered a connection error|timeout exceeded when trying to connect|Query runner already released)/;

function networkCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && NETWORK.test(code)) return code;
  return driverError === undefined ? undefined : networkCode(driverError);
}

/**
 * Whether a fault passes by itself and says nothing about the accounts in hand: the server is away or restarts, a
 * deadlock was broken, a disk or the list of connections is full. A statement that took too long is none of these.
 */
export function isOfTheMoment(error: unknown): boolean {
  if (networkCode(error) !== undefined) return true;
  const code = databaseFault(error)?.code;
  if (code !== undefined) return OF_THE_MOMENT.test(code);
  return error instanceof Error && GONE.test(error.message);
}

/** A short code for the row and the log: the server's SQLSTATE, the network's word, or BILLING.UNEXPECTED. */
export function faultCode(error: unknown): string {
  const sqlState = databaseFault(error)?.code;
  const known = networkCode(error) ?? (sqlState === undefined ? undefined : `SQLSTATE.${sqlState}`);
  if (known !== undefined) return known;
  return isOfTheMoment(error) ? 'CONNECTION_LOST' : UNEXPECTED;
}
