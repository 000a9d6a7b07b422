import { faultCode, isOfTheMoment } from '../../src/modules/billing/runs/intervals/interval-fault';

const database = (code: string): Error => Object.assign(new Error('refused'), { driverError: { code } });
const network = (code: string): Error => Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code });

describe('what a fault of an interval says', () => {
  it.each(['08006', '40001', '40P01', '53100', '53300', '55P03', '57P01', '57P03', '58030'])('%s of the database passes by itself and uses up no attempt', (code) => {
    expect([isOfTheMoment(database(code)), faultCode(database(code))]).toEqual([true, `SQLSTATE.${code}`]);
  });

  it.each(['57014', '53200', '54000', '22012', '23514', '42P01', 'XX000'])('%s of the database may come from the accounts, and counts', (code) => {
    expect([isOfTheMoment(database(code)), faultCode(database(code))]).toEqual([false, `SQLSTATE.${code}`]);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'])('%s of the network passes by itself', (code) => {
    expect([isOfTheMoment(network(code)), faultCode(network(code))]).toEqual([true, code]);
  });

  it.each(['Connection terminated unexpectedly', 'Client has encountered a connection error and is not queryable', 'Query runner already released. Cannot run queries anymore.'])('"%s" is a lost connection', (words) => {
    expect([isOfTheMoment(new Error(words)), faultCode(new Error(words))]).toEqual([true, 'CONNECTION_LOST']);
  });

  it('a fault of ours counts, also where it speaks of a connection or of time', () => {
    for (const words of ["Cannot read properties of undefined (reading 'connection')", 'no timeout is known for this tariff']) {
      expect([isOfTheMoment(new TypeError(words)), faultCode(new TypeError(words))]).toEqual([false, 'BILLING.UNEXPECTED']);
    }
  });
});
