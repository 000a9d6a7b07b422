import { daysIn, intersect, isLocalDate } from '../calendar';
import { CoreError } from '../errors';
import type { CalculationDocument, DocumentUsagePoint } from './calculation-document';

const LONGEST_PERIOD_DAYS = 400;

function refuse(code: string, path: string, params: Record<string, string> = {}): never {
  throw new CoreError(`DOCUMENT.${code}`, path, params);
}

function checkUnique(names: readonly string[], path: string, field: string): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (seen.has(name)) refuse('DUPLICATE', `${path}/${index}/${field}`, { name });
    seen.add(name);
  });
}

/** Changes come one after the other inside the period and say what the kind needs; parts of a point are metered and share no day. */
function checkChanges(point: DocumentUsagePoint, { period }: CalculationDocument, path: string): void {
  let last = period.from;
  point.changes?.forEach((change, index) => {
    const at = `${path}/changes/${index}`;
    if (!isLocalDate(change.from)) refuse('DATE', `${at}/from`, { date: change.from });
    if (change.from <= last || change.from >= period.to) refuse('CHANGE_DAYS', `${at}/from`, { from: change.from, allowed: `after ${last}, before ${period.to}` });
    last = change.from;
    if (point.kind === 'fixed-quantity' && change.fixedQuantityKwh === undefined) refuse('ENERGY_SOURCE', at, { allowed: 'fixedQuantityKwh' });
    if (point.kind === 'fixed-ratio' && change.fixedRatioPercent === undefined) refuse('ENERGY_SOURCE', at, { allowed: 'fixedRatioPercent' });
  });
  const { partOf } = point;
  if (partOf === undefined) return;
  if (!isLocalDate(partOf.from) || !isLocalDate(partOf.to)) refuse('DATE', `${path}/partOf`, { date: partOf.from });
  if (partOf.from >= partOf.to || partOf.from < period.from || partOf.to > period.to) refuse('CHANGE_DAYS', `${path}/partOf`, { from: partOf.from, to: partOf.to });
  if (point.kind !== 'metered' || (point.parents?.length ?? 0) > 0) refuse('PART_OF_POINT', path, { allowed: 'kind metered without parents' });
}

function checkParts(points: readonly DocumentUsagePoint[]): void {
  const parts = points.flatMap(({ partOf, usagePointNo }, index) => (partOf === undefined ? [] : [{ ...partOf, usagePointNo, of: partOf.usagePointNo, index }]));
  parts.forEach((part, place) => {
    const other = parts.slice(place + 1).find((each) => each.of === part.of && intersect(each, part) !== null);
    if (other !== undefined) refuse('CHANGE_DAYS', `/usagePoints/${other.index}/partOf`, { from: other.from, to: other.to });
    const child = points.findIndex(({ parents }) => parents?.includes(part.usagePointNo) === true);
    if (child >= 0) refuse('PART_OF_POINT', `/usagePoints/${child}/parents`, { allowed: 'no parent that is part of a point' });
  });
}

/** What a point of its kind must say of its energy. */
function checkSource(point: DocumentUsagePoint, path: string): void {
  const hasParents = (point.parents?.length ?? 0) > 0;
  switch (point.kind) {
    case 'metered':
      if ((point.meters === undefined || point.meters.length === 0) === (point.statedEnergy === undefined)) {
        refuse('ENERGY_SOURCE', path, { allowed: 'meters or statedEnergy, one of them' });
      }
      return;
    case 'fixed-quantity':
      if (point.fixedQuantityKwh === undefined) refuse('ENERGY_SOURCE', path, { allowed: 'fixedQuantityKwh' });
      return;
    case 'fixed-ratio':
      if (point.fixedRatioPercent === undefined || !hasParents) refuse('ENERGY_SOURCE', path, { allowed: 'fixedRatioPercent and parents' });
      return;
    case 'frozen':
      if (point.frozen === undefined) refuse('ENERGY_SOURCE', path, { allowed: 'frozen' });
      if (point.role === 'billing') refuse('FROZEN_IS_BILLED_ELSEWHERE', path, { allowed: 'role deduction' });
  }
}

function checkReadings(point: DocumentUsagePoint, path: string): void {
  point.meters?.forEach((meter, index) => {
    checkUnique(meter.registers.map((one) => one.register), `${path}/meters/${index}/registers`, 'register');
    meter.registers.forEach((register, number) => {
      const at = `${path}/meters/${index}/registers/${number}/readings`;
      if (register.register !== 'maximum-demand' && register.readings.length < 2) {
        throw new CoreError('METERING.READING_MISSING', at, { usagePointNo: point.usagePointNo, meterNo: meter.meterNo, register: register.register });
      }
      let last = '';
      for (const reading of register.readings) {
        if (!isLocalDate(reading.on)) refuse('DATE', at, { date: reading.on });
        if (reading.on < last) refuse('READING_ORDER', at, { on: reading.on, previous: last });
        last = reading.on;
      }
    });
  });
}

function checkReferences(document: CalculationDocument): void {
  const points = new Set(document.usagePoints.map((point) => point.usagePointNo));
  const transformers = new Set(document.transformers?.map((one) => one.transformerNo));
  const circuits = new Set(document.supplyCircuits?.map((one) => one.supplyCircuitNo));
  document.usagePoints.forEach((point, index) => {
    const path = `/usagePoints/${index}`;
    for (const parent of point.parents ?? []) if (!points.has(parent)) refuse('UNKNOWN_REFERENCE', `${path}/parents`, { name: parent });
    if (point.transformerNo !== undefined && !transformers.has(point.transformerNo)) refuse('UNKNOWN_REFERENCE', `${path}/transformerNo`, { name: point.transformerNo });
    if (point.supplyCircuitNo !== undefined && !circuits.has(point.supplyCircuitNo)) refuse('UNKNOWN_REFERENCE', `${path}/supplyCircuitNo`, { name: point.supplyCircuitNo });
  });
  document.transformers?.forEach((one, index) => {
    if (one.supplyCircuitNo !== undefined && !circuits.has(one.supplyCircuitNo)) refuse('UNKNOWN_REFERENCE', `/transformers/${index}/supplyCircuitNo`, { name: one.supplyCircuitNo });
    let covered = '';
    for (const state of [...one.states].sort((a, b) => (a.from < b.from ? -1 : 1))) {
      if (!isLocalDate(state.from) || !isLocalDate(state.to) || state.from >= state.to || state.from < covered) {
        refuse('TRANSFORMER_STATES', `/transformers/${index}/states`, { from: state.from, to: state.to });
      }
      covered = state.to;
    }
  });
  if (document.billedCircuitNo !== undefined && !circuits.has(document.billedCircuitNo)) refuse('UNKNOWN_REFERENCE', '/billedCircuitNo', { name: document.billedCircuitNo });
}

/**
 * What the schema cannot say of a document: days that exist, a period that is not empty (at most 400 days), unique
 * names, references that lead somewhere, readings in order of time, an energy source for each point.
 * Throws DOCUMENT.* or METERING.READING_MISSING for the first problem.
 */
export function checkDocument(document: CalculationDocument): void {
  const { period } = document;
  if (!isLocalDate(period.from)) refuse('DATE', '/period/from', { date: period.from });
  if (!isLocalDate(period.to)) refuse('DATE', '/period/to', { date: period.to });
  if (period.from >= period.to) refuse('PERIOD_EMPTY', '/period', { from: period.from, to: period.to });
  if (daysIn(period) > LONGEST_PERIOD_DAYS) refuse('PERIOD_TOO_LONG', '/period', { days: String(daysIn(period)), allowed: String(LONGEST_PERIOD_DAYS) });
  document.terms.forEach((terms, index) => {
    if (!isLocalDate(terms.from) || !isLocalDate(terms.to)) refuse('DATE', `/terms/${index}`, { from: terms.from, to: terms.to });
  });
  const { usagePoints } = document;
  if (usagePoints.length > 1) checkUnique(usagePoints.map((point) => point.usagePointNo), '/usagePoints', 'usagePointNo');
  if (document.transformers !== undefined) checkUnique(document.transformers.map((one) => one.transformerNo), '/transformers', 'transformerNo');
  if (document.supplyCircuits !== undefined) checkUnique(document.supplyCircuits.map((one) => one.supplyCircuitNo), '/supplyCircuits', 'supplyCircuitNo');
  usagePoints.forEach((point, index) => {
    const path = `/usagePoints/${index}`;
    checkSource(point, path);
    checkReadings(point, path);
    checkChanges(point, document, path);
  });
  checkParts(usagePoints);
  checkReferences(document);
}
