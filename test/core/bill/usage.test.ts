import { computeBill, DocumentTransformer, TransformerLoss } from '../../../src/core/bill';
import { amounts, documentOf, figure, JUNE, plainPlan, refusal, statedPoint, tariffOf, timeOfUsePlan } from '../../builders/bill-documents';

const plain = tariffOf([plainPlan('0.5'), plainPlan('0.7', { planId: 'lighting' })]);
const timeOfUse = tariffOf([timeOfUsePlan('1', '0.6', '0.3')]);

function transformer(loss: TransformerLoss, more: Partial<DocumentTransformer> = {}): DocumentTransformer {
  return { transformerNo: 'T1', ownership: 'own', capacityKva: '200', loss, states: [{ ...JUNE, state: 'running' }], ...more };
}

describe('sub-meters, fixed quantity and fixed ratio on a bill', () => {
  it('takes sub-meter, fixed quantity and fixed ratio off the main meter in this order', () => {
    // main 1000 − 300 − 200 = 500; ratio 10 % of 500 = 50; main left with 450
    const usagePoints = [
      statedPoint({ total: '1000' }),
      statedPoint({ total: '300' }, { usagePointNo: '0002', parents: ['0001'] }),
      statedPoint({}, { usagePointNo: '0003', kind: 'fixed-quantity', fixedQuantityKwh: '200', parents: ['0001'], planId: 'lighting', timeOfUse: false }),
      statedPoint({}, { usagePointNo: '0004', kind: 'fixed-ratio', fixedRatioPercent: '10', parents: ['0001'], timeOfUse: false }),
    ];
    const bill = computeBill(documentOf(plain, { usagePoints }));
    expect(bill.lines.map((line) => [line.usagePointNo, line.quantity, line.amount])).toEqual([
      ['0001', '450', '225.00'],
      ['0002', '300', '150.00'],
      ['0003', '200', '140.00'],
      ['0004', '50', '25.00'],
    ]);
    expect(computeBill(documentOf(plain, { usagePoints: [...usagePoints].reverse() }))).toEqual(bill);
  });

  it('lets the parent go to zero, keeps the real child and blocks the bill until a person has looked', () => {
    const usagePoints = [statedPoint({ total: '100' }), statedPoint({ total: '130' }, { usagePointNo: '0002', parents: ['0001'] })];
    const bill = computeBill(documentOf(plain, { usagePoints }));
    expect(bill.lines.map((line) => line.quantity)).toEqual(['130']);
    expect(bill.findings).toContainEqual({ code: 'USAGE.NOT_ENOUGH_TO_DEDUCT', severity: 'blocking', subject: '0001', params: { shortageKwh: '30' } });
  });

  it('takes a frozen child of another account off and does not bill it', () => {
    const frozen = { accountNo: '2000000002', usagePointNo: '0001', activeKwh: { total: '40' } };
    const usagePoints = [statedPoint({ total: '100' }), { ...statedPoint({}), usagePointNo: '0009', kind: 'frozen' as const, role: 'deduction' as const, parents: ['0001'], frozen, timeOfUse: false }];
    const stripped = usagePoints.map(({ statedEnergy, ...rest }) => (rest.kind === 'frozen' ? rest : { ...rest, ...(statedEnergy === undefined ? {} : { statedEnergy }) }));
    expect(computeBill(documentOf(plain, { usagePoints: stripped })).lines.map((line) => line.quantity)).toEqual(['60']);
  });

  it('leaves a check meter out of the bill', () => {
    const usagePoints = [statedPoint({ total: '100' }), statedPoint({ total: '99' }, { usagePointNo: '0002', role: 'check' })];
    expect(computeBill(documentOf(plain, { usagePoints })).lines).toHaveLength(1);
  });

  it('refuses cycles, unknown parents and doubled numbers', () => {
    const two = (first: string[], second: string[]) => [statedPoint({ total: '1' }, { parents: first }), statedPoint({ total: '1' }, { usagePointNo: '0002', parents: second })];
    expect(refusal(documentOf(plain, { usagePoints: two(['0002'], ['0001']) }))).toBe('USAGE.POINT_CYCLE');
    expect(refusal(documentOf(plain, { usagePoints: two(['0003'], []) }))).toBe('DOCUMENT.UNKNOWN_REFERENCE');
    expect(refusal(documentOf(plain, { usagePoints: [statedPoint({ total: '1' }), statedPoint({ total: '1' })] }))).toBe('DOCUMENT.DUPLICATE');
  });
});

describe('losses on a bill', () => {
  it('adds the formula loss of a transformer metered on its low side and shares it over the periods, remainder to flat', () => {
    const usagePoints = [statedPoint({ peak: '9115', flat: '12279', valley: '2604' }, { meteringMode: 'high-low', transformerNo: 'T1' })];
    const loss: TransformerLoss = { method: 'given', activeLossKwh: '770', reactiveLossKvarh: '6344' };
    const up = computeBill(documentOf(timeOfUse, { usagePoints, transformers: [transformer(loss)], policies: { lossShareRounding: 'up' } }));
    // an invoice that rounds up: 293 + 84, flat the rest 393
    expect(['peak', 'flat', 'valley'].map((period) => figure(up, `point:0001:billed:${period}`))).toEqual(['9408', '12672', '2688']);
    const halfUp = computeBill(documentOf(timeOfUse, { usagePoints, transformers: [transformer(loss)] }));
    expect(figure(halfUp, 'point:0001:billed:peak')).toBe('9407');
  });

  it('computes iron and copper loss by hours, energy and capacity', () => {
    // 0.81 × 720 + 6.2 × (100000² + 60000²)/(630² × 720) = 583.2 + 295.06 = 878.26
    const usagePoints = [{ ...statedPoint({ total: '100000' }, { meteringMode: 'high-low', transformerNo: 'T1' }), statedEnergy: { activeKwh: { total: '100000' }, reactiveForwardKvarh: '60000' } }];
    const loss: TransformerLoss = { method: 'formula', noLoadLossKw: '0.81', loadLossKw: '6.2' };
    const bill = computeBill(documentOf(plain, { usagePoints, transformers: [transformer(loss, { capacityKva: '630' })] }));
    expect(figure(bill, 'transformer:T1:active-loss')).toBe('878');
  });

  it('bears no loss where the metering is on the high side', () => {
    const usagePoints = [statedPoint({ total: '1000' }, { meteringMode: 'high-high', transformerNo: 'T1' })];
    expect(computeBill(documentOf(plain, { usagePoints, transformers: [transformer({ method: 'fixed', monthlyActiveLossKwh: '300' })] })).lines[0]?.quantity).toBe('1000');
  });

  it('takes a fixed monthly loss by days of 30 for a part of the month', () => {
    // 300 × 12/30 = 120
    const usagePoints = [statedPoint({ total: '1000' }, { meteringMode: 'high-low', transformerNo: 'T1' })];
    const states = [{ from: '2026-06-19', to: '2026-07-01', state: 'running' as const }];
    const part = computeBill(documentOf(plain, { usagePoints, transformers: [transformer({ method: 'fixed', monthlyActiveLossKwh: '300' }, { states })] }));
    const whole = computeBill(documentOf(plain, { usagePoints, transformers: [transformer({ method: 'fixed', monthlyActiveLossKwh: '300' })] }));
    expect([part.lines[0]?.quantity, whole.lines[0]?.quantity]).toEqual(['1120', '1300']);
  });

  it('shares a loss over the points of a transformer so that the parts add up', () => {
    const usagePoints = ['0001', '0002', '0003'].map((usagePointNo) => statedPoint({ total: '100' }, { usagePointNo, meteringMode: 'high-low', transformerNo: 'T1' }));
    const bill = computeBill(documentOf(plain, { usagePoints, transformers: [transformer({ method: 'given', activeLossKwh: '100' })] }));
    expect(bill.lines.map((line) => line.quantity)).toEqual(['134', '133', '133']);
  });

  it('adds a line loss by a rate on the energy that passes the line', () => {
    const usagePoints = [statedPoint({ total: '1000' }, { lineLoss: { method: 'percentage', activePercent: '3.5' } })];
    expect(computeBill(documentOf(plain, { usagePoints })).lines[0]?.quantity).toBe('1035');
  });

  it('prices an add-on without the transformer loss where the tariff says so', () => {
    const addOns = [{ name: 'extra', title: { zh: '加价', en: 'Extra' }, pricePerKwh: '0.01', energyBase: 'billed-without-transformer-loss' as const }];
    const usagePoints = [statedPoint({ total: '1000' }, { meteringMode: 'high-low', transformerNo: 'T1' })];
    const bill = computeBill(documentOf(tariffOf([plainPlan('0.5', { addOns })]), { usagePoints, transformers: [transformer({ method: 'given', activeLossKwh: '100' })] }));
    expect([amounts(bill, 'energy-charge'), amounts(bill, 'add-on-charge')]).toEqual([{ energy: '550.00' }, { extra: '10.00' }]);
  });
});
