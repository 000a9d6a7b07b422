import { readFileSync } from 'node:fs';
import { type Actor, TokenStore } from '../../platform/auth';
import { AppError } from '../../platform/errors';
import type { RegisterCommands } from '../../platform/operations';
import type { TariffVersionView } from './dto/tariff.dto';
import { DraftTariffVersion } from './services/draft-tariff-version';
import { LoadShippedPriceBooks } from './services/load-shipped-price-books';
import { PublishTariffVersion } from './services/publish-tariff-version';
import type { TariffPermission } from './tariff.permissions';

async function actorOf(tokens: TokenStore, token: string, permission: TariffPermission): Promise<Actor> {
  const actor = await tokens.actorOf(token);
  if (!actor) throw new AppError('AUTH.TOKEN_INVALID');
  if (!actor.permissions.has(permission)) throw new AppError('AUTH.NOT_PERMITTED');
  return actor;
}

/** `tariffs load`: records price tables as one person and, where a second one is named, publishes them as that one. */
export const registerTariffCommands: RegisterCommands = (program, session) => {
  program
    .command('tariffs')
    .description('price tables')
    .command('load')
    .description('record tariff documents as drafts (those that come with the product, or files) and let a second person publish them')
    .argument('[files...]', 'tariff documents; the shipped ones where none is named')
    .requiredOption('--as <token>', 'token of the person who records them')
    .option('--publish-as <token>', 'token of another person, who publishes them')
    .action(async (files: string[], options: { as: string; publishAs?: string }) => {
      const app = await session.app();
      const tokens = app.get(TokenStore);
      const creator = await actorOf(tokens, options.as, 'tariff.version.create');
      const publisher = options.publishAs === undefined ? undefined : await actorOf(tokens, options.publishAs, 'tariff.version.publish');
      const versions: TariffVersionView[] = [];
      if (files.length === 0) versions.push(...(await app.get(LoadShippedPriceBooks).execute(creator)).map(({ version }) => version));
      for (const file of files) versions.push(await app.get(DraftTariffVersion).execute(creator, JSON.parse(readFileSync(file, 'utf8'))));
      const result: TariffVersionView[] = [];
      for (const version of versions) {
        const publish = publisher !== undefined && version.state === 'draft';
        result.push(publish ? await app.get(PublishTariffVersion).execute(publisher, version.tariffVersionId) : version);
      }
      session.print(result, result.map(({ priceBook, version, state, contentHash }) => `${priceBook} ${version}: ${state}, ${contentHash}`));
    });
};
