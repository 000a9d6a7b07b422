import { Bill } from '../../src/core/bill';

/** Every line of a bill with all that it says, one text each: `group item …: quantity unit × price = exact → amount | rule | workings`. */
export function shownLines(bill: Bill): string[] {
  return bill.lines.map((line) => {
    const where = [line.usagePointNo, line.pricePeriod, line.season, line.segment === undefined ? undefined : `segment ${line.segment}`].filter((part) => part !== undefined);
    return `${line.lineNo} ${[line.group, line.item, ...where].join(' ')}: ${line.quantity} ${line.unit} × ${line.price} = ${line.exactAmount} → ${line.amount} | ${line.rule} | ${line.from.join(', ')}`;
  });
}

/** Every working of a bill, one text each: `id = value unit | rule | inputs`. */
export function shownFigures(bill: Bill): string[] {
  return bill.figures.map(({ id, value, unit, rule, inputs }) => `${id} = ${value} ${unit} | ${rule} | ${shownInputs(inputs)}`.trimEnd());
}

/** Every finding of a bill: `severity code subject | params`. */
export function shownFindings(bill: Bill): string[] {
  return bill.findings.map(({ severity, code, subject, params }) => `${severity} ${code} ${subject} | ${shownInputs(params)}`.trimEnd());
}

function shownInputs(inputs: Readonly<Record<string, string>>): string {
  return Object.entries(inputs).map(([name, value]) => `${name} ${value}`).join(', ');
}
