import { Decimal, isPlainDecimal, sum, ZERO } from '../../core/quantity';
import { isObject, Json, readDecimal } from '../case-policy';
import { CaseProblem } from '../problems';
import { activeEnergy } from '../periods';
import { Scope } from '../scope';

/** Charges of a bill by the names of their figures. The power-factor base and `powerCharge` repeat some of them. */
const CHARGES = ['lightingCharge', 'energyCharge', 'addOnCharge', 'capacityCharge', 'demandCharge', 'powerFactorCharge', 'surchargesTotal'] as const;

function itemAmount(scope: Scope, item: Json): Decimal {
  if (typeof item === 'string') return isPlainDecimal(item) ? readDecimal(item, 'chargeItems') : (scope.find(item) ?? scope.printedFigure(item) ?? scope.need(item));
  if (!isObject(item)) throw new CaseProblem('chargeItems holds something that is no charge');
  const key = Object.keys(item).find((name) => /^(amount|charge)$|(Charge|Amount)$/.test(name));
  const value = key === undefined ? undefined : item[key];
  if (value !== undefined && value !== null) return itemAmount(scope, value);
  const name = item['name'] ?? item['figure'];
  if (typeof name === 'string') return itemAmount(scope, name);
  throw new CaseProblem('an item of chargeItems has no amount');
}

function statedItems(scope: Scope): Decimal | null {
  const items = scope.raw('chargeItems');
  if (items === undefined || items === null) return null;
  if (Array.isArray(items)) return sum(items.map((item: Json) => itemAmount(scope, item)));
  if (isObject(items)) return sum(Object.values(items).map((item) => itemAmount(scope, item)));
  throw new CaseProblem('chargeItems is not a list');
}

/** Sum of the charges that the rules before found. */
export function sumOfCharges(scope: Scope): Decimal {
  return sum(CHARGES.map((name) => scope.find(name) ?? ZERO));
}

/** The sum of the rounded charges, and the average price over the billed energy. */
export function billTotal(scope: Scope): void {
  const total = statedItems(scope) ?? sumOfCharges(scope);
  scope.money('totalCharge', total);
  const energy = activeEnergy(scope);
  if (energy !== undefined && !energy.isZero()) scope.plain('averagePricePerKwh', total.div(energy), 4);
}
