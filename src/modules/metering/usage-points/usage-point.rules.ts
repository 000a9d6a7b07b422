import { fieldError, type FieldError } from '../../../platform/errors';
import type { LineLossInput, UsagePointContent } from '../dto/usage-point.dto';

type LineLossField = Exclude<keyof LineLossInput, 'method'>;

/** The parameters of each method of the line loss: those it needs, and those it may have. */
const LINE_LOSS: Readonly<Record<LineLossInput['method'], { needs: readonly LineLossField[]; may: readonly LineLossField[] }>> = {
  formula: { needs: ['lineResistanceOhmPerKm', 'lineLengthKm', 'lineVoltageKv'], may: ['supplyHours'] },
  percentage: { needs: ['activePercent'], may: ['reactivePercent'] },
  fixed: { needs: ['monthlyActiveLossKwh'], may: ['monthlyReactiveLossKvarh'] },
};

const REQUIRED = { en: 'is required here', zh: '此处必填' };
const NOT_HERE = { en: 'does not belong here', zh: '此处不适用' };

function lineLossProblems(loss: LineLossInput): FieldError[] {
  const { needs, may } = LINE_LOSS[loss.method];
  const allowed = [...needs, ...may].join(' | ');
  const missing = needs.filter((name) => loss[name] === undefined);
  const given = Object.keys(loss).filter((name) => name !== 'method' && loss[name as LineLossField] !== undefined);
  const strange = given.filter((name) => ![...needs, ...may].includes(name as LineLossField));
  return [
    ...missing.map((name) => fieldError(`lineLoss.${name}`, 'REQUIRED', REQUIRED)),
    ...strange.map((name) => fieldError(`lineLoss.${name}`, 'NOT_APPLICABLE', NOT_HERE, allowed)),
  ];
}

function belongs(content: UsagePointContent, field: 'fixedQuantityKwh' | 'fixedRatioPercent', kind: string): FieldError[] {
  const given = content[field] !== undefined;
  if (content.kind === kind && !given) return [fieldError(field, 'REQUIRED', REQUIRED)];
  if (content.kind !== kind && given) return [fieldError(field, 'NOT_APPLICABLE', NOT_HERE, `kind = ${kind}`)];
  return [];
}

/** What the fields of a usage point say against each other; single fields have been judged before. */
export function usagePointProblems(content: UsagePointContent): FieldError[] {
  const fixed = content.kind !== 'metered';
  return [
    ...belongs(content, 'fixedQuantityKwh', 'fixed-quantity'),
    ...belongs(content, 'fixedRatioPercent', 'fixed-ratio'),
    ...(fixed && content.role === 'check'
      ? [fieldError('role', 'NOT_APPLICABLE', { en: 'only a metered point can check others', zh: '只有装表计量点可作考核' }, 'billing')]
      : []),
    ...(content.lineLoss === undefined ? [] : lineLossProblems(content.lineLoss)),
  ];
}
