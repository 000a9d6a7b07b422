import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommanderError } from 'commander';
import { createContext } from './create-app';
import { registerPeriodCommands, registerRunCommands } from './modules/billing';
import { registerLedgerCommands } from './modules/collection';
import { registerAccountCommands } from './modules/customers';
import { registerMeteringCommands } from './modules/metering';
import { registerTariffCommands } from './modules/tariff';
import type { Config } from './platform/config';
import { openEnvironment } from './platform/embedded';
import { onShutdown, runCommand } from './platform/lifecycle';
import { registerDatabaseCommands, registerQueueCommands, registerTokenCommands, type OperationsSession, type RegisterCommands } from './platform/operations';

/** Each module adds its own commands here. */
const COMMANDS: readonly RegisterCommands[] = [registerTokenCommands, registerQueueCommands, registerDatabaseCommands, registerAccountCommands, registerTariffCommands, registerMeteringCommands, registerRunCommands, registerPeriodCommands, registerLedgerCommands];

function openSession(json: () => boolean): OperationsSession {
  let environment: Promise<Config> | undefined;
  let context: Promise<INestApplicationContext> | undefined;
  const config = (): Promise<Config> => (environment ??= openEnvironment({ LOG_LEVEL: 'warn' }).then((opened) => opened.config));
  return {
    config,
    app: () => (context ??= config().then(openContext)),
    get json() {
      return json();
    },
    print(value, lines) {
      process.stdout.write(json() ? `${JSON.stringify(value)}\n` : `${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
    },
  };
}

async function openContext(config: Config): Promise<INestApplicationContext> {
  const context = await createContext(config, 'ops');
  onShutdown('application', () => context.close());
  return context;
}

runCommand(async () => {
  const program = new Command('npm run ops --').description("The operator's commands of Wattledger.").option('--json', 'results as JSON, for scripts');
  program.exitOverride().showHelpAfterError();
  const session = openSession(() => program.opts<{ json?: boolean }>().json === true);
  for (const register of COMMANDS) register(program, session);
  try {
    await program.parseAsync(process.argv);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
});
