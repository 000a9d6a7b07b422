/** A line of an account import, as the contract shows it. */
export const IMPORT_EXAMPLE = `${JSON.stringify({
  externalReference: 'LEGACY-00017',
  openedOn: '2019-05-01',
  customer: {
    kind: 'organisation',
    name: '申江精密机械有限公司',
    identity: { kind: 'unified-social-credit-code', number: '91310115MA1K4XXY0N' },
    phone: '02158991234',
  },
  premise: { regionCode: 'CN-SH', address: '上海市浦东新区金桥路1288号' },
  terms: [
    {
      category: 'large-industrial',
      voltage: '1-10kv',
      priceBook: 'shanghai',
      planId: 'industrial-commercial-two-part',
      chargeMethod: 'capacity',
      approvedCapacityKva: '800',
      powerFactorStandard: '0.90',
    },
  ],
  transformers: [
    {
      transformerNo: 'T1',
      ownership: 'own',
      capacityKva: '800',
      model: 'S11-M-800/10',
      loss: { method: 'formula', noLoadLossKw: '0.98', loadLossKw: '7.5', noLoadCurrentPercent: '1.0', impedanceVoltagePercent: '4.5' },
      states: [{ state: 'running' }, { state: 'suspended', validFrom: '2026-02-01' }, { state: 'running', validFrom: '2026-03-10' }],
    },
  ],
  supplyCircuits: [{ supplyCircuitNo: 'L1', kind: 'main', voltage: '1-10kv', approvedCapacityKva: '800' }],
})}\n`;
