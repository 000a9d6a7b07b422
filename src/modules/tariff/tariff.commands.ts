import { readFileSync } from 'node:fs';
import { actingPerson, TOKEN_OPTION, type RegisterCommands, type TokenOption } from '../../platform/operations';
import type { TariffVersionView } from './dto/tariff.dto';
import { DraftTariffVersion } from './services/draft-tariff-version';
import { LoadShippedPriceBooks } from './services/load-shipped-price-books';
import { PublishTariffVersion } from './services/publish-tariff-version';
import type { TariffPermission } from './tariff.permissions';

const RECORD: TariffPermission = 'tariff.version.create';
const PUBLISH: TariffPermission = 'tariff.version.publish';

/** `tariffs load`: records price tables as one person and, where a second one is named, publishes them as that one. */
export const registerTariffCommands: RegisterCommands = (program, session) => {
  program
    .command('tariffs')
    .description('price tables')
    .command('load')
    .description('record tariff documents as drafts (those that come with the product, or files) and let a second person publish them')
    .argument('[files...]', 'tariff documents; the shipped ones where none is named')
    .option(TOKEN_OPTION, 'token of the person who records them')
    .option('--publisher-token <token>', 'token of another person, who publishes them')
    .action(async (files: string[], options: TokenOption & { publisherToken?: string }) => {
      const app = await session.app();
      const creator = await actingPerson(session, options.token, RECORD);
      const publisher = options.publisherToken === undefined ? undefined : await actingPerson(session, options.publisherToken, PUBLISH);
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
