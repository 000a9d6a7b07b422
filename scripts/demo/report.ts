import { explanationText, type BillExplanation } from '../../src/core/bill';
import type { ApiClient } from './api-client';
import type { BilledMonth } from './bill-month';

export interface DemoResult extends BilledMonth {
  readonly seconds: number;
}

type Say = (text: string) => void;

/** Counts, amounts by category, and exceptions by code. */
export function printSummary({ accounts, billed, excluded, exceptions, total, seconds, byCategory, byCode }: DemoResult, say: Say): void {
  say('');
  say(`${accounts} accounts: ${billed} billed, ${excluded} left out, ${exceptions} exceptions; ${total} yuan; ${seconds} s in all`);
  say('');
  say(row('category', 'accounts', 'kWh', 'yuan'));
  for (const each of byCategory) say(row(each.key, String(each.accounts), each.energyKwh, each.amount));
  if (byCode.length > 0) {
    say('');
    say('exceptions by code');
    for (const each of byCode) say(`  ${each.code.padEnd(44)} ${each.accounts}`);
  }
}

/** One factory's bill with its explanation. */
export async function printBill(operator: ApiClient, billNo: string | undefined, say: Say): Promise<void> {
  if (billNo === undefined) return;
  say('');
  say(`Bill ${billNo}`);
  say(explanationText(await operator.get<BillExplanation>(`/bills/${billNo}/explanation`)));
}

export interface WhereToGo {
  readonly address: string;
  readonly operatorToken: string;
  readonly supervisorToken: string;
  readonly database: string;
}

/** Addresses and tokens for whoever wants to look around. */
export function printWhereToGo({ address, operatorToken, supervisorToken, database }: WhereToGo, say: Say): void {
  say('');
  say(`API            ${address}/v1`);
  say(`documentation  ${address}/docs`);
  say(`operator       ${operatorToken}`);
  say(`supervisor     ${supervisorToken}`);
  say(`commands       EMBEDDED_DATABASE=${database} npm run ops -- --help`);
  say('Ctrl-C stops everything; the next demo starts afresh.');
  say('');
}

function row(name: string, ...figures: readonly string[]): string {
  return `  ${name.padEnd(32)}${figures.map((figure) => figure.padStart(16)).join('')}`;
}
