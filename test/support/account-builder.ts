import type { ImportedAccount } from '../../src/modules/customers';
import type { TestApp } from './app';

/** Terms of an ordinary household. */
export const householdTerms = {
  category: 'residential',
  voltage: 'below-1kv',
  priceBook: 'shanghai',
  planId: 'residential',
  chargeMethod: 'none',
  powerFactorStandard: 'none',
} as const;

/** Terms of a factory that is charged by capacity. */
export const factoryTerms = {
  category: 'large-industrial',
  voltage: '1-10kv',
  priceBook: 'shanghai',
  planId: 'industrial-commercial-two-part',
  chargeMethod: 'capacity',
  approvedCapacityKva: '800',
  powerFactorStandard: '0.90',
} as const;

/** One line of an account import; parts can be replaced. */
export function accountLine(externalReference: string, changes: Partial<ImportedAccount> = {}): ImportedAccount {
  return {
    externalReference,
    openedOn: '2025-01-01',
    customer: { kind: 'person', name: `住户${externalReference}`, phone: '13816542079' },
    premise: { regionCode: 'CN-SH', address: `上海市徐汇区天平路${externalReference}号` },
    terms: [{ ...householdTerms }],
    ...changes,
  };
}

/** An open account over HTTP: customer, premise, account with its first terms. */
export async function openAccount(app: TestApp, terms: object = householdTerms, openedOn = '2025-01-01'): Promise<{ accountId: string; accountNo: string; customerId: string }> {
  const clerk = await app.as('clerk');
  const customer = await app.http.post('/v1/customers').set(clerk).send({ kind: 'person', name: '王秀兰', phone: '13816542079' });
  const premise = await app.http.post('/v1/premises').set(clerk).send({ regionCode: 'CN-SH', address: '上海市徐汇区天平路188弄7号602室' });
  const { customerId } = customer.body as { customerId: string };
  const { premiseId } = premise.body as { premiseId: string };
  const account = await app.http.post('/v1/accounts').set(clerk).send({ customerId, premiseId, openedOn, terms });
  if (account.status !== 201) throw new Error(`the account was not opened: ${JSON.stringify(account.body)}`);
  return { ...(account.body as { accountId: string; accountNo: string }), customerId };
}
