import { policyProblems } from '../../../core/policy';
import { fieldError, type FieldError } from '../../../platform/errors';
import type { TermsValues } from '../dto/terms.dto';
import type { TransformerLossInput } from '../dto/transformer-loss.dto';

const HOUSEHOLD_CATEGORIES: readonly string[] = ['residential', 'residential-other'];

/** NUL and halves of surrogate pairs as JSON writes them; the database can hold neither. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

function at(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function inconsistent(field: string, en: string, zh: string, allowed: string): FieldError {
  return fieldError(field, 'INCONSISTENT', { en, zh }, allowed);
}

/**
 * What terms say against themselves, after each field alone has been found sound: contract demand for the method that
 * charges it, no basic charge for households, exemption only without a standard, extension only with a household,
 * policies only with known keys and allowed values. `path` is put before each field.
 */
export function termsProblems(terms: TermsValues, path = ''): FieldError[] {
  const found: FieldError[] = [];
  if (terms.chargeMethod === 'contract-demand' && (terms.contractDemandKw ?? null) === null) {
    found.push(inconsistent(at(path, 'contractDemandKw'), 'the charge by contract demand needs it', '按合同需量计费须填写', 'kW > 0'));
  }
  if (HOUSEHOLD_CATEGORIES.includes(terms.category) && terms.chargeMethod !== 'none') {
    found.push(inconsistent(at(path, 'chargeMethod'), 'a residential category pays no basic charge', '居民类不收基本电费', 'none'));
  }
  if ((terms.powerFactorExemption ?? null) !== null && terms.powerFactorStandard !== 'none') {
    found.push(inconsistent(at(path, 'powerFactorStandard'), 'an exempt account has no standard', '免考核户不设功率因数标准', 'none'));
  }
  if ((terms.householdExtensionFrom ?? null) !== null && (terms.householdSize ?? null) === null) {
    found.push(inconsistent(at(path, 'householdSize'), 'the extra allowance needs the number of persons', '多人口增量须填写人口数', '1 … 99'));
  }
  if (terms.policies !== undefined && terms.policies !== null) {
    if (UNSTORABLE.test(JSON.stringify(terms.policies))) {
      const message = { en: 'contains a control or broken character', zh: '含有控制字符或无效字符' };
      found.push(fieldError(at(path, 'policies'), 'FORBIDDEN_CHARACTER', message));
    }
    for (const problem of policyProblems(terms.policies, '')) {
      const field = at(path, `policies${problem.path.replaceAll('/', '.')}`);
      found.push(fieldError(field, problem.code, { en: 'is not an allowed policy', zh: '不是允许的策略' }, problem.allowed));
    }
  }
  return found;
}

type LossFigure = Exclude<keyof TransformerLossInput, 'method'>;

/** The figures of each loss method: those that it needs, and those that it may have. */
const LOSS_FIGURES: Readonly<Record<TransformerLossInput['method'], { needs: readonly LossFigure[]; may: readonly LossFigure[] }>> = {
  formula: {
    needs: ['noLoadLossKw', 'loadLossKw'],
    may: ['noLoadCurrentPercent', 'impedanceVoltagePercent', 'shiftCorrection', 'supplyHours', 'serviceHours'],
  },
  simplified: {
    needs: [],
    may: ['noLoadLossKw', 'ironLossKwh', 'supplyHours', 'copperLossPercent', 'copperLossSteps', 'assumedPowerFactor', 'cableLossKwh'],
  },
  table: { needs: ['rows'], may: [] },
  fixed: { needs: ['monthlyActiveLossKwh'], may: ['monthlyReactiveLossKvarh'] },
  percentage: { needs: ['activePercent'], may: ['reactivePercent'] },
};

/** What loss parameters lack for their method, and what belongs to another one. */
export function lossProblems(loss: TransformerLossInput, path: string): FieldError[] {
  const { needs, may } = LOSS_FIGURES[loss.method];
  const known: readonly string[] = [...needs, ...may];
  const given = Object.entries(loss).filter(([name, value]) => name !== 'method' && value !== undefined);
  const foreign = given
    .filter(([name]) => !known.includes(name))
    .map(([name]) => inconsistent(at(path, name), 'does not belong to the method', '不属于该方法', known.join(', ')));
  const missing = needs
    .filter((name) => loss[name] === undefined || (name === 'rows' && loss.rows?.length === 0))
    .map((name) => inconsistent(at(path, name), 'is needed by the method', '该方法必填', name));
  const simplified =
    loss.method === 'simplified' && loss.noLoadLossKw === undefined && loss.ironLossKwh === undefined
      ? [inconsistent(at(path, 'noLoadLossKw'), 'the simplified method needs it, or the iron loss', '简化法须填写空载损耗或铁损电量', 'noLoadLossKw, ironLossKwh')]
      : [];
  return [...missing, ...simplified, ...foreign];
}

/** Loss parameters as they are stored: only the figures that were given. */
export function storedLoss(loss: TransformerLossInput | null | undefined): Record<string, unknown> | null {
  if (loss === null || loss === undefined) return null;
  return Object.fromEntries(Object.entries(loss).filter(([, value]) => value !== undefined));
}
