import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import type { Config } from '../config';

/** What a module's operator commands work with. The application is opened when a command first asks for it. */
export interface OperationsSession {
  config(): Promise<Config>;
  app(): Promise<INestApplicationContext>;
  /** True with `--json`: one JSON value on standard output and no progress bars. */
  readonly json: boolean;
  /** Prints a result: as JSON with `--json`, else as the given lines. */
  print(value: unknown, lines: string | readonly string[]): void;
}

/** Adds a module's commands; they do their work through the module's services, as the HTTP routes do. */
export type RegisterCommands = (program: Command, session: OperationsSession) => void;
