import { ROLE_NAMES, TokenStore, type Role } from '../auth';
import type { RegisterCommands } from './session';

/** `tokens issue`: how staff, agents and customers get to the API. */
export const registerTokenCommands: RegisterCommands = (program, session) => {
  const tokens = program.command('tokens').description('access to the API');
  tokens
    .command('issue')
    .description(`issue a bearer token; roles: ${ROLE_NAMES.join(', ')}`)
    .requiredOption('--name <name>', 'the user, created where missing')
    .requiredOption('--role <role...>', 'one or more roles')
    .option('--days <days>', 'days until it expires', '90')
    .option('--agency <id>', 'the agency of an agent')
    .option('--customer <id>', 'the customer of a customer')
    .action(async (options: { name: string; role: string[]; days: string; agency?: string; customer?: string }) => {
      const unknown = options.role.filter((role) => !isRole(role));
      if (unknown.length > 0) throw new Error(`Unknown role ${unknown.join(', ')}; there are ${ROLE_NAMES.join(', ')}.`);
      const issued = await (await session.app()).get(TokenStore).issue({
        name: options.name,
        roles: options.role.filter(isRole),
        days: Number(options.days),
        ...(options.agency === undefined ? {} : { agencyId: options.agency }),
        ...(options.customer === undefined ? {} : { customerId: options.customer }),
      });
      session.print(issued, [`user ${issued.userId}, token valid until ${issued.expiresAt.toISOString()}; it is shown this once:`, issued.token]);
    });
};

function isRole(text: string): text is Role {
  return ROLE_NAMES.some((role) => role === text);
}
