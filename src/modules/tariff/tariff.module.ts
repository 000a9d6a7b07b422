import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PriceBooksController } from './controllers/price-books.controller';
import { TariffVersionsController } from './controllers/tariff-versions.controller';
import { TariffValidity } from './entities/tariff-validity.entity';
import { TariffVersion } from './entities/tariff-version.entity';
import { PlanDirectory } from './port/plan-directory';
import { TariffVariants } from './port/tariff-variants';
import { TariffsForBilling } from './port/tariffs-for-billing';
import { TariffVersionsRepository } from './repositories/tariff-versions.repository';
import { DraftTariffVersion } from './services/draft-tariff-version';
import { LoadShippedPriceBooks } from './services/load-shipped-price-books';
import { PublishTariffVersion } from './services/publish-tariff-version';
import { ReadTariffs } from './services/read-tariffs';
import { WithdrawTariffVersion } from './services/withdraw-tariff-version';
import './tariff.errors';

/** Price books: dated, published, immutable tariff versions. */
@Module({
  imports: [TypeOrmModule.forFeature([TariffVersion, TariffValidity])],
  controllers: [TariffVersionsController, PriceBooksController],
  providers: [
    TariffVersionsRepository, DraftTariffVersion, PublishTariffVersion, WithdrawTariffVersion, ReadTariffs, LoadShippedPriceBooks, TariffsForBilling,
    TariffVariants, PlanDirectory,
  ],
  exports: [DraftTariffVersion, PublishTariffVersion, LoadShippedPriceBooks, TariffsForBilling, TariffVariants, PlanDirectory],
})
export class TariffModule {}
