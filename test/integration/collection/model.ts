/**
 * What an account's books must say, in fen and by the plainest reasoning: bills as lists of parts with the day on which
 * each part was paid. It shares no code with the product.
 */
export interface ModelBill {
  /** Months since the first one. */
  readonly month: number;
  readonly fen: bigint;
  readonly dueOn: number;
  /** Parts that were paid, each by one event; `late` is what was paid of the late charge with it; later events have higher numbers. */
  parts: { readonly event: string; readonly no: number; principal: bigint; late: bigint; readonly on: number }[];
  writtenOff: boolean;
  cancelled: boolean;
}

export interface ModelPayment {
  readonly event: string;
  readonly no: number;
  /** It was paid with what was held. */
  readonly fromHeld: boolean;
  readonly fen: bigint;
  readonly on: number;
  prepaid: bigint;
  /** What cancelled bills made credit of it, and where each part waits. */
  credited: bigint;
  readonly waits: { readonly fen: bigint; readonly no: number; readonly at: WaitingFen }[];
  undone: boolean;
}

/** Credit of a cancelled bill that waits for the month's next one. */
export interface WaitingFen {
  readonly month: number;
  /** What still waits of it. */
  fen: bigint;
  freed: boolean;
}

const sumOf = (fen: readonly bigint[]): bigint => fen.reduce((total, each) => total + each, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Last day of the year that a day lies in. */
export type YearEnd = (day: number) => number;

/**
 * A household account (whole bills only at the counter, 1 ‰ a day), or with `industry` one of large industry (parts of
 * bills, 2 ‰ a day in the year of the due date and 3 ‰ after it); a late charge is at least one yuan.
 */
export class AccountModel {
  /** In the order in which they came to be owed. */
  readonly bills: ModelBill[] = [];
  readonly payments: ModelPayment[] = [];
  readonly waiting: WaitingFen[] = [];
  /** Totals of the bills in force by month, also those of nothing and of credits. */
  readonly issued = new Map<number, bigint>();
  readonly cancelledMonths = new Set<number>();
  held = 0n;
  claims = 0n;
  private lastNo = 0;

  constructor(private readonly industry: YearEnd | null = null) {}

  /** The oldest month first, as they are paid. */
  ordered = (): ModelBill[] => this.bills.map((bill, place) => ({ bill, place })).sort((a, b) => a.bill.month - b.bill.month || a.bill.dueOn - b.bill.dueOn || a.place - b.place).map(({ bill }) => bill);

  rest = (bill: ModelBill): bigint => (bill.cancelled ? 0n : bill.parts.reduce((left, part) => left - part.principal, bill.fen));

  late(bill: ModelBill, today: number): bigint {
    const rest = this.rest(bill);
    if (bill.cancelled || (bill.writtenOff && rest === 0n)) return 0n;
    const portions = [...bill.parts.filter(({ event }) => event !== 'write-off').map(({ principal, on }) => [principal, on] as const), [rest, today] as const];
    const thousandths = portions.reduce((total, [fen, on]) => total + fen * this.permille(bill.dueOn, on), 0n);
    if (thousandths === 0n) return 0n;
    const accrued = (thousandths + 500n) / 1000n;
    const owed = (accrued < 100n ? 100n : accrued) - bill.parts.reduce((paid, part) => paid + part.late, 0n);
    return owed > 0n ? owed : 0n;
  }

  private permille(dueOn: number, on: number): bigint {
    const days = Math.max(0, on - dueOn);
    if (this.industry === null) return BigInt(days);
    const current = Math.min(days, this.industry(dueOn) - dueOn);
    return BigInt(2 * current + 3 * (days - current));
  }

  owes = (bill: ModelBill, today: number): bigint => this.rest(bill) + this.late(bill, today);

  /** Sets money against open bills from the oldest on, the late charge first; answers what is left. */
  private spend(event: string, money: bigint, today: number, partial: boolean, bills = this.ordered()): bigint {
    let left = money;
    for (const bill of bills) {
      const late = this.late(bill, today);
      const rest = this.rest(bill);
      if (late + rest === 0n) continue;
      if (left === 0n || (!partial && left < late + rest)) break;
      const lateNow = least(left, late);
      const principal = least(left - lateNow, rest);
      const known = bill.parts.find((part) => part.event === event);
      if (known) {
        known.principal += principal;
        known.late += lateNow;
      } else bill.parts.push({ event, no: this.lastNo, principal, late: lateNow, on: today });
      left -= lateNow + principal;
    }
    return left;
  }

  /** A bill of a month: a new one, or the one in the place of a cancelled one, which the waiting credit of that month pays first. */
  release(month: number, fen: bigint, today: number): void {
    const waits = this.waiting.filter((each) => !each.freed);
    const forMonth = sumOf(waits.filter((each) => each.month === month).map((each) => each.fen));
    const forOthers = sumOf(waits.filter((each) => each.month !== month).map((each) => each.fen));
    if (fen < 0n) this.held -= fen;
    else if (fen > 0n) this.bills.push({ month, fen, dueOn: today + 15, parts: [], writtenOff: false, cancelled: false });
    if (fen !== 0n) {
      const event = `use-${String((this.lastNo += 1))}`;
      const own = least(this.held, forMonth);
      const free = this.held - own > forOthers ? this.held - own - forOthers : 0n;
      const kept = this.held - own - free;
      const left = this.spend(event, own, today, true, fen > 0n ? this.bills.slice(-1) : []);
      this.held = kept + this.spend(event, left + free, today, true);
    }
    for (const each of waits) if (each.month === month) each.freed = true;
    this.issued.set(month, fen);
    this.cancelledMonths.delete(month);
  }

  /** Takes the bill of a month and all later ones out of force. */
  cancel(month: number, today: number): boolean {
    if (!this.issued.has(month)) return false;
    this.lastNo += 1;
    const months = [...this.issued.keys()].filter((each) => each >= month).sort((a, b) => a - b);
    for (const each of months) if ((this.issued.get(each) ?? 0n) >= 0n) this.creditBill(each);
    for (const each of months) if ((this.issued.get(each) ?? 0n) < 0n) this.recall(each, -(this.issued.get(each) ?? 0n), today);
    for (const each of months) {
      this.issued.delete(each);
      this.cancelledMonths.add(each);
    }
    return true;
  }

  private creditBill(month: number): void {
    // What a recalled credit left owed stays owed: only the bill itself is cancelled.
    const bill = this.bills.filter((each) => each.month === month && !each.cancelled).at(-1);
    const waiting: WaitingFen = { month, fen: 0n, freed: false };
    if (bill && this.issued.get(month) !== 0n) {
      for (const { event, principal, late } of bill.parts) {
        if (event === 'write-off') continue;
        waiting.fen += principal + late;
        const payment = this.payments.find((each) => each.event === event);
        if (!payment) continue;
        payment.credited += principal + late;
        payment.waits.push({ fen: principal + late, no: this.lastNo, at: waiting });
      }
      bill.parts = [];
      bill.cancelled = true;
    }
    this.held += waiting.fen;
    this.waiting.push(waiting);
  }

  private recall(month: number, fen: bigint, today: number): void {
    const taken = least(this.held, fen);
    this.take(taken);
    if (fen > taken) this.bills.push({ month, fen: fen - taken, dueOn: today + 15, parts: [], writtenOff: false, cancelled: false });
    this.waiting.push({ month, fen: 0n, freed: false });
  }

  /** Takes held money: the free first, then what waits, the youngest month first. */
  private take(fen: bigint): void {
    this.held -= fen;
    let left = this.held;
    for (const waits of this.waiting.filter(({ freed }) => !freed).sort((a, b) => a.month - b.month)) {
      waits.fen = least(waits.fen, left);
      left -= waits.fen;
    }
  }

  /** What became credit of a payment that is undone waits no longer. */
  private withdraw(payment: ModelPayment): void {
    for (const { fen, at } of payment.waits) at.fen -= least(at.fen, fen);
  }

  free(place: number): boolean {
    const credit = this.waiting[place];
    if (credit === undefined || credit.freed) return false;
    credit.freed = true;
    return true;
  }

  /** Answers whether the counter takes the money. */
  pay(event: string, fen: bigint, today: number): boolean {
    let left = fen;
    const open = this.ordered().map((bill) => this.owes(bill, today)).filter((owed) => owed > 0n);
    for (const owed of open) {
      if (this.industry === null && left > 0n && left < owed) return false;
      left -= least(owed, left);
    }
    this.lastNo += 1;
    const prepaid = this.spend(event, fen, today, this.industry !== null);
    this.held += prepaid;
    this.payments.push({ event, no: this.lastNo, fromHeld: false, fen, on: today, prepaid, credited: 0n, waits: [], undone: false });
    return true;
  }

  /** Money that becomes prepayment whatever is open. */
  prepay(event: string, fen: bigint, today: number): void {
    this.lastNo += 1;
    this.held += fen;
    this.payments.push({ event, no: this.lastNo, fromHeld: false, fen, on: today, prepaid: fen, credited: 0n, waits: [], undone: false });
  }

  /** Pays with what is held, leaving no rest of it. */
  handOver(event: string, fen: bigint, today: number): boolean {
    const owed = this.bills.reduce((total, bill) => total + this.owes(bill, today), 0n);
    if (fen > owed || fen > this.held || !this.pay(event, fen, today)) return false;
    this.take(fen);
    this.payments.push({ ...(this.payments.pop() as ModelPayment), fromHeld: true });
    return true;
  }

  reverse(payment: ModelPayment, today: number): boolean {
    if (payment.undone || payment.on !== today || this.held < payment.prepaid + payment.credited) return false;
    const stands = sumOf(this.bills.flatMap(({ parts }) => parts.filter(({ event }) => event === payment.event).map(({ principal, late }) => principal + late)));
    if (stands + payment.prepaid + payment.credited < payment.fen) return false;
    this.withdraw(payment);
    this.take(payment.prepaid + payment.credited);
    if (payment.fromHeld) this.held += payment.fen;
    for (const bill of this.bills) bill.parts = bill.parts.filter((part) => part.event !== payment.event);
    payment.undone = true;
    return true;
  }

  giveBack(payment: ModelPayment): boolean {
    if (payment.undone || payment.fromHeld) return false;
    this.withdraw(payment);
    // What came to be held last can have been used least, and is looked for first.
    for (const { fen, no } of [...payment.waits.toReversed(), { fen: payment.prepaid, no: payment.no }]) {
      const held = least(this.held, fen);
      this.take(held);
      this.claims += this.takeBack((part) => part.no > no && this.fromHeld(part.event), fen - held);
    }
    this.takeBack((part) => part.event === payment.event, payment.fen - payment.prepaid - payment.credited);
    payment.undone = true;
    return true;
  }

  private fromHeld = (event: string): boolean => event.startsWith('use-') || this.payments.some((payment) => payment.fromHeld && payment.event === event);

  /** From the youngest part on, the principal before the late charge; answers what could not be taken. */
  private takeBack(chosen: (part: ModelBill['parts'][number]) => boolean, fen: bigint): bigint {
    let left = fen;
    const parts = this.ordered().flatMap((bill, place) => bill.parts.map((part) => ({ part, place })));
    const order = parts.filter(({ part }) => chosen(part)).sort((a, b) => b.part.no - a.part.no || b.place - a.place);
    for (const { part } of order) {
      const principal = least(part.principal, left);
      part.principal -= principal;
      left -= principal;
      const late = least(part.late, left);
      part.late -= late;
      left -= late;
    }
    return left;
  }

  refund(fen: bigint): boolean {
    if (fen > this.held) return false;
    this.take(fen);
    return true;
  }

  writeOff(bill: ModelBill, today: number): boolean {
    const rest = this.rest(bill);
    if (rest === 0n) return false;
    bill.parts.push({ event: 'write-off', no: 0, principal: rest, late: 0n, on: today });
    bill.writtenOff = true;
    return true;
  }
}
