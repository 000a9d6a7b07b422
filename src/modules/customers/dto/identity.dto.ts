import { EnumField, TextField } from '../../../platform/http';
import { IDENTITY_KINDS } from '../customers.codes';

/** The document that a customer proves its identity with. */
export class IdentityInput {
  @EnumField({ values: IDENTITY_KINDS, description: 'Kind of the document.', example: 'resident-id' })
  kind!: (typeof IDENTITY_KINDS.codes)[number];

  @TextField({ description: 'Number of the document as printed.', example: '310101198803151234', maxLength: 40, minLength: 4 })
  number!: string;
}

/** An identity document as it is shown: masked. */
export class IdentityView {
  @EnumField({ values: IDENTITY_KINDS, description: 'Kind of the document.', example: 'resident-id' })
  kind!: string;

  @TextField({ description: 'Number, masked.', example: '310101********1234', maxLength: 40 })
  number!: string;
}
