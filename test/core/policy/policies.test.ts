import { completeOrder, DEFAULT_POLICIES, POLICY_KEYS, POLICY_SCHEMA, policyProblems, resolvePolicies } from '../../../src/core/policy';

describe('policies', () => {
  it('have a default that their own schema allows, and a meaning in both languages', () => {
    expect(policyProblems(DEFAULT_POLICIES)).toEqual([]);
    for (const key of POLICY_KEYS) expect(`${POLICY_SCHEMA[key].zh}${POLICY_SCHEMA[key].en}`.length).toBeGreaterThan(8);
  });

  it('are laid over each other, the later layer wins', () => {
    expect(resolvePolicies([{ energyDecimals: 2, tolerancePercent: '110' }, undefined, { energyDecimals: 1 }])).toMatchObject({ energyDecimals: 1, tolerancePercent: '110', moneyDecimals: 2 });
  });

  it('refuse an unknown key and a value that is not allowed, saying what is', () => {
    expect(policyProblems({ energyDecimal: 2 })).toMatchObject([{ code: 'POLICY.UNKNOWN', path: '/policies/energyDecimal' }]);
    expect(policyProblems({ energyDecimals: 5, deductionOrder: ['fixed-ratio', 'fixed-ratio'], tolerancePercent: '99', loadRateDiscountFrom: '2023-02-30', lossDecimals: null, capacityDayRule: null })).toEqual([
      { code: 'POLICY.INVALID', path: '/policies/energyDecimals', allowed: 'whole number 0 to 4' },
      { code: 'POLICY.INVALID', path: '/policies/deductionOrder', allowed: 'each at most once: sub-meter, fixed-quantity, fixed-ratio' },
      { code: 'POLICY.INVALID', path: '/policies/tolerancePercent', allowed: 'decimal text 100 to 200' },
      { code: 'POLICY.INVALID', path: '/policies/loadRateDiscountFrom', allowed: 'YYYY-MM-DD or null' },
      { code: 'POLICY.INVALID', path: '/policies/capacityDayRule', allowed: '1996-thirtieth | 2024-calendar-days | by-date' },
    ]);
    expect(policyProblems([])).toMatchObject([{ code: 'POLICY.INVALID', allowed: 'object' }]);
    expect(() => resolvePolicies([{ moneyDecimals: 3 }])).toThrow('POLICY.INVALID');
  });

  it('complete an order that names only some', () => {
    expect(completeOrder(['peak'], ['flat', 'peak', 'valley'])).toEqual(['peak', 'flat', 'valley']);
  });
});
