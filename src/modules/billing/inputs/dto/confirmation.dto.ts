import { EnumField, MonthField, TextField } from '../../../../platform/http';
import { CONFIRMABLE_FINDINGS } from '../../billing.codes';

/** A finding that a person has looked at and lets pass. */
export class ConfirmFindingInput {
  @MonthField({ description: 'Billing period of the bill.', example: '2026-05' })
  period!: string;

  @EnumField({ description: 'Code of the finding.', example: 'USAGE.NOT_ENOUGH_TO_DEDUCT', values: CONFIRMABLE_FINDINGS })
  code!: string;

  @TextField({ description: 'What the finding is about; all findings of the code where left out.', example: '0001', maxLength: 200, optional: true })
  subject?: string;

  @TextField({ description: 'Why the bill may be issued all the same.', example: 'Sub-meter checked on site, readings are right', maxLength: 300 })
  reason!: string;
}
