import { Injectable } from '@nestjs/common';
import { intersect, type LocalMonth, type Period } from '../../../core/calendar';
import { CALCULATION_FORMAT, type BlockState, type CalculationDocument } from '../../../core/bill';
import type { Tx } from '../../../platform/database';
import { type AccountForBilling, AccountsForBilling } from '../../customers';
import { type AccountCycle, type AccountMetering, LIVE_REVISION, MeteringForBilling, type MeteringScope } from '../../metering';
import { type TariffInForce, TariffsForBilling } from '../../tariff';
import { ConfirmationRepository } from '../inputs/confirmation.repository';
import { SharedAmountRepository } from '../inputs/shared-amount.repository';
import { openDays, supplyCircuitsOf, termsOf, transformersOf } from './account-parts';
import type { AccountException, AssembledAccount, AssembledInterval, AssembleRequest, BilledAccount } from './assembled';
import type { Batch } from './batch';
import { type BillsAround, continuedCycles, orderReasons, type Reason } from './bill-order';
import { blockStateOf } from './carried-inputs';
import { billedByCircuit, documentsByCircuit } from './circuit-documents';
import { frozenEnergyOf, kindOf, tariffsInForce } from './frozen-energy';
import { PreviousBillsRepository } from './previous-bills.repository';
import { UsagePointParts } from './usage-point-parts';

/** Whose inputs are read, and as of which revision. */
interface Reading {
  readonly scope: MeteringScope;
  readonly period: LocalMonth;
  readonly revision: string;
  readonly regular: ReadonlyMap<string, AccountCycle>;
  readonly instead: AssembleRequest['tariffsInstead'];
}

/**
 * Puts the calculation documents of many accounts together, with a number of statements that does not depend on how
 * many there are. What is missing makes the account an exception; nothing is guessed.
 */
@Injectable()
export class BillDocuments {
  constructor(
    private readonly accounts: AccountsForBilling,
    private readonly metering: MeteringForBilling,
    private readonly tariffs: TariffsForBilling,
    private readonly previousBills: PreviousBillsRepository,
    private readonly sharedAmounts: SharedAmountRepository,
    private readonly confirmations: ConfirmationRepository,
  ) {}

  /** Every requested account is there once: with its documents, or with each reason why there are none. */
  async assemble(tx: Tx, { accountIds, period, frozenRevision, trial = false, tariffsInstead }: AssembleRequest): Promise<AssembledInterval> {
    const revision = frozenRevision ?? LIVE_REVISION;
    const scope = await this.metering.scope(tx, { accountIds, frozenRevision: revision });
    const around = await this.billsAround(tx, scope.accountIds, period, revision, trial);
    const regular = await this.metering.cyclesFor(tx, scope.accountIds, period, revision);
    const continued = continuedCycles(regular, around);
    const found = await this.accounts.read(tx, { accountIds: scope.accountIds, ...span([...continued.values()]), frozenRevision: revision });
    const batch = await this.load(tx, { scope, period, revision, regular, instead: tariffsInstead }, found, around, continued);
    const asked = new Set(accountIds);
    const accounts = found.filter(({ accountId }) => asked.has(accountId));
    return { unknown: unknownAccounts(accountIds, found), accounts: assembleEach(accounts, batch) };
  }

  private async billsAround(tx: Tx, accountIds: readonly string[], period: LocalMonth, revision: string, trial: boolean): Promise<BillsAround> {
    const previous = await this.previousBills.before(tx, accountIds, period);
    const neverBilled = accountIds.filter((accountId) => !previous.has(accountId));
    const unbilledSince = await this.previousBills.unbilledSince(tx, neverBilled, period, revision);
    const inTheWay = await this.previousBills.inTheWay(tx, accountIds, period);
    return { period, previous, unbilledSince, inTheWay: trial ? inTheWay.filter((bill) => bill.period < period) : inTheWay };
  }

  private async load(
    tx: Tx,
    { scope, period, revision, regular, instead }: Reading,
    found: readonly AccountForBilling[],
    around: BillsAround,
    continued: ReadonlyMap<string, AccountCycle>,
  ): Promise<Batch> {
    const { accountIds } = scope;
    const cycles = openCycles(found, continued);
    const priceBooks = [...new Set(found.flatMap(({ terms }) => terms.map(({ priceBook }) => priceBook)))];
    const inForce = await this.tariffs.read(tx, { priceBooks, ...span([...cycles.values()]), frozenRevision: revision, instead });
    const tariffs = new Map<string, TariffInForce[]>();
    for (const tariff of inForce) tariffs.set(tariff.priceBook, [...(tariffs.get(tariff.priceBook) ?? []), tariff]);
    return {
      period,
      cycles,
      metering: await this.metering.read(tx, { accountIds: found.map(({ accountId }) => accountId), period, frozenRevision: revision, regularCycles: regular, cycles, scope, lastBilled: around.previous }),
      tariffs,
      byHash: new Map(inForce.map(({ contentHash, document }) => [contentHash, document])),
      previous: around.previous,
      held: orderReasons(around, cycles),
      accounts: new Map(found.map((account) => [account.accountId, account])),
      billedEnergy: await this.previousBills.energiesOf(tx, othersIn(scope), period),
      sharedAmounts: await this.sharedAmounts.forAccounts(tx, accountIds, period, revision),
      confirmed: await this.confirmations.forAccounts(tx, accountIds, period, revision),
    };
  }
}

/** The accounts whose points others of the batch depend on. */
function othersIn({ points }: MeteringScope): string[] {
  return [...new Set(points.flatMap(({ askerId, accountId }) => (askerId === accountId ? [] : [accountId])))];
}

/** The days of each cycle on which its account is open. */
function openCycles(found: readonly AccountForBilling[], continued: ReadonlyMap<string, AccountCycle>): Map<string, Period> {
  return new Map(
    found.flatMap((account) => {
      const cycle = continued.get(account.accountId);
      const days = cycle === undefined ? null : openDays(account, cycle);
      return days === null ? [] : [[account.accountId, days] as const];
    }),
  );
}

/** The days from the first to the last of all cycles; none of them where there are no cycles. */
function span(cycles: readonly Period[]): Period {
  let [{ from, to } = { from: '9999-01-01', to: '9999-01-01' }] = cycles;
  for (const cycle of cycles) {
    if (cycle.from < from) from = cycle.from;
    if (cycle.to > to) to = cycle.to;
  }
  return { from, to };
}

/** Accounts that were not recorded yet when the inputs were frozen. */
function unknownAccounts(accountIds: readonly string[], found: readonly AccountForBilling[]): AccountException[] {
  const known = new Set(found.map(({ accountId }) => accountId));
  const missing = accountIds.filter((accountId) => !known.has(accountId));
  return missing.map((accountId) => ({
    account: { accountId, accountNo: '', regionCode: '' },
    code: 'BILLING.ACCOUNT_NOT_IN_FORCE',
    subject: '',
    params: {},
  }));
}

function* assembleEach(found: readonly AccountForBilling[], batch: Batch): Generator<AssembledAccount | readonly AccountException[]> {
  for (const account of found) yield assembleOne(account, batch);
}

function assembleOne(found: AccountForBilling, batch: Batch): AssembledAccount | AccountException[] {
  const account: BilledAccount = { accountId: found.accountId, accountNo: found.accountNo, regionCode: found.regionCode };
  const refuse = (...reasons: readonly Reason[]): AccountException[] => reasons.map((reason) => ({ account, ...reason }));
  const period = batch.cycles.get(found.accountId);
  const metering = batch.metering.get(found.accountId);
  const held = batch.held.get(found.accountId) ?? [];
  if (held.length > 0) return refuse(...held);
  if (period === undefined || metering === undefined) return refuse({ code: 'BILLING.CYCLE_MISSING', subject: '', params: { period: batch.period } });
  const terms = termsOf(found, period);
  if (terms.length === 0) return refuse({ code: 'BILLING.TERMS_MISSING', subject: '', params: { from: period.from, to: period.to } });
  if (metering.usagePoints.length === 0) return refuse({ code: 'BILLING.USAGE_POINT_MISSING', subject: '', params: { from: period.from, to: period.to } });
  const { points, problems } = new UsagePointParts(metering, terms, batch.confirmed, (point) => frozenEnergyOf(point, batch));
  if (problems.length > 0) return refuse(...problems);
  const inForce = tariffsInForce(terms, period, batch);
  const transformers = transformersOf(found, period);
  const supplyCircuits = supplyCircuitsOf(found, period);
  const sharedAmounts = batch.sharedAmounts.get(found.accountId) ?? [];
  const blocks = blocksOf(found, period, inForce, batch);
  const history = usualOf(metering, points);
  const document: CalculationDocument = {
    format: CALCULATION_FORMAT,
    accountNo: found.accountNo,
    kind: kindOf(found, period),
    period,
    billingMonth: batch.period,
    tariffs: [...new Set(inForce.map(({ contentHash }) => contentHash))].map((hash) => ({ hash })),
    terms,
    ...(transformers.length === 0 ? {} : { transformers }),
    ...(supplyCircuits.length === 0 ? {} : { supplyCircuits }),
    usagePoints: points,
    ...(sharedAmounts.length === 0 ? {} : { sharedAmounts }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(history === undefined ? {} : { history }),
  };
  const { documents, reasons } = billedByCircuit(found, period, inForce) ? documentsByCircuit(document, found) : { documents: [document], reasons: [] };
  if (reasons.length > 0) return refuse(...reasons);
  const confirmed = batch.confirmed(found.accountId);
  return { documents: documents.map((each) => ({ account, document: each, tariffs: batch.byHash, confirmed })) };
}

/** The state of the residential blocks, where the plan at the end of the cycle has any. */
function blocksOf(account: AccountForBilling, period: Period, inForce: readonly TariffInForce[], batch: Batch): BlockState | undefined {
  const terms = account.terms.filter((each) => intersect(period, each) !== null).at(-1);
  const tariff = inForce.filter(({ priceBook }) => priceBook === terms?.priceBook).at(-1);
  const blocks = tariff?.document.plans.find(({ planId }) => planId === terms?.planId)?.blocks;
  if (terms === undefined || blocks === undefined) return undefined;
  return blockStateOf(blocks, terms, batch.previous.get(account.accountId), batch.period);
}

function usualOf({ usagePoints }: AccountMetering, points: CalculationDocument['usagePoints']): CalculationDocument['history'] {
  const usual = new Map(usagePoints.map(({ usagePointNo, usualDailyKwh }) => [usagePointNo, usualDailyKwh]));
  const known = points.flatMap(({ usagePointNo, partOf }) => {
    const daily = usual.get(partOf?.usagePointNo ?? usagePointNo);
    return typeof daily === 'string' ? [[usagePointNo, daily] as const] : [];
  });
  return known.length === 0 ? undefined : { dailyEnergyKwh: Object.fromEntries(known) };
}
