import { dec, isPlainDecimal } from '../core/quantity';
import { isObject, Json, JsonObject } from './case-policy';

/** A figure that differs from what the case expects; `got` is null where it is missing. */
export interface Difference {
  readonly figure: string;
  readonly expected: string;
  readonly got: string | null;
}

/** `{ energyAmount: { peak: … } }` → `energyAmount.peak`. */
function flatten(expected: JsonObject, prefix = ''): (readonly [string, string])[] {
  return Object.entries(expected).flatMap(([name, value]): (readonly [string, string])[] => {
    if (isObject(value)) return flatten(value, `${prefix}${name}.`);
    return [[`${prefix}${name}`, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

function isTotal(figure: string): boolean {
  return /(^|\.)(total|totalCharge)$/.test(figure);
}

function equal(figure: string, expected: string, got: string, tolerance: string | null): boolean {
  if (expected === got) return true;
  if (!isPlainDecimal(expected) || !isPlainDecimal(got)) return false;
  const apart = dec(expected).minus(dec(got)).abs();
  if (isTotal(figure) && tolerance !== null) return apart.lessThanOrEqualTo(dec(tolerance));
  return apart.isZero();
}

/**
 * Holds figures against those that a case expects: equal as decimals, flags as words; a missing one is a difference. A
 * case's `tolerance` lets a total differ where the published bill leaves something open.
 */
export function compareFigures(figures: ReadonlyMap<string, string>, expected: JsonObject, policy: Json | undefined): Difference[] {
  const stated = policy !== undefined && isObject(policy) ? policy['tolerance'] : undefined;
  const tolerance = typeof stated === 'string' && isPlainDecimal(stated) ? stated : null;
  return flatten(expected).flatMap(([figure, value]) => {
    const got = figures.get(figure) ?? null;
    return got !== null && equal(figure, value, got, tolerance) ? [] : [{ figure, expected: value, got }];
  });
}
