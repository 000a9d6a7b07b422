import { Bill, CalculationDocument, checkBill, computeBill } from '../../src/core/bill';
import { addDays } from '../../src/core/calendar';
import { CoreError } from '../../src/core/errors';
import { dec, Decimal, sum } from '../../src/core/quantity';

/** What is wrong with a bill, or null. */
export type Property = (bill: Bill, document: CalculationDocument, cuts: readonly number[]) => string | null;

const SOUND = /^(?!-0(\.0*)?$)-?\d+(\.\d+)?$/;

/** The bill, or the code with which the document was refused. Anything else fails the test. */
export function outcome(document: CalculationDocument): Bill | string {
  try {
    return computeBill(document);
  } catch (error) {
    if (error instanceof CoreError && /^[A-Z]+\.[A-Z_]+$/.test(error.code)) return error.code;
    throw error;
  }
}

function sumOf(texts: Iterable<string>): Decimal {
  return sum([...texts].map(dec));
}

function differs(what: string, one: Decimal, other: Decimal): string | null {
  return one.equals(other) ? null : `${what}: ${one.toFixed()} is not ${other.toFixed()}`;
}

function firstOf(complaints: readonly (string | null)[]): string | null {
  return complaints.find((complaint) => complaint !== null) ?? null;
}

function reversed<T>(list: readonly T[]): T[] {
  return [...list].reverse();
}

function same(bill: Bill, other: Bill | string): string | null {
  if (typeof other === 'string') return `refused: ${other}`;
  const [one, two] = [JSON.stringify(bill), JSON.stringify(other)];
  if (one === two) return null;
  const at = [...one].findIndex((character, index) => character !== two[index]);
  return `…${one.slice(Math.max(0, at - 80), at + 60)} is not …${two.slice(Math.max(0, at - 80), at + 60)}`;
}

function addsUp({ lines, totals }: Bill): string | null {
  const total = dec(totals.totalAmount);
  return firstOf([
    differs('lines and total', sumOf(lines.map((line) => line.amount)), total),
    differs('groups and total', sumOf(Object.values(totals.byGroup)), total),
    differs('net and tax and total', sumOf([totals.netAmount, totals.taxAmount]), total),
    ...Object.entries(totals.byGroup).map(([group, amount]) => differs(group, sumOf(lines.filter((line) => line.group === group).map((line) => line.amount)), dec(amount))),
  ]);
}

function losesNoEnergy(bill: Bill): string | null {
  const points = bill.carried.pointEnergy.map((point) => {
    const own = bill.lines.filter((line) => line.group === 'energy-charge' && line.usagePointNo === point.usagePointNo && line.item !== 'losses');
    return differs(`energy of ${point.usagePointNo}`, sumOf(own.map((line) => line.quantity)), sumOf(Object.values(point.billedKwh)));
  });
  const all = sumOf(bill.carried.pointEnergy.flatMap((point) => Object.values(point.billedKwh)));
  return firstOf([...points, differs('energy of the bill', all, dec(bill.totals.activeBilledEnergyKwh))]);
}

function isPlain({ lines, totals, figures, carried }: Bill): string | null {
  const energies = carried.pointEnergy.flatMap((point) => [...Object.values(point.meteredKwh), ...Object.values(point.billedKwh), point.billedReactiveKvarh]);
  const funds = totals.insideFunds.flatMap((fund) => [fund.energyKwh, fund.amount]);
  const values = [...lines.flatMap((line) => [line.quantity, line.price, line.exactAmount, line.amount]), totals.totalAmount, totals.netAmount, totals.taxAmount, ...figures.map((figure) => figure.value), ...energies, ...funds];
  const odd = values.find((value) => !SOUND.test(value)) ?? energies.find((value) => value.startsWith('-')) ?? lines.find((line) => line.group === 'energy-charge' && line.quantity.startsWith('-'))?.quantity;
  return odd === undefined ? null : `a figure is "${odd}"`;
}

function survivesStorage(bill: Bill, document: CalculationDocument): string | null {
  const { differences } = checkBill(JSON.parse(JSON.stringify(document)) as CalculationDocument, JSON.parse(JSON.stringify(bill)) as Bill);
  return differences.length === 0 ? null : JSON.stringify(differences.slice(0, 3));
}

function hasNoOrder(bill: Bill, document: CalculationDocument): string | null {
  return same(bill, outcome({
    ...document,
    tariffs: reversed(document.tariffs),
    terms: reversed(document.terms),
    usagePoints: reversed(document.usagePoints).map((point) => (point.meters === undefined ? point : { ...point, meters: reversed(point.meters).map((meter) => ({ ...meter, registers: reversed(meter.registers) })) })),
    transformers: reversed(document.transformers ?? []),
    supplyCircuits: reversed(document.supplyCircuits ?? []),
    sharedAmounts: reversed(document.sharedAmounts ?? []),
  }));
}

function mayBeCut(bill: Bill, document: CalculationDocument, cuts: readonly number[]): string | null {
  const days = [...new Set(cuts)].sort((a, b) => a - b).map((count) => addDays(document.period.from, count));
  const terms = document.terms.flatMap((one) => {
    const edges = [one.from, ...days.filter((day) => day > one.from && day < one.to), one.to];
    return edges.slice(0, -1).map((from, index) => ({ ...one, from, to: edges[index + 1] ?? one.to }));
  });
  return same(bill, outcome({ ...document, terms }));
}

/** Sharing a basic charge over categories changes neither the charge nor the adjustment taken of it. */
function sharesBasicCharge(bill: Bill, document: CalculationDocument): string | null {
  if ((document.policies?.basicChargeShare ?? 'none') === 'none') return null;
  const whole = outcome({ ...document, policies: { ...document.policies, basicChargeShare: 'none' } });
  if (typeof whole === 'string') return `refused: ${whole}`;
  return differs('total without sharing', dec(bill.totals.totalAmount), dec(whole.totals.totalAmount));
}

/** What holds for every bill, under the name of its test. */
export const BILL_PROPERTIES: Readonly<Record<string, Property>> = {
  'add up: lines to groups and total, net and tax to the total': addsUp,
  'lose no energy: what is billed at the points is what their priced lines carry': losesNoEnergy,
  'hold plain decimals only, and never a negative zero': isPlain,
  'are the same after a round trip through JSON': survivesStorage,
  'do not depend on the order of the inputs': hasNoOrder,
  'do not change when the cycle is cut where nothing changes': mayBeCut,
  'cost the same when the basic charge is shared over categories': sharesBasicCharge,
};
