import * as fc from 'fast-check';
import { dec, Decimal, sum, text } from '../../../src/core/quantity';
import {
  copperLossPercentAt, ironLossOf, lineLossByFormula, loadRateOf, lossByDays, lossByPercent, lossFromTable, reactivePower, shareLossOverPeriods,
  shareLossOverPoints, simplifiedLoss, transformerLossByFormula,
} from '../../../src/core/usage';

const EXACT = { decimals: null, rounding: 'half-up' } as const;

describe('transformer loss', () => {
  const plate = { capacity: dec('1000'), noLoadLoss: dec('1.7'), loadLoss: dec('10.3'), active: dec('300000'), reactive: dec('100000'), supplyHours: dec('720') };

  it('is P0·T + Pk·(Wp² + Wq²) ÷ (Se²·t), rounded once', () => {
    // 1.7 × 720 = 1224; 10.3 × 1E11 ÷ 7.2E8 = 1430.556; 2654.556 → 2655
    expect(text(transformerLossByFormula(plate).active)).toBe('2655');
    // Q0 = 12, Qk = 45: 8640 + 6250
    const reactive = { noLoadReactive: reactivePower(dec('1000'), dec('1.2')), loadReactive: reactivePower(dec('1000'), dec('4.5')) };
    expect(text(transformerLossByFormula({ ...plate, ...reactive }).reactive)).toBe('14890');
  });

  it('takes the hours under load and the correction for shifts into account', () => {
    // half the hours under load double the copper part: 1224 + 2861.111 × 1.5 = 5515.667
    const loss = transformerLossByFormula({ ...plate, serviceHours: dec('360'), shiftCorrection: dec('1.5') });
    expect(text(loss.active)).toBe('5516');
  });

  it('is nothing for no hours, and refused without a capacity', () => {
    expect(text(transformerLossByFormula({ ...plate, supplyHours: dec('0') }).active)).toBe('0');
    expect(() => transformerLossByFormula({ ...plate, capacity: dec('0') })).toThrow(expect.objectContaining({ code: 'USAGE.LOSS_WITHOUT_CAPACITY' }));
  });

  it('is simplified to iron by hours and copper by percent', () => {
    // 0.325 × 720 = 234; 46080 × 2 % = 921.6; cable 10
    const loss = simplifiedLoss({ active: dec('46080'), ironLoss: ironLossOf(dec('0.325'), dec('720')), copperLossPercent: dec('2'), cableLoss: dec('10') }, EXACT);
    expect(text(loss.active)).toBe('1165.6');
    // rounded: 234 + 922 + 10, so that the parts shown are the whole
    expect(text(simplifiedLoss({ active: dec('46080'), ironLoss: dec('234'), copperLossPercent: dec('2'), cableLoss: dec('10') }).active)).toBe('1166');
  });

  it('raises the copper percentage above a load rate of 40 %, 40 % itself not', () => {
    const steps = [{ upToLoadRate: dec('0.40'), percent: dec('2') }, { upToLoadRate: null, percent: dec('3') }];
    const rate = loadRateOf(dec('46080'), dec('720'), dec('200'), dec('0.8'));
    expect(text(rate)).toBe('0.4');
    expect(text(copperLossPercentAt(rate, steps))).toBe('2');
    expect(text(copperLossPercentAt(dec('0.4001'), steps))).toBe('3');
    expect(() => copperLossPercentAt(dec('0.5'), steps.slice(0, 1))).toThrow(expect.objectContaining({ code: 'USAGE.COPPER_LOSS_STEP_MISSING' }));
    expect(text(loadRateOf(dec('1'), dec('0'), dec('200'), dec('0.8')))).toBe('0');
  });

  it('comes from the table row of the capacity or the next above, and of the energy band', () => {
    const row = (capacity: string, upTo: string | null, active: string): Parameters<typeof lossFromTable>[0][number] => ({
      capacity: dec(capacity), upToEnergy: upTo === null ? null : dec(upTo), active: dec(active), reactive: dec('0'),
    });
    const rows = [row('200', null, '5'), row('100', null, '3'), row('100', '1000', '1'), row('100', '2000', '2')];
    expect(text(lossFromTable(rows, dec('100'), dec('1000')).active)).toBe('1');
    expect(text(lossFromTable(rows, dec('80'), dec('1001')).active)).toBe('2');
    expect(text(lossFromTable(rows, dec('100'), dec('5000')).active)).toBe('3');
    expect(text(lossFromTable(rows, dec('160'), dec('1')).active)).toBe('5');
    expect(() => lossFromTable(rows, dec('201'), dec('1'))).toThrow(expect.objectContaining({ code: 'USAGE.LOSS_TABLE_TOO_SHORT' }));
  });

  it('is taken by days ÷ 30, and whole for a full month', () => {
    // 1552 × 17 ÷ 30 = 879.47
    expect(text(lossByDays(dec('1552'), 17))).toBe('879');
    expect(text(lossByDays(dec('1552'), 31))).toBe('1552');
    expect(text(lossByDays(dec('1552'), 15, 31))).toBe('751');
  });

  it('can be a percentage of the energies', () => {
    const loss = lossByPercent({ active: dec('1234'), reactive: dec('100') }, { active: dec('2'), reactive: dec('5') });
    expect([text(loss.active), text(loss.reactive)]).toEqual(['25', '5']);
  });
});

describe('line loss', () => {
  const line = { resistance: dec('0.46'), length: dec('9.116'), voltage: dec('35'), active: dec('3268440'), reactive: dec('2908550'), hours: dec('720') };

  it('is R·L·(Wp² + Wq²) ÷ (1000·U²·t)', () => {
    expect(text(lineLossByFormula(line, { decimals: 2, rounding: 'half-up' }), 2)).toBe('91010.00');
    expect(text(lineLossByFormula({ ...line, hours: dec('0') }))).toBe('0');
    expect(() => lineLossByFormula({ ...line, voltage: dec('0') })).toThrow(expect.objectContaining({ code: 'USAGE.LINE_LOSS_WITHOUT_VOLTAGE' }));
  });
});

describe('sharing of a loss', () => {
  const shown = (shares: Readonly<Record<string, Decimal>>): Record<string, string> => Object.fromEntries(Object.entries(shares).map(([key, value]) => [key, text(value)]));

  it('rounds each period and gives the remainder to flat', () => {
    const energies = { peak: dec('9115'), valley: dec('2604'), flat: dec('12279') };
    // 292.46 and 83.55
    expect(shown(shareLossOverPeriods(dec('770'), energies))).toEqual({ peak: '292', valley: '84', flat: '394' });
    expect(shown(shareLossOverPeriods(dec('770'), energies, { decimals: 0, rounding: 'up' }))).toEqual({ peak: '293', valley: '84', flat: '393' });
  });

  it('is equal where nothing was used, and goes to the last period where there is no flat', () => {
    const zero = dec('0');
    expect(shown(shareLossOverPeriods(dec('10'), { peak: zero, flat: zero, valley: zero }))).toEqual({ peak: '3', valley: '3', flat: '4' });
    expect(shown(shareLossOverPeriods(dec('10'), { peak: dec('1'), valley: dec('2') }))).toEqual({ peak: '3', valley: '7' });
    expect(shareLossOverPeriods(dec('10'), {})).toEqual({});
  });

  it('over points goes by energy, capacity, fixed parts or not at all', () => {
    const points = [{ energy: dec('1'), capacity: dec('300'), fixed: dec('5') }, { energy: dec('2'), capacity: dec('100'), fixed: dec('5') }];
    const of = (how: Parameters<typeof shareLossOverPoints>[2]): string[] => shareLossOverPoints(dec('10'), points, how).map((each) => text(each));
    expect(of('by-energy')).toEqual(['3', '7']);
    expect(of('by-capacity')).toEqual(['8', '2']);
    expect(of('fixed')).toEqual(['5', '5']);
    expect(of('none')).toEqual(['10', '0']);
  });

  it('always adds up to the loss, and no share is below zero', () => {
    const energy = fc.integer({ min: 0, max: 100_000 }).map((value) => new Decimal(value));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.tuple(energy, energy, energy, energy), fc.constantFrom('half-up' as const, 'up' as const, 'down' as const), (loss, [sharp, peak, flat, valley], rounding) => {
        const shares = Object.values(shareLossOverPeriods(new Decimal(loss), { sharp, peak, flat, valley }, { decimals: 0, rounding }));
        const points = shareLossOverPoints(new Decimal(loss), [sharp, peak, flat].map((each) => ({ energy: each, capacity: valley })), 'by-energy');
        return sum(shares).equals(loss) && shares.every((each) => !each.isNegative() || each.isZero()) && sum(points).equals(loss);
      }),
    );
  });
});
