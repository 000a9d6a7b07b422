import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { Operation, pageOf, PageQuery, type Page } from '../../../platform/http';
import { PriceBookView, ShippedVersionView } from '../dto/tariff.dto';
import { LoadShippedPriceBooks } from '../services/load-shipped-price-books';
import { ReadTariffs } from '../services/read-tariffs';
import { TARIFF_TAG } from '../tariff.tags';

@ApiTags(TARIFF_TAG)
@Controller('v1/price-books')
export class PriceBooksController {
  constructor(
    private readonly read: ReadTariffs,
    private readonly loadShipped: LoadShippedPriceBooks,
  ) {}

  @Get()
  @Permit('tariff.price-book.read')
  @Operation({ summary: 'List price books with their versions and incomplete parts', responseType: pageOf(PriceBookView) })
  listPriceBooks(@Query() query: PageQuery): Promise<Page<PriceBookView>> {
    return this.read.priceBooks(query);
  }

  @Post('shipped')
  @Permit('tariff.version.create')
  @Operation({
    summary: 'Record the tariffs that come with the product as drafts',
    description: 'Safe to repeat. Each draft is then published by another person.',
    errors: ['TARIFF.DOCUMENT_INVALID', 'TARIFF.VERSION_NAME_TAKEN'],
    status: 200,
    responseType: [ShippedVersionView],
  })
  loadShippedPriceBooks(@CurrentActor() actor: Actor): Promise<ShippedVersionView[]> {
    return this.loadShipped.execute(actor);
  }
}
