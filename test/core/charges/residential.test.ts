import * as fc from 'fast-check';
import {
  BlockBalances, blockEnergies, chargeBaseAndIncrements, chargeTimeOfUseBlocks, drawFromBlocks, extendBlocks, freeAllowance, openBlockYear,
} from '../../../src/core/charges';
import { dec, Decimal, sum, text } from '../../../src/core/quantity';

const LIMITS = [dec('180'), dec('450'), null];
const INCREMENTS = [dec('0'), dec('0.05'), dec('0.30')];
const fen = (value: Decimal): string => text(value, 2);
const texts = (values: readonly (Decimal | null)[]): (string | null)[] => values.map((each) => (each === null ? null : text(each)));

describe('residential blocks', () => {
  it('put a limit into the lower block', () => {
    expect(texts(blockEnergies(dec('180'), LIMITS))).toEqual(['180', '0', '0']);
    expect(texts(blockEnergies(dec('650'), LIMITS))).toEqual(['180', '270', '200']);
    expect(texts(blockEnergies(dec('0'), LIMITS))).toEqual(['0', '0', '0']);
  });

  it('go on from a running total, over both limits at once where it must be', () => {
    expect(texts(blockEnergies(dec('400'), LIMITS, dec('100')))).toEqual(['80', '270', '50']);
    expect(texts(blockEnergies(dec('10'), LIMITS, dec('450')))).toEqual(['0', '0', '10']);
  });

  it('are refused where they do not rise or do not reach', () => {
    expect(() => blockEnergies(dec('1'), [dec('200'), dec('100'), null])).toThrow(expect.objectContaining({ code: 'CHARGES.BLOCKS_NOT_RISING' }));
    expect(() => blockEnergies(dec('300'), [dec('200')])).toThrow(expect.objectContaining({ code: 'CHARGES.BLOCKS_CLOSED', params: { energyKwh: '100' } }));
  });

  it('charge all energy at the base price and increments besides', () => {
    // 650 × 0.588 = 382.20; 270 × 0.05 = 13.50; 200 × 0.30 = 60.00
    const charge = chargeBaseAndIncrements(blockEnergies(dec('650'), LIMITS), dec('0.588'), INCREMENTS);
    expect([fen(charge.base.amount), ...charge.increments.map((line) => fen(line.amount)), fen(charge.amount)]).toEqual(['382.20', '0.00', '13.50', '60.00', '455.70']);
  });

  it('charge no jump at a limit: a tenth of a kWh more costs at most its own price more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (tenths) => {
        const of = (value: number): Decimal => chargeBaseAndIncrements(blockEnergies(new Decimal(value).div(10), LIMITS), dec('0.588'), INCREMENTS, { decimals: 9, rounding: 'half-up' }).amount;
        const step = of(tenths + 1).minus(of(tenths));
        return step.greaterThanOrEqualTo(dec('0.0588')) && step.lessThanOrEqualTo(dec('0.0888'));
      }),
    );
  });

  it('give a low-income household its free energy at the price of block 1', () => {
    expect(fen(freeAllowance(dec('200'), dec('15'), dec('0.538')).amount)).toBe('-8.07');
    expect(fen(freeAllowance(dec('10'), dec('15'), dec('0.538')).amount)).toBe('-5.38');
    expect(fen(freeAllowance(dec('-1'), dec('15'), dec('0.538')).amount)).toBe('0.00');
  });
});

describe('yearly balances', () => {
  const WIDTHS = [dec('2760'), dec('2040'), null];

  it('are used up from block 1, and an extension adds the months left, nothing returned', () => {
    let balances: BlockBalances = openBlockYear('2018', WIDTHS);
    const first = drawFromBlocks(balances, dec('2800'));
    expect(texts(first.energies)).toEqual(['2760', '40', '0']);
    // from February: 11 × 100
    balances = extendBlocks(first.after, dec('100'), 2);
    expect(texts(balances.remaining)).toEqual(['1100', '2000', null]);
    const second = drawFromBlocks(balances, dec('1200'));
    expect(texts(second.energies)).toEqual(['1100', '100', '0']);
    expect(texts(second.after.remaining)).toEqual(['0', '1900', null]);
  });

  it('keep an extension in the years that follow, for all twelve months', () => {
    const balances = extendBlocks(openBlockYear('2018', WIDTHS), dec('100'), 12);
    expect(texts(openBlockYear('2019', WIDTHS, balances.extensionPerMonth).remaining)).toEqual(['3960', '2040', null]);
  });

  it('refuse a month that the year does not have and energy beyond the last block', () => {
    expect(() => extendBlocks(openBlockYear('2018', WIDTHS), dec('100'), 13)).toThrow(expect.objectContaining({ code: 'CHARGES.MONTH_OUT_OF_RANGE' }));
    expect(() => drawFromBlocks(openBlockYear('2018', [dec('1')]), dec('2'))).toThrow(expect.objectContaining({ code: 'CHARGES.BLOCKS_CLOSED' }));
  });

  it('come to the same however the year is cut into bills', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 12 }), (bills) => {
        let balances = openBlockYear('2018', WIDTHS);
        const parts = [new Decimal(0), new Decimal(0), new Decimal(0)];
        for (const bill of bills) {
          const drawn = drawFromBlocks(balances, new Decimal(bill));
          drawn.energies.forEach((energy, index) => {
            parts[index] = (parts[index] ?? dec('0')).plus(energy);
          });
          balances = drawn.after;
        }
        const whole = blockEnergies(sum(bills.map((bill) => new Decimal(bill))), [dec('2760'), dec('4800'), null]);
        return whole.every((energy, index) => energy.equals(parts[index] ?? dec('-1')));
      }),
    );
  });
});

describe('yearly blocks with time of use', () => {
  const blocks = {
    limits: [dec('3120'), dec('4800'), null],
    prices: [
      { peak: dec('0.617'), valley: dec('0.307') },
      { peak: dec('0.677'), valley: dec('0.337') },
      { peak: dec('0.977'), valley: dec('0.487') },
    ],
    crossingIncrements: INCREMENTS,
  };
  const charge = (peak: string, valley: string, before: string): ReturnType<typeof chargeTimeOfUseBlocks> => chargeTimeOfUseBlocks({ peak: dec(peak), valley: dec(valley) }, dec(before), blocks);

  it('charge one increment for all periods in the month that crosses a limit', () => {
    // 200 × 0.617 + 120 × 0.307 + 200 × 0.05 = 123.40 + 36.84 + 10.00
    const month = charge('200', '120', '3000');
    expect(month.crossingMonth).toBe(true);
    expect(fen(month.amount)).toBe('170.24');
    expect(text(month.usedAfter)).toBe('3320');
  });

  it('charge the block’s own period prices from the next month on', () => {
    const month = charge('180', '90', '3320');
    expect(month.crossingMonth).toBe(false);
    // 121.86 + 30.33
    expect(fen(month.amount)).toBe('152.19');
    expect(fen(charge('100', '0', '4801').amount)).toBe('97.70');
  });

  it('cross both limits in one month where the energy is enough', () => {
    // 2000 × 0.617 + 1680 × 0.05 + 200 × 0.30 = 1234 + 84 + 60
    expect(fen(charge('2000', '0', '3000').amount)).toBe('1378.00');
  });

  it('count a month that starts exactly on a limit as the one that passes it, and one that ends there not', () => {
    expect(charge('120', '0', '3000').crossingMonth).toBe(false);
    expect(charge('1', '0', '3120').crossingMonth).toBe(true);
    expect(charge('0', '0', '3120').crossingMonth).toBe(false);
  });

  it('need a price for every period that was used', () => {
    expect(() => chargeTimeOfUseBlocks({ flat: dec('1') }, dec('0'), blocks)).toThrow(expect.objectContaining({ code: 'CHARGES.PRICE_MISSING' }));
  });
});
