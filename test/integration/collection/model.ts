/**
 * What an account's books must say, in fen and by the plainest reasoning: bills as lists of parts with the day on which
 * each part was paid. It shares no code with the product.
 */
export interface ModelBill {
  readonly fen: bigint;
  readonly dueOn: number;
  /** Parts that were paid, each by one event; `late` is what was paid of the late charge with it. */
  parts: { readonly event: string; principal: bigint; late: bigint; readonly on: number }[];
  writtenOff: boolean;
}

export interface ModelPayment {
  readonly event: string;
  readonly fen: bigint;
  readonly on: number;
  prepaid: bigint;
  undone: boolean;
}

/** A household account (whole bills only at the counter, 1 ‰ a day, at least one yuan). */
export class AccountModel {
  readonly bills: ModelBill[] = [];
  readonly payments: ModelPayment[] = [];
  held = 0n;
  claims = 0n;
  private useNo = 0;

  rest = (bill: ModelBill): bigint => bill.parts.reduce((left, part) => left - part.principal, bill.fen);

  late(bill: ModelBill, today: number): bigint {
    const rest = this.rest(bill);
    if (bill.writtenOff && rest === 0n) return 0n;
    const portions = [...bill.parts.map(({ principal, on }) => [principal, on] as const), [rest, today] as const];
    const thousandths = portions.reduce((total, [fen, on]) => total + fen * BigInt(Math.max(0, on - bill.dueOn)), 0n);
    if (thousandths === 0n) return 0n;
    const accrued = (thousandths + 500n) / 1000n;
    const owed = (accrued < 100n ? 100n : accrued) - bill.parts.reduce((paid, part) => paid + part.late, 0n);
    return owed > 0n ? owed : 0n;
  }

  owes = (bill: ModelBill, today: number): bigint => this.rest(bill) + this.late(bill, today);

  /** Sets money against the open bills from the oldest on, the late charge first; answers what is left. */
  private spend(event: string, money: bigint, today: number, partial: boolean): bigint {
    let left = money;
    for (const bill of this.bills) {
      const late = this.late(bill, today);
      const rest = this.rest(bill);
      if (late + rest === 0n) continue;
      if (left === 0n || (!partial && left < late + rest)) break;
      const lateNow = left < late ? left : late;
      const principal = left - lateNow < rest ? left - lateNow : rest;
      bill.parts.push({ event, principal, late: lateNow, on: today });
      left -= lateNow + principal;
    }
    return left;
  }

  release(fen: bigint, today: number): void {
    if (fen < 0n) this.held -= fen;
    else this.bills.push({ fen, dueOn: today + 15, parts: [], writtenOff: false });
    this.held = this.spend(`use-${String((this.useNo += 1))}`, this.held, today, true);
  }

  /** Answers whether the counter takes the money. */
  pay(event: string, fen: bigint, today: number): boolean {
    let left = fen;
    const open = this.bills.map((bill) => this.owes(bill, today)).filter((owed) => owed > 0n);
    for (const owed of open) {
      if (left > 0n && left < owed) return false;
      left -= owed < left ? owed : left;
    }
    const prepaid = this.spend(event, fen, today, false);
    this.held += prepaid;
    this.payments.push({ event, fen, on: today, prepaid, undone: false });
    return true;
  }

  reverse(payment: ModelPayment, today: number): boolean {
    if (payment.undone || payment.on !== today || this.held < payment.prepaid) return false;
    this.held -= payment.prepaid;
    for (const bill of this.bills) bill.parts = bill.parts.filter((part) => part.event !== payment.event);
    payment.undone = true;
    return true;
  }

  giveBack(payment: ModelPayment): boolean {
    if (payment.undone) return false;
    const fromHeld = this.held < payment.prepaid ? this.held : payment.prepaid;
    this.held -= fromHeld;
    this.claims += this.takeBack((event) => event.startsWith('use-'), payment.prepaid - fromHeld);
    this.takeBack((event) => event === payment.event, payment.fen - payment.prepaid);
    payment.undone = true;
    return true;
  }

  /** From the youngest part on, the principal before the late charge; answers what could not be taken. */
  private takeBack(chosen: (event: string) => boolean, fen: bigint): bigint {
    let left = fen;
    const parts = this.bills.flatMap((bill, place) => bill.parts.map((part) => ({ part, place })));
    const order = parts.filter(({ part }) => chosen(part.event)).sort((a, b) => ordinal(b.part.event) - ordinal(a.part.event) || b.place - a.place);
    for (const { part } of order) {
      const principal = part.principal < left ? part.principal : left;
      part.principal -= principal;
      left -= principal;
      const late = part.late < left ? part.late : left;
      part.late -= late;
      left -= late;
    }
    return left;
  }

  refund(fen: bigint): boolean {
    if (fen > this.held) return false;
    this.held -= fen;
    return true;
  }

  writeOff(bill: ModelBill, today: number): boolean {
    const rest = this.rest(bill);
    if (rest === 0n) return false;
    bill.parts.push({ event: 'write-off', principal: rest, late: 0n, on: today });
    bill.writtenOff = true;
    return true;
  }
}

const ordinal = (event: string): number => Number(event.split('-')[1] ?? '0');
