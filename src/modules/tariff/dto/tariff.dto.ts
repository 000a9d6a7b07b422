import { DateField, EnumField, IdField, InstantField, JsonField, ListField, ObjectField, PageQuery, TextField, TextListField } from '../../../platform/http';
import { TARIFF_STATES } from '../tariff.codes';

const HASH = '3c9f0c1f7e0a4b5d8e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d';
const NAME = 80;

export class LabelView {
  @TextField({ description: 'Chinese.', example: '上海市销售电价表', maxLength: 1000 })
  zh!: string;

  @TextField({ description: 'English.', example: 'Shanghai sales tariff', maxLength: 1000 })
  en!: string;
}

/** A tariff document to be recorded as a draft. */
export class TariffVersionInput {
  @JsonField({
    description: 'The tariff document, format wattledger.tariff/1. All of its problems are answered at once.',
    example: { format: 'wattledger.tariff/1', priceBook: 'shanghai', version: '2020' },
  })
  document!: Record<string, unknown>;
}

export class IncompletePartView {
  @TextField({ description: 'Plan that cannot be charged by.', example: 'agriculture-two-part', maxLength: NAME })
  planId!: string;

  @TextListField({ description: 'Only at these voltages; all where absent.', example: ['35kv'], maxItems: 10, maxLength: 20, optional: true })
  voltages?: readonly string[];

  @ObjectField(() => LabelView, { description: 'What the publisher left open.' })
  reason!: LabelView;
}

/** A version of a price book without its document. */
export class TariffVersionView {
  @IdField({ description: 'Identity of the version.', example: '5' })
  tariffVersionId!: string;

  @TextField({ description: 'Price book.', example: 'shanghai', maxLength: NAME })
  priceBook!: string;

  @TextField({ description: 'Name of the version.', example: '2020', maxLength: NAME })
  version!: string;

  @TextField({ description: 'Region.', example: 'CN-SH', maxLength: NAME })
  regionCode!: string;

  @ObjectField(() => LabelView, { description: 'Title.' })
  title!: LabelView;

  @DateField({ description: 'First day, as printed.', example: '2020-01-01' })
  validFrom!: string;

  @DateField({ description: 'First day on which it no longer holds, as printed; null where open.', example: '2021-01-01', nullable: true })
  validTo!: string | null;

  @DateField({ description: 'First day on which it is not in force; an open version ends where its successor begins. Null while open or not published.', example: '2021-01-01', nullable: true })
  inForceTo!: string | null;

  @EnumField({ values: TARIFF_STATES, description: 'State.', example: 'published' })
  state!: string;

  @TextField({ description: 'SHA-256 of the canonical document; bills name the version by it.', example: HASH, maxLength: 64 })
  contentHash!: string;

  @ListField(() => IncompletePartView, { description: 'Parts that cannot be charged by; accounts that need one become exceptions.', maxItems: 100 })
  incomplete!: IncompletePartView[];

  @IdField({ description: 'Who recorded it.', example: '11' })
  createdBy!: string;

  @InstantField({ description: 'When it was recorded.', example: '2026-01-05T02:10:00.000Z' })
  createdAt!: string;

  @IdField({ description: 'Who published it.', example: '12', nullable: true })
  publishedBy!: string | null;

  @InstantField({ description: 'When it was published.', example: '2026-01-05T02:15:00.000Z', nullable: true })
  publishedAt!: string | null;
}

/** A version with its document. */
export class TariffVersionDetailView extends TariffVersionView {
  @JsonField({ description: 'The document as recorded.', example: { format: 'wattledger.tariff/1', priceBook: 'shanghai', version: '2020' } })
  document!: Record<string, unknown>;
}

export class TariffVersionQuery extends PageQuery {
  @TextField({ description: 'Only this price book.', example: 'shanghai', maxLength: NAME, optional: true })
  priceBook?: string;

  @EnumField({ values: TARIFF_STATES, description: 'Only this state.', example: 'draft', optional: true })
  state?: string;

  @DateField({ description: 'Only versions in force on this day.', example: '2026-01-31', optional: true })
  inForceOn?: string;
}

/** A price book with its versions that are not withdrawn, in order of their first day. */
export class PriceBookView {
  @TextField({ description: 'Price book.', example: 'shanghai', maxLength: NAME })
  priceBook!: string;

  @ListField(() => TariffVersionView, { description: 'Versions.', maxItems: 1000 })
  versions!: TariffVersionView[];
}

export class ShippedVersionView {
  @TextField({ description: 'File of the product.', example: 'shanghai-2020.json', maxLength: 200 })
  file!: string;

  @EnumField({ values: ['created', 'present'], description: 'created: a draft now; present: its content was recorded before.', example: 'created' })
  outcome!: 'created' | 'present';

  @ObjectField(() => TariffVersionView, { description: 'The version.' })
  version!: TariffVersionView;
}
