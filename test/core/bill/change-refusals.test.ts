import { CalculationDocument, computeBill, DocumentUsagePoint } from '../../../src/core/bill';
import { documentOf, plainPlan, point, statedPoint, tariffOf } from '../../builders/bill-documents';
import { refusal } from '../../builders/refusal';

const plain = tariffOf([plainPlan('0.5')]);
const of = (...usagePoints: DocumentUsagePoint[]): CalculationDocument => documentOf(plain, { usagePoints });
const part = (usagePointNo: string, from: string, to: string, more: Partial<DocumentUsagePoint> = {}): DocumentUsagePoint => statedPoint({ total: '10' }, { usagePointNo, partOf: { usagePointNo: '0001', from, to }, ...more });
const changed = (...days: string[]): DocumentUsagePoint => statedPoint({ total: '10' }, { changes: days.map((from) => ({ from, planId: 'plain' })) });

describe('changes and parts of a point are refused with place and figures', () => {
  it.each<[string, CalculationDocument, string, string, Record<string, string>]>([
    ['a change on no day', of(changed('2026-06-31')), 'DATE', '/usagePoints/0/changes/0/from', { date: '2026-06-31' }],
    ['a change on the first day', of(changed('2026-06-01')), 'CHANGE_DAYS', '/usagePoints/0/changes/0/from', { from: '2026-06-01', allowed: 'after 2026-06-01, before 2026-07-01' }],
    ['a change after the last day', of(changed('2026-07-01')), 'CHANGE_DAYS', '/usagePoints/0/changes/0/from', { from: '2026-07-01', allowed: 'after 2026-06-01, before 2026-07-01' }],
    ['two changes on one day', of(changed('2026-06-10', '2026-06-10')), 'CHANGE_DAYS', '/usagePoints/0/changes/1/from', { from: '2026-06-10', allowed: 'after 2026-06-10, before 2026-07-01' }],
    ['a quantity that is not stated anew', of(point({ kind: 'fixed-quantity', fixedQuantityKwh: '5', changes: [{ from: '2026-06-10' }] })), 'ENERGY_SOURCE', '/usagePoints/0/changes/0', { allowed: 'fixedQuantityKwh' }],
    ['a share that is not stated anew', of(statedPoint({ total: '9' }), point({ usagePointNo: '0002', kind: 'fixed-ratio', fixedRatioPercent: '5', parents: ['0001'], changes: [{ from: '2026-06-10' }] })), 'ENERGY_SOURCE', '/usagePoints/1/changes/0', { allowed: 'fixedRatioPercent' }],
    ['a part from no day', of(part('0001', '2026-06-00', '2026-06-10')), 'DATE', '/usagePoints/0/partOf', { date: '2026-06-00' }],
    ['a part to no day', of(part('0001', '2026-06-05', '2026-06-31')), 'DATE', '/usagePoints/0/partOf', { date: '2026-06-05' }],
    ['a part of no day', of(part('0001', '2026-06-10', '2026-06-10')), 'CHANGE_DAYS', '/usagePoints/0/partOf', { from: '2026-06-10', to: '2026-06-10' }],
    ['a part before the period', of(part('0001', '2026-05-31', '2026-06-10')), 'CHANGE_DAYS', '/usagePoints/0/partOf', { from: '2026-05-31', to: '2026-06-10' }],
    ['a part after the period', of(part('0001', '2026-06-10', '2026-07-02')), 'CHANGE_DAYS', '/usagePoints/0/partOf', { from: '2026-06-10', to: '2026-07-02' }],
    ['a part that is a sub-meter', of(statedPoint({ total: '9' }, { usagePointNo: '0009' }), part('0001', '2026-06-01', '2026-06-10', { parents: ['0009'] })), 'PART_OF_POINT', '/usagePoints/1', { allowed: 'kind metered without parents' }],
    ['a part that is agreed', of(point({ kind: 'fixed-quantity', fixedQuantityKwh: '5', partOf: { usagePointNo: '0001', from: '2026-06-01', to: '2026-06-10' } })), 'PART_OF_POINT', '/usagePoints/0', { allowed: 'kind metered without parents' }],
    ['parts that share a day', of(part('0001', '2026-06-01', '2026-06-11'), part('0002', '2026-06-10', '2026-07-01')), 'CHANGE_DAYS', '/usagePoints/1/partOf', { from: '2026-06-10', to: '2026-07-01' }],
    ['a sub-meter of a part', of(statedPoint({ total: '1' }, { usagePointNo: '0003', parents: ['0001'] }), part('0001', '2026-06-01', '2026-06-10'), part('0002', '2026-06-10', '2026-07-01')), 'PART_OF_POINT', '/usagePoints/0/parents', { allowed: 'no parent that is part of a point' }],
    ['a frozen point that is billed here', of(point({ kind: 'frozen', frozen: { accountNo: '2', usagePointNo: '9', activeKwh: { total: '1' } } })), 'FROZEN_IS_BILLED_ELSEWHERE', '/usagePoints/0', { allowed: 'role deduction' }],
  ])('%s', (_what, document, code, path, params) => {
    expect(() => computeBill(document)).toThrow(refusal(`DOCUMENT.${code}`, params, path));
  });
});
