import { computeBill } from '../../../src/core/bill';
import { TariffDocument } from '../../../src/core/tariff';
import { dial, documentOf, JUNE, meter, plainPlan, point, statedPoint, tariffOf, termsOf, timeOfUsePlan } from '../../builders/bill-documents';
import { shownFigures, shownFindings, shownLines } from '../../builders/shown-bill';

const NAMELESS = { zh: '', en: '' };

describe('a two-part bill with losses, sub-meters, shared amounts, levies and power factor', () => {
  const plan = timeOfUsePlan('1.2', '0.8', '0.4', {
    parts: 'two-part',
    basicPrices: [{ voltages: ['1-10kv'], capacityPricePerKvaMonth: '20' }],
    addOns: [{ name: 'extra', title: NAMELESS, pricePerKwh: '0.01', energyBase: 'billed-without-transformer-loss' }],
  });
  const tariff = tariffOf([plan, plainPlan('0.5')], {
    surcharges: [
      { name: 'fund', title: NAMELESS, pricePerKwh: '0.02', placement: 'on-top', kind: 'fund', planIds: ['time-of-use'] },
      { name: 'levy', title: NAMELESS, pricePerKwh: '0.001', placement: 'on-top', kind: 'surcharge', energyBase: { of: 'categories', categories: ['large-industrial', 'agriculture'] } },
      { name: 'inside', title: NAMELESS, pricePerKwh: '0.003', placement: 'inside', kind: 'fund', inPowerFactorBase: true, planIds: ['time-of-use'] },
    ],
  });
  const registers = [dial('total', '0', '100'), dial('peak', '0', '40'), dial('valley', '0', '20'), dial('reactive-forward', '0', '40'), dial('reactive-reverse', '0', '5'), dial('maximum-demand', '0', '2')];
  const document = documentOf(tariff, {
    account: { planId: 'time-of-use', category: 'large-industrial', chargeMethod: 'capacity', powerFactorStandard: '0.90', approvedCapacityKva: '500' },
    usagePoints: [
      statedPoint({ total: '200' }, { usagePointNo: '0003', planId: 'plain', category: 'agriculture', parents: ['0001'], lightingConnection: 'parallel' }),
      point({ timeOfUse: true, transformerNo: 'T1', meteringMode: 'high-low', meters: [meter(registers, { ct: [100, 10] })] }),
      statedPoint({ total: '7' }, { usagePointNo: '0009', role: 'check' }),
    ],
    transformers: [
      { transformerNo: 'T2', ownership: 'own', capacityKva: '200', states: [{ from: '2026-06-01', to: '2026-06-11', state: 'running' }, { from: '2026-06-11', to: '2026-07-01', state: 'suspended' }] },
      { transformerNo: 'T1', ownership: 'own', capacityKva: '300', states: [{ ...JUNE, state: 'running' }], loss: { method: 'percentage', activePercent: '5', reactivePercent: '10' } },
      { transformerNo: 'T3', ownership: 'public', capacityKva: '900', states: [{ ...JUNE, state: 'running' }] },
    ],
    sharedAmounts: [{ name: 'water', title: NAMELESS, amount: '12.345', inPowerFactorBase: false }, { name: 'lift', title: NAMELESS, amount: '10' }],
  });
  const bill = computeBill(document);

  it('says of every line what it is, and adds up', () => {
    /*
     * Point 1: total 1000, peak 400, valley 200, flat 400; the sub-meter takes its 200 from flat: 200.
     * Loss 5 % of 800 = 40: peak 20, valley 10, flat 10 → 420, 210, 210; reactive 450 + 10 % = 495.
     * Point 3: 200 × 0.5. T1: 300 × 20; T2: 200 × 20 × 10/30 = 1333.333…
     * Add-on: (840 − 40) × 0.01. Base: 504 + 168 + 84 + 8 + 6000 + 1333.33 + 10 = 8107.33, the lighting not.
     * Factor: 840 ÷ √(840² + 495²) = 840 ÷ 975 = 0.861538 → 0.86: + 2 %.
     */
    expect(shownLines(bill)).toEqual([
      '1 energy-charge energy 0001 peak all: 420 kWh × 1.2 = 504 → 504.00 | energy-charge | point:0001:billed:peak',
      '2 energy-charge energy 0001 flat all: 210 kWh × 0.8 = 168 → 168.00 | energy-charge | point:0001:billed:flat',
      '3 energy-charge energy 0001 valley all: 210 kWh × 0.4 = 84 → 84.00 | energy-charge | point:0001:billed:valley',
      '4 add-on-charge extra 0001: 800 kWh × 0.01 = 8 → 8.00 | add-on-charge | point:0001:billed',
      '5 energy-charge energy 0003 total: 200 kWh × 0.5 = 100 → 100.00 | energy-charge | point:0003:billed:total',
      '6 capacity-charge T1: 300 kVA-month × 20 = 6000 → 6000.00 | capacity-charge | capacity:T1',
      '7 capacity-charge T2: 66.6667 kVA-month × 20 = 1333.333333333333 → 1333.33 | capacity-charge | capacity:T2',
      '8 shared-amount lift: 1 item × 10 = 10 → 10.00 | shared-amount | document:sharedAmounts',
      '9 shared-amount water: 1 item × 12.345 = 12.345 → 12.35 | shared-amount | document:sharedAmounts',
      '10 power-factor-adjustment standard-0.90: 8107.33 yuan × 0.02 = 162.1466 → 162.15 | power-factor-charge | power-factor:0.90, power-factor-base:0.90',
      '11 fund fund 0001 peak: 420 kWh × 0.02 = 8.4 → 8.40 | surcharges | point:0001:billed:peak',
      '12 fund fund 0001 flat: 210 kWh × 0.02 = 4.2 → 4.20 | surcharges | point:0001:billed:flat',
      '13 fund fund 0001 valley: 210 kWh × 0.02 = 4.2 → 4.20 | surcharges | point:0001:billed:valley',
      '14 surcharge levy total: 1040 kWh × 0.001 = 1.04 → 1.04 | surcharges | point:0001:billed, point:0003:billed, point:0009:billed',
    ]);
    // 504 + 168 + 84 + 8 + 100 + 6000 + 1333.33 + 10 + 12.35 + 162.15 + 8.40 + 4.20 + 4.20 + 1.04; ÷ 1.13 = 7433.336…
    expect(bill.totals).toEqual({
      totalAmount: '8399.67', netAmount: '7433.34', taxAmount: '966.33', taxRatePercent: '13', fundsAmount: '16.80', activeBilledEnergyKwh: '1040', averagePricePerKwh: '8.0766',
      byGroup: { 'energy-charge': '856.00', 'add-on-charge': '8.00', 'capacity-charge': '7333.33', 'shared-amount': '22.35', 'power-factor-adjustment': '162.15', fund: '16.80', surcharge: '1.04' },
      insideFunds: [{ name: 'inside', label: NAMELESS, energyKwh: '840', pricePerKwh: '0.003', amount: '2.52' }],
    });
  });

  it('shows every working', () => {
    expect(shownFigures(bill)).toEqual([
      'point:0001:meter:M1:total = 1000 kWh | register-consumption | start 0, end 100, multiplier 10',
      'point:0001:meter:M1:peak = 400 kWh | register-consumption | start 0, end 40, multiplier 10',
      'point:0001:meter:M1:valley = 200 kWh | register-consumption | start 0, end 20, multiplier 10',
      'point:0001:meter:M1:reactive-forward = 400 kvarh | register-consumption | start 0, end 40, multiplier 10',
      'point:0001:meter:M1:reactive-reverse = 50 kvarh | register-consumption | start 0, end 5, multiplier 10',
      'point:0001:maximum-demand = 20 kW | register-consumption |',
      'point:0001:after-deduction = 800 kWh | sub-meter-deduction | gross 1000',
      'transformer:T1:active-loss = 40 kWh | transformer-loss-percentage | method percentage, activeKwh 800, reactiveKvarh 450, runningDays 30',
      'transformer:T1:reactive-loss = 45 kvarh | transformer-loss-percentage | method percentage, activeKwh 800, reactiveKvarh 450, runningDays 30',
      'point:0001:transformer-loss:peak = 20 kWh | period-loss-share | loss 40',
      'point:0001:transformer-loss:valley = 10 kWh | period-loss-share | loss 40',
      'point:0001:transformer-loss:flat = 10 kWh | period-loss-share | loss 40',
      'point:0001:billed:peak = 420 kWh | billed-energy | metered 400',
      'point:0001:billed:flat = 210 kWh | billed-energy | metered 400, difference 1000 − 400 − 200',
      'point:0001:billed:valley = 210 kWh | billed-energy | metered 200',
      'point:0003:billed:total = 200 kWh | billed-energy | metered 200',
      'capacity:T1 = 300 kVA | capacity-charge | capacityKva 300, serviceDays 30, suspendedDays 0, dayBasis 30, shareWhileSuspended 0',
      'capacity:T2 = 66.6667 kVA | capacity-charge | capacityKva 200, serviceDays 10, suspendedDays 20, dayBasis 30, shareWhileSuspended 0',
      'power-factor:0.90 = 0.86 ratio | power-factor | activeKwh 840, reactiveKvarh 495, raw 0.861538, standard 0.90, ratePercent 2',
      'power-factor-base:0.90 = 8107.33 yuan | power-factor-charge | energy-charge 756.00, add-on-charge 8.00, capacity-charge 7333.33, shared-amount 10.00, ratePercent 2',
    ]);
    expect(shownFindings(bill)).toEqual([]);
    expect(bill.segments).toEqual([{ segment: 1, ...JUNE, tariffHash: document.tariffs[0]?.hash, priceBook: 'book', tariffVersion: '1', planId: 'time-of-use', season: 'all' }]);
    expect(bill.carried).toEqual({
      pointEnergy: [
        { usagePointNo: '0001', meteredKwh: { peak: '400', flat: '400', valley: '200' }, billedKwh: { peak: '420', flat: '210', valley: '210' }, billedReactiveKvarh: '495' },
        { usagePointNo: '0003', meteredKwh: { total: '200' }, billedKwh: { total: '200' }, billedReactiveKvarh: '0' },
        { usagePointNo: '0009', meteredKwh: { total: '7' }, billedKwh: { total: '7' }, billedReactiveKvarh: '0' },
      ],
    });
  });
});

describe('a bill whose cycle is cut', () => {
  const basicPrices = [{ voltages: ['1-10kv' as const], capacityPricePerKvaMonth: '20', demandPricePerKwMonth: '30' }];
  const version = (price: string, more: Partial<TariffDocument>): TariffDocument =>
    tariffOf([plainPlan(price, { parts: 'two-part', basicPrices, addOns: [{ name: 'extra', title: NAMELESS, pricePerKwh: '0.1', energyBase: 'billed-without-transformer-loss' }] })], { surcharges: [{ name: 'inside', title: NAMELESS, pricePerKwh: '0.003', placement: 'inside', kind: 'fund' }], ...more });
  const versions = [version('0.5', { validTo: '2026-06-11' }), version('0.8', { version: '2', validFrom: '2026-06-11' })];

  it('bears capacity by days, and shows each segment', () => {
    const transformers = [{ transformerNo: 'T1', ownership: 'own' as const, capacityKva: '100', loss: { method: 'given' as const, activeLossKwh: '30' }, states: [{ from: '2026-06-01', to: '2026-06-21', state: 'running' as const }, { from: '2026-06-21', to: '2026-07-01', state: 'suspended' as const, suspendedUntil: '2026-07-10' }] }];
    const bill = computeBill(documentOf(versions, { transformers, account: { chargeMethod: 'capacity' }, usagePoints: [statedPoint({ total: '300' }, { transformerNo: 'T1', meteringMode: 'high-low' })] }));
    // 330 kWh: 10 days 110, 20 days 220; loss 10 and 20. The suspension is 19 days long: nothing for it, so 10 of 20 charged days each
    // 100 kVA × 20/30 = 66.6667 kVA-months, of which half: 33.3333 × 20 = 666.666…
    expect(shownLines(bill)).toEqual([
      '1 energy-charge energy 0001 total segment 1: 110 kWh × 0.5 = 55 → 55.00 | energy-charge | point:0001:billed:total',
      '2 add-on-charge extra 0001 segment 1: 100 kWh × 0.1 = 10 → 10.00 | add-on-charge | point:0001:billed',
      '3 energy-charge energy 0001 total segment 2: 220 kWh × 0.8 = 176 → 176.00 | energy-charge | point:0001:billed:total',
      '4 add-on-charge extra 0001 segment 2: 200 kWh × 0.1 = 20 → 20.00 | add-on-charge | point:0001:billed',
      '5 capacity-charge T1 segment 1: 33.3333 kVA-month × 20 = 666.666666666667 → 666.67 | capacity-charge | capacity:T1',
      '6 capacity-charge T1 segment 2: 33.3333 kVA-month × 20 = 666.666666666667 → 666.67 | capacity-charge | capacity:T1',
    ]);
    expect(shownFigures(bill)).toEqual([
      'transformer:T1:active-loss = 30 kWh | transformer-loss-given | method given, activeKwh 300, reactiveKvarh 0, runningDays 20',
      'transformer:T1:reactive-loss = 0 kvarh | transformer-loss-given | method given, activeKwh 300, reactiveKvarh 0, runningDays 20',
      'point:0001:segment:1:total = 110 kWh | tariff-version-by-days | energy 330, days 10, from 2026-06-01, to 2026-06-11',
      'point:0001:segment:2:total = 220 kWh | tariff-version-by-days | energy 330, days 20, from 2026-06-11, to 2026-07-01',
      'point:0001:billed:total = 330 kWh | billed-energy | metered 300',
      'capacity:T1 = 66.6667 kVA | capacity-charge | capacityKva 100, serviceDays 20, suspendedDays 10, dayBasis 30, shareWhileSuspended 0',
    ]);
    expect(bill.totals.insideFunds).toEqual([{ name: 'inside', label: NAMELESS, energyKwh: '330', pricePerKwh: '0.003', amount: '0.99' }]);
    expect(bill.segments.map(({ segment, from, to, tariffVersion, season }) => [segment, from, to, tariffVersion, season])).toEqual([[1, '2026-06-01', '2026-06-11', '1', null], [2, '2026-06-11', '2026-07-01', '2', null]]);
  });

  it('bears demand by days, by the readings what they tell, and the factor of each standard', () => {
    const register = { register: 'total' as const, readings: [{ on: '2026-06-01', reading: '0' }, { on: '2026-06-11', reading: '80' }, { on: '2026-07-01', reading: '100' }] };
    const registers = [register, dial('reactive-forward', '0', '48.43'), dial('maximum-demand', '0', '60')];
    const terms = [termsOf({ to: '2026-06-11', chargeMethod: 'contract-demand', contractDemandKw: '50', approvedCapacityKva: '100', powerFactorStandard: '0.85' }), termsOf({ from: '2026-06-11', chargeMethod: 'actual-demand', approvedCapacityKva: '100', powerFactorStandard: '0.90' })];
    const bill = computeBill(documentOf(versions, { terms, usagePoints: [point({ meters: [meter(registers)] })] }));
    /*
     * 50 kW and 60 − 52.5 = 7.5 kW of excess for 10 of 30 days, then 60 kW for 20 days: 16.6667 × 30 = 500, 2.5 × 60 = 150, 40 × 30 = 1200.
     * cos φ: 100 ÷ √(100² + 48²) = 0.9015 → 0.90. Standard 0.85: −0.5 % of 80 × (0.5 − 0.003) + 8 + 500 + 150 = 697.76; 0.90: nothing of 15.94 + 2 + 1200.
     */
    expect(shownLines(bill)).toEqual([
      '1 energy-charge energy 0001 total segment 1: 80 kWh × 0.5 = 40 → 40.00 | energy-charge | point:0001:billed:total',
      '2 add-on-charge extra 0001 segment 1: 80 kWh × 0.1 = 8 → 8.00 | add-on-charge | point:0001:billed',
      '3 energy-charge energy 0001 total segment 2: 20 kWh × 0.8 = 16 → 16.00 | energy-charge | point:0001:billed:total',
      '4 add-on-charge extra 0001 segment 2: 20 kWh × 0.1 = 2 → 2.00 | add-on-charge | point:0001:billed',
      '5 demand-charge account segment 1: 16.6667 kW-month × 30 = 500 → 500.00 | demand-charge-contract | demand:account',
      '6 demand-charge account:excess segment 1: 2.5 kW-month × 60 = 150 → 150.00 | demand-charge-contract | demand:account',
      '7 demand-charge account segment 2: 40 kW-month × 30 = 1200 → 1200.00 | demand-charge-actual | demand:account',
      '8 power-factor-adjustment standard-0.85 segment 1: 697.76 yuan × -0.005 = -3.4888 → -3.49 | power-factor-charge | power-factor:0.85, power-factor-base:0.85',
    ]);
    expect(shownFigures(bill).filter((each) => !each.includes('meter:'))).toEqual([
      'point:0001:maximum-demand = 60 kW | register-consumption |',
      'point:0001:segment:1:total = 80 kWh | split-by-readings | energy 100, days 10, from 2026-06-01, to 2026-06-11',
      'point:0001:segment:2:total = 20 kWh | split-by-readings | energy 100, days 20, from 2026-06-11, to 2026-07-01',
      'point:0001:billed:total = 100 kWh | billed-energy | metered 100',
      'demand:account = 60 kW | maximum-demand | contractDemandKw 50, months 0.33333333',
      'power-factor:0.90 = 0.9 ratio | power-factor | activeKwh 100, reactiveKvarh 48, raw 0.901523, standard 0.90, ratePercent 0',
      'power-factor-base:0.90 = 1217.94 yuan | power-factor-charge | energy-charge 15.94, add-on-charge 2.00, demand-charge 1200.00, ratePercent 0',
      'power-factor:0.85 = 0.9 ratio | power-factor | activeKwh 100, reactiveKvarh 48, raw 0.901523, standard 0.85, ratePercent -0.5',
      'power-factor-base:0.85 = 697.76 yuan | power-factor-charge | energy-charge 39.76, add-on-charge 8.00, demand-charge 650.00, ratePercent -0.5',
    ]);
  });
});
