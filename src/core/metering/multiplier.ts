import { CoreError } from '../errors';
import { count, Decimal, ONE } from '../quantity';

/** Ratio of a voltage or current transformer as two whole numbers, primary then secondary: 10000/100, 150/5. */
export type TransformerRatio = readonly [primary: number, secondary: number];

function assertRatio([primary, secondary]: TransformerRatio, path: string): void {
  if (Number.isSafeInteger(primary) && Number.isSafeInteger(secondary) && primary > 0 && secondary > 0) return;
  throw new CoreError('METERING.RATIO_INVALID', path, { ratio: `${primary}/${secondary}` });
}

/**
 * Multiplier (倍率) of a meter = PT ratio × CT ratio; 1 where there is no transformer. The primaries are multiplied
 * before the one division, so that 35000/100 × 150/5 is exact. Throws METERING.RATIO_INVALID for anything but
 * positive whole numbers.
 */
export function multiplierOf(pt?: TransformerRatio, ct?: TransformerRatio, path = ''): Decimal {
  if (pt === undefined && ct === undefined) return ONE;
  const [pt1, pt2] = pt ?? [1, 1];
  const [ct1, ct2] = ct ?? [1, 1];
  assertRatio([pt1, pt2], path);
  assertRatio([ct1, ct2], path);
  const primary = pt1 * ct1;
  const secondary = pt2 * ct2;
  // A ratio that comes out whole needs no quotient of sixty digits.
  if (Number.isSafeInteger(primary) && primary % secondary === 0) return count(primary / secondary);
  return new Decimal(pt1).times(ct1).div(count(pt2).times(ct2));
}
