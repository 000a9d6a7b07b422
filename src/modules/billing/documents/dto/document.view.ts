import { JsonField, TextField } from '../../../../platform/http';

const HASH = '9f2c1d4be0a87c35f61e0d2b9a4c7715e3d8f09a6b21c44d5e7f8091a2b3c4d5';

/** The document of a stored bill. */
export class DocumentView {
  @TextField({ description: 'Number of the bill.', example: '20260500000000124', maxLength: 17 })
  billNo!: string;

  @TextField({ description: 'SHA-256 of the document as it is stored.', example: HASH, maxLength: 64 })
  documentHash!: string;

  @TextField({ description: 'Version of the calculation that made the bill.', example: '1.0.0', maxLength: 40 })
  engineVersion!: string;

  @JsonField({
    description: 'The calculation document (format wattledger.calculation/1).',
    example: { format: 'wattledger.calculation/1', accountNo: '1000000014', period: { from: '2026-05-01', to: '2026-06-01' } },
  })
  document!: object;
}
