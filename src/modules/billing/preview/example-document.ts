/** A household with a plain meter, as it is sent to be computed; the tariff is named by its content hash. */
export const DOCUMENT_EXAMPLE = {
  format: 'wattledger.calculation/1',
  accountNo: '1000000014',
  kind: 'periodic',
  period: { from: '2026-05-01', to: '2026-06-01' },
  billingMonth: '2026-05',
  tariffs: [{ hash: '9f2c1d4be0a87c35f61e0d2b9a4c7715e3d8f09a6b21c44d5e7f8091a2b3c4d5' }],
  terms: [
    {
      from: '2026-05-01',
      to: '2026-06-01',
      priceBook: 'guangdong',
      planId: 'residential',
      category: 'residential',
      voltage: 'below-1kv',
      chargeMethod: 'none',
      powerFactorStandard: 'none',
    },
  ],
  usagePoints: [
    {
      usagePointNo: '0001',
      kind: 'metered',
      role: 'billing',
      timeOfUse: false,
      meteringMode: 'low-low',
      meters: [
        {
          meterNo: '3140012345678',
          registers: [
            {
              register: 'total',
              dialDigits: 6,
              readings: [
                { on: '2026-05-01', reading: '300' },
                { on: '2026-06-01', reading: '950' },
              ],
            },
          ],
        },
      ],
    },
  ],
} as const;
