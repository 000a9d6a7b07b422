import { createReadStream } from 'node:fs';
import { actingPerson, TOKEN_OPTION, type RegisterCommands, type TokenOption } from '../../platform/operations';
import type { CustomersPermission } from './customers.permissions';
import { ImportAccounts } from './services/import-accounts';
import { ReadAccountImports } from './services/read-account-imports';

const NEEDED: CustomersPermission = 'customers.account-import.create';

/** `accounts import`: a file of accounts, one JSON object a line, as the route of the same name takes it. */
export const registerAccountCommands: RegisterCommands = (program, session) => {
  program
    .command('accounts')
    .description('accounts in bulk')
    .command('import')
    .description('load accounts from a file, one JSON object a line; refused lines are listed by GET /v1/account-imports/{id}/refusals')
    .argument('<file>', 'NDJSON file')
    .option(TOKEN_OPTION, 'token of the person who loads them')
    .option('--label <label>', 'a name to find the import by')
    .action(async (file: string, options: TokenOption & { label?: string }) => {
      const app = await session.app();
      const actor = await actingPerson(session, options.token, NEEDED);
      const onProgress = (done: number): void => {
        if (!session.json && process.stderr.isTTY) process.stderr.write(`\r${String(done)} lines`);
      };
      const importId = await app.get(ImportAccounts).execute(actor, createReadStream(file), { label: options.label, onProgress });
      const view = await app.get(ReadAccountImports).one(importId);
      const lines = `import ${importId} ${view.state}: ${String(view.rowsRead)} lines, ${String(view.rowsAccepted)} accounts recorded, ${String(view.rowsRefused)} refused`;
      session.print(view, lines);
    });
};
