import { Decimal, isPlainDecimal, round, text } from '../core/quantity';
import { CasePolicy, isObject, Json, JsonObject, readDecimal } from './case-policy';
import { CaseProblem } from './problems';

/** Places that a figure without a stated number of decimals is shown with where it does not end. */
const LONGEST = 10;
const UNIT = /(PerKwh|PerKvaMonth|PerKwMonth|Kwh|Kvarh|Percent|Kw|Seconds)$/;

/**
 * Inputs and figures of a case or of a part of it (an item, a segment, an alternative). A name is looked up among the
 * figures of the part, then its inputs, then the same of the whole. Figures of a part are written `part.figure`.
 */
export class Scope {
  private readonly figures = new Map<string, Decimal>();

  private constructor(
    readonly inputs: JsonObject,
    readonly policy: CasePolicy,
    private readonly output: Map<string, string>,
    private readonly prefix: string,
    private readonly parent: Scope | null,
  ) {}

  static ofCase(inputs: JsonObject, policy: CasePolicy): Scope {
    return new Scope(inputs, policy, new Map(), '', null);
  }

  part(name: string, inputs: JsonObject): Scope {
    return new Scope(inputs, this.policy.with(inputs['policy']), this.output, `${this.prefix}${name}.`, this);
  }

  get printed(): ReadonlyMap<string, string> {
    return this.output;
  }

  /** A figure of any part, by its full name. */
  printedFigure(name: string): Decimal | undefined {
    const shown = this.output.get(name);
    return shown !== undefined && isPlainDecimal(shown) ? new Decimal(shown) : undefined;
  }

  ownFigures(): ReadonlyMap<string, Decimal> {
    return this.figures;
  }

  /** The input as it stands in the case. */
  raw(name: string): Json | undefined {
    return this.inputs[name] ?? this.parent?.raw(name);
  }

  /** The figure or input of that name; undefined where there is none. */
  find(name: string): Decimal | undefined {
    const figure = this.figures.get(name);
    if (figure !== undefined) return figure;
    const input = this.inputs[name];
    if (typeof input === 'string' || typeof input === 'number') return readDecimal(input, this.prefix + name);
    return this.parent?.find(name);
  }

  /** The first of several names that is there and is a quantity. */
  first(...names: readonly string[]): Decimal | undefined {
    for (const name of names) {
      const value = this.find(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  need(...names: readonly string[]): Decimal {
    const value = this.first(...names);
    if (value === undefined) throw new CaseProblem(`${this.prefix}${names.join(' or ')} is missing`);
    return value;
  }

  /** A whole number of days, months or digits. */
  count(...names: readonly string[]): number | undefined {
    const value = this.first(...names);
    if (value === undefined) return undefined;
    if (!value.isInteger()) throw new CaseProblem(`${this.prefix}${names.join(' or ')} is not a whole number`);
    return value.toNumber();
  }

  needCount(...names: readonly string[]): number {
    const value = this.count(...names);
    if (value === undefined) throw new CaseProblem(`${this.prefix}${names.join(' or ')} is missing`);
    return value;
  }

  string(name: string): string | undefined {
    const value = this.raw(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** A word that a rule found before, else the input of that name. */
  wordOf(name: string): string | undefined {
    const input = this.inputs[name];
    return this.output.get(this.prefix + name) ?? (typeof input === 'string' ? input : this.parent?.wordOf(name));
  }

  flag(name: string): boolean {
    const value = this.raw(name);
    return value === true || value === 'true';
  }

  /** The objects of a list of this part itself. */
  list(name: string): readonly JsonObject[] | undefined {
    const value = this.raw(name);
    return Array.isArray(value) ? value.filter((each: Json): each is JsonObject => isObject(each)) : undefined;
  }

  /** The parts named by a list of inputs: each with its name and scope. */
  parts(name: string, fallback: string): readonly { readonly id: string; readonly scope: Scope }[] | undefined {
    return this.list(name)?.map((inputs, index) => {
      const id = partName(inputs, `${fallback}${index + 1}`);
      return { id, scope: this.part(id, inputs) };
    });
  }

  /** A sum of money, with the decimals of money. */
  money(name: string, value: Decimal): void {
    this.put(name, value, this.policy.money.decimals);
  }

  /** An energy: at least the decimals that energies are rounded to. */
  energy(name: string, value: Decimal): void {
    this.put(name, value, Math.max(this.policy.energy.decimals ?? 0, this.tidyDecimals(value)));
  }

  /** A loss, with the decimals that losses are rounded to. */
  loss(name: string, value: Decimal): void {
    this.put(name, value, Math.max(this.policy.loss.decimals ?? 0, this.tidyDecimals(value)));
  }

  /** Any other quantity: rounded where the policy names its decimals, else as it is (cut to `cut` decimals where it does not end). */
  plain(name: string, value: Decimal, cut = LONGEST, least = 0): Decimal {
    const key = this.policy.has(`${name}Decimals`) ? `${name}Decimals` : `${name.replace(UNIT, '')}Decimals`;
    const stated = this.policy.decimals(key, null);
    if (stated !== null) {
      const rounded = round(value, stated);
      this.put(name, rounded, stated);
      return rounded;
    }
    const shown = value.decimalPlaces() > Math.max(cut, 6) ? round(value, cut) : value;
    this.set(name, value, text(shown, Math.max(least, shown.decimalPlaces())));
    return value;
  }

  flagFigure(name: string, value: boolean): void {
    this.output.set(this.prefix + name, String(value));
  }

  /** A figure that is a word. */
  word(name: string, value: string): void {
    this.output.set(this.prefix + name, value);
    if (isPlainDecimal(value)) this.figures.set(name, new Decimal(value));
  }

  /** Shows a figure under a further name, without giving it to the rules that follow. */
  also(name: string, value: Decimal, decimals: number): void {
    this.output.set(this.prefix + name, text(round(value, decimals), decimals));
  }

  private tidyDecimals(value: Decimal): number {
    return Math.min(value.decimalPlaces(), LONGEST);
  }

  private put(name: string, value: Decimal, decimals: number): void {
    this.set(name, value, text(round(value, decimals), decimals));
  }

  private set(name: string, value: Decimal, shown: string): void {
    this.figures.set(name, value);
    this.output.set(this.prefix + name, shown);
  }
}

/** The name of an item: its own id, else its name, else its place in the list. */
export function partName(inputs: JsonObject, fallback: string): string {
  const ids = Object.entries(inputs).filter(([key]) => key.endsWith('Id') && !/parent/i.test(key));
  for (const [, value] of ids) if (typeof value === 'string') return value;
  for (const key of ['name', 'category', 'phase']) {
    const value = inputs[key];
    if (typeof value === 'string') return value;
  }
  return fallback;
}
