import { Injectable } from '@nestjs/common';
import type { Bill } from '../../../core/bill/bill';
import type { Actor } from '../../../platform/auth';
import type { Language } from '../../../platform/errors';
import { decodeCursor, type Page, pageFrom } from '../../../platform/http';
import { BillAccess } from './bill-access';
import { type BillHead, BillReader, type StoredDocument } from './bill-reader';
import { toBill, toBillView, toSummary } from './bill-views';
import type { BillListQuery } from './dto/bill-list.query';
import type { BillSummaryView } from './dto/bill-summary.view';
import type { BillView } from './dto/bill.view';
import { billPage } from './page/bill-page';

const MONTH = /^\d{4}-\d{2}$/;
const ID = /^\d{1,10}$/;

/** A stored bill as a whole. */
export interface LoadedBill {
  readonly head: BillHead;
  readonly bill: Bill;
  readonly stored: StoredDocument;
}

/** Shows stored bills, in lists, as data and as a page, to those who may see them. */
@Injectable()
export class ReadBills {
  constructor(
    private readonly reader: BillReader,
    private readonly access: BillAccess,
  ) {}

  /** One page of bills, the latest period first. */
  async list(actor: Actor, query: BillListQuery): Promise<Page<BillSummaryView>> {
    const cursor = decodeCursor(query.cursor, 2, (value, index) => (index === 0 ? MONTH : ID).test(value));
    const scope = this.access.scope(actor);
    if (scope === null) return { items: [], nextCursor: null };
    const [period, billId] = cursor ?? [];
    const rows = await this.reader.list({
      accountIds: await this.reader.accountIds(query.accountNo, scope.customerId),
      period: query.period,
      runId: query.runId,
      withUnreleased: scope.withUnreleased,
      after: period === undefined || billId === undefined ? undefined : { period, billId },
      limit: query.limit,
    });
    return pageFrom(rows, query.limit, (row) => [row.period, row.billId], toSummary);
  }

  /** A bill with lines, references and workings. Throws BILLING.BILL_NOT_FOUND. */
  async view(actor: Actor, billNo: string): Promise<BillView> {
    const { head, bill } = await this.load(actor, billNo);
    return toBillView(head, bill, await this.reader.links(head));
  }

  /** The document that a bill was computed from, as the text that its hash was taken of. Throws BILLING.BILL_NOT_FOUND. */
  async document(actor: Actor, billNo: string): Promise<{ head: BillHead; stored: StoredDocument }> {
    const head = await this.access.require(actor, billNo);
    return { head, stored: await this.reader.document(head) };
  }

  /** The bill as an HTML page. Throws BILLING.BILL_NOT_FOUND. */
  async page(actor: Actor, billNo: string, language: Language): Promise<string> {
    const { head, bill, stored } = await this.load(actor, billNo);
    return billPage({ head, bill, document: stored.document, links: await this.reader.links(head), language });
  }

  /** A bill that the caller may see, in the form in which it was computed. Throws BILLING.BILL_NOT_FOUND. */
  async load(actor: Actor, billNo: string): Promise<LoadedBill> {
    const head = await this.access.require(actor, billNo);
    const [lines, stored] = await Promise.all([this.reader.lines(head), this.reader.document(head)]);
    return { head, stored, bill: toBill(head, lines, stored) };
  }
}
