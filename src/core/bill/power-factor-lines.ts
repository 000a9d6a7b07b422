import { powerFactorAdjustment } from '../charges';
import { CoreError } from '../errors';
import { dec, Decimal, round, sum, text, ZERO } from '../quantity';
import { energyTotal, PowerFactorResult, powerFactorOf, powerFactorRatePercent, roundPowerFactor } from '../usage';
import type { PowerFactorStandard } from '../tariff';
import type { LineGroup } from './bill';
import { countsIn } from './energy-lines';
import { GROUP_LABELS } from './line-labels';
import { makeLine } from './line-writer';
import type { Segment } from './segments';
import type { Work } from './work';

function factorOf(work: Work, segment: Segment, standard: Exclude<PowerFactorStandard, 'none'>): PowerFactorResult {
  const { policies } = segment;
  const places = { decimals: policies.powerFactorDecimals, rounding: policies.powerFactorRounding };
  const { statedPowerFactor, statedReactiveEnergyKvarh } = work.document;
  if (statedPowerFactor !== undefined) {
    const raw = dec(statedPowerFactor);
    const factor = roundPowerFactor(raw, places);
    work.figures.push({ id: `power-factor:${standard}`, rule: 'power-factor', value: text(factor), unit: 'ratio', inputs: { stated: statedPowerFactor, standard } });
    return { raw, factor, ratePercent: powerFactorRatePercent(factor, standard, policies.powerFactorScheme) };
  }
  const items = work.points.filter((item) => item.point.role === 'billing' && countsIn(item, 'factor', segment));
  if (statedReactiveEnergyKvarh === undefined && !items.some((item) => item.reactiveKnown)) {
    throw new CoreError('BILL.REACTIVE_MISSING', '/usagePoints', { powerFactorStandard: standard });
  }
  const active = sum(items.map((item) => energyTotal(item.active)));
  const reactive = statedReactiveEnergyKvarh === undefined ? sum(items.map((item) => item.reactive)) : dec(statedReactiveEnergyKvarh);
  const result = powerFactorOf(active, reactive, standard, places, policies.powerFactorScheme);
  work.figures.push({
    id: `power-factor:${standard}`,
    rule: 'power-factor',
    value: result.factor === null ? '0' : text(result.factor),
    unit: 'ratio',
    inputs: { activeKwh: text(active), reactiveKvarh: text(reactive), raw: result.raw === null ? '' : text(round(result.raw, 6)), standard, ratePercent: text(result.ratePercent) },
  });
  return result;
}

function adjust(work: Work, standard: Exclude<PowerFactorStandard, 'none'>, segments: readonly Segment[]): void {
  const last = segments[segments.length - 1];
  if (last === undefined) return;
  const { ratePercent } = factorOf(work, last, standard);
  const numbers = new Set(segments.map((segment) => segment.index + 1));
  const closing = work.segments.length;
  const byGroup = new Map<LineGroup, Decimal>();
  for (const { line, base: part } of work.lines) {
    if (part !== null && numbers.has(line.segment ?? closing)) byGroup.set(line.group, (byGroup.get(line.group) ?? ZERO).plus(part));
  }
  const base = sum(byGroup.values());
  const inputs = { ...Object.fromEntries([...byGroup].map(([group, amount]) => [group, text(amount, 2)])), ratePercent: text(ratePercent) };
  const adjustment = powerFactorAdjustment(base, ratePercent, last.money);
  work.figures.push({ id: `power-factor-base:${standard}`, rule: 'power-factor-charge', value: text(base), unit: 'yuan', inputs });
  if (ratePercent.isZero()) return;
  const line = makeLine(work, last, {
    group: 'power-factor-adjustment',
    item: `standard-${standard}`,
    label: GROUP_LABELS['power-factor-adjustment'],
    quantity: base,
    unit: 'yuan',
    price: text(ratePercent.div(100)),
    exactAmount: adjustment.exactAmount,
    amount: adjustment.amount,
    rule: 'power-factor-charge',
    from: [`power-factor:${standard}`, `power-factor-base:${standard}`],
    base: null,
  });
  if (segments.length === work.segments.length) delete line.line.segment;
  work.lines.push(line);
}

/**
 * Power-factor adjustment: one factor for the cycle (billed energies, losses included), and for each standard that
 * held in it the lines of its segments as base. None for exempt customers and where no standard applies.
 */
export function addPowerFactorLines(work: Work): void {
  for (const standard of ['0.90', '0.85', '0.80'] as const) {
    const segments = work.segments.filter((segment) => segment.terms.powerFactorStandard === standard && segment.terms.powerFactorExemption === undefined);
    if (segments.length > 0) adjust(work, standard, segments);
  }
}
