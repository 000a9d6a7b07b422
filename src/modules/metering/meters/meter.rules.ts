import { fieldError, type FieldError } from '../../../platform/errors';
import type { RegisterInput } from '../dto/meter.dto';

/** What is wrong with the dials of a meter: repeated ones, a phase count other than 1 or 3, or no active energy at all. */
export function meterProblems(meter: { readonly phases: number; readonly registers: readonly RegisterInput[] }): FieldError[] {
  const errors: FieldError[] = [];
  if (meter.phases !== 1 && meter.phases !== 3) {
    errors.push(fieldError('phases', 'NOT_ALLOWED', { en: 'must be 1 or 3', zh: '须为 1 或 3' }, '1 | 3'));
  }
  const seen = new Set<string>();
  meter.registers.forEach(({ register }, index) => {
    if (seen.has(register)) errors.push(fieldError(`registers.${index}.register`, 'REPEATED', { en: 'occurs twice', zh: '重复' }));
    seen.add(register);
  });
  const active = ['total', 'sharp', 'peak', 'flat', 'valley', 'deep-valley'].some((register) => seen.has(register));
  if (!active && !seen.has('reactive-forward')) {
    errors.push(fieldError('registers', 'INCOMPLETE', { en: 'needs a dial of energy', zh: '至少须有一个电量示数' }, 'total | reactive-forward | …'));
  }
  return errors;
}
