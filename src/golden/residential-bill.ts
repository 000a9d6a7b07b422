import { Bill, computeBill } from '../core/bill';
import { blockEnergies } from '../core/charges';
import { dec, Decimal, sum, text, ZERO } from '../core/quantity';
import { BillCase, billDocument } from './bill-document';
import { amountOf, policiesOf } from './bill-policies';
import type { Json } from './case-policy';
import { CaseProblem } from './problems';
import { Scope } from './scope';

interface Block {
  readonly upToKwh: string | null;
  readonly incrementPerKwh: string;
  readonly pricePerKwh: Decimal | null;
}

function readBlocks(scope: Scope): Block[] {
  const blocks = scope.list('blocks');
  if (blocks === undefined) throw new CaseProblem('blocks is missing');
  const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
  return blocks.map((block) => ({
    upToKwh: textOf(block['upToKwh']),
    incrementPerKwh: textOf(block['incrementPerKwh']) ?? '0',
    pricePerKwh: typeof block['pricePerKwh'] === 'string' ? dec(block['pricePerKwh']) : null,
  }));
}

/** Blocks that state prices and no increments can mean one method only. */
function stateOwnPrices(scope: Scope): boolean {
  const blocks = scope.list('blocks') ?? [];
  return blocks.length > 0 && blocks.every((block) => block['pricePerKwh'] !== undefined && block['incrementPerKwh'] === undefined);
}

/** Monthly residential blocks as a bill of one month. */
export function residentialBlockMonthly(scope: Scope): void {
  const blocks = readBlocks(scope);
  const method = scope.policy.choice('blockMethod', ['base-plus-increment', 'per-block-price'], stateOwnPrices(scope) ? 'per-block-price' : 'base-plus-increment');
  const energies = { total: scope.need('activeBilledEnergyKwh', 'activeEnergyKwh') };
  const base = scope.find('basePricePerKwh') ?? blocks[0]?.pricePerKwh ?? ZERO;
  const priceOf = (block: Block): string => text(block.pricePerKwh ?? base.plus(dec(block.incrementPerKwh)));
  const stated: BillCase = {
    energies,
    components: new Map([['energy', { total: base }]]),
    funds: new Map(),
    fundsPlacement: 'on-top',
    standard: 'none',
    residential: {
      period: 'month',
      method,
      crossingMonth: 'none',
      scales: [
        {
          blocks: blocks.map((block) => ({
            upToKwh: block.upToKwh,
            ...(method === 'base-plus-increment'
              ? { incrementPerKwh: block.incrementPerKwh }
              : { prices: [{ voltages: ['1-10kv' as const], pricePerKwh: { total: priceOf(block) } }] }),
          })),
        },
      ],
    },
    policies: policiesOf(scope, energies),
  };
  putBlocks(scope, blocks, computeBill(billDocument(stated, scope)), method);
}

function putBlocks(scope: Scope, blocks: readonly Block[], bill: Bill, method: 'base-plus-increment' | 'per-block-price'): void {
  const limits = blocks.map((block) => (block.upToKwh === null ? null : dec(block.upToKwh)));
  blockEnergies(scope.need('activeBilledEnergyKwh', 'activeEnergyKwh'), limits).forEach((energy, index) => {
    const item = `block-${index + 1}`;
    const lines = bill.lines.filter((line) => line.item === item);
    scope.energy(`block${index + 1}EnergyKwh`, energy);
    scope.money(`block${index + 1}Charge`, sum(lines.map((line) => dec(line.amount))));
  });
  if (method === 'base-plus-increment') scope.money('baseCharge', amountOf(bill.lines, 'energy-charge'));
  scope.money('totalCharge', dec(bill.totals.totalAmount));
}
