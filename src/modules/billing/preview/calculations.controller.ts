import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Permit } from '../../../platform/auth';
import { Operation, TextParam } from '../../../platform/http';
import { BILLS_TAG } from '../billing.tags';
import { CALCULATION_CODES } from '../calculation.errors';
import { toCalculationView } from './calculation-views';
import { ComputeDocument } from './compute-document';
import { CalculationView, PreviewInput, PreviewsView } from './dto/calculation.view';
import { DOCUMENT_EXAMPLE } from './example-document';
import { PreviewAccount } from './preview-account';

const ACCOUNT_NO = new TextParam({ maxLength: 10, pattern: /^\d{10}$/ });

/** Bills that are computed and shown, and not stored. */
@ApiTags(BILLS_TAG)
@Controller('v1')
export class CalculationsController {
  constructor(
    private readonly documents: ComputeDocument,
    private readonly previews: PreviewAccount,
  ) {}

  @Post('calculations')
  @Permit('billing.calculation.create')
  @ApiBody({ required: true, schema: { type: 'object', additionalProperties: true } })
  @Operation({
    summary: 'Compute a calculation document',
    description:
      'The body is one calculation document; its JSON Schema is printed by `npm run bill -- --schema`. Tariffs are inlined or named by the content hash of a recorded version. Nothing is written.',
    errors: ['BILLING.DOCUMENT_INVALID', 'BILLING.TARIFF_UNKNOWN', 'BILLING.TARIFF_HASH_DIFFERS', 'TARIFF.DOCUMENT_INVALID', ...CALCULATION_CODES],
    status: 200,
    responseType: CalculationView,
    requestExample: DOCUMENT_EXAMPLE,
  })
  async compute(@Body() input: object): Promise<CalculationView> {
    return toCalculationView(await this.documents.fromInput(input));
  }

  @Post('accounts/:accountNo/bill-previews')
  @Permit('billing.bill.preview')
  @Operation({
    summary: 'Show the bills that an account would get now',
    description: 'The same computation as in a run, on the inputs as they are recorded now. Nothing is written.',
    errors: ['BILLING.ACCOUNT_NOT_FOUND', 'BILLING.ACCOUNT_IS_EXCEPTION', 'BILLING.PERIOD_DETACHED'],
    status: 200,
    responseType: PreviewsView,
  })
  preview(@Param('accountNo', ACCOUNT_NO) accountNo: string, @Body() { period }: PreviewInput): Promise<PreviewsView> {
    return this.previews.preview(accountNo, period);
  }
}
