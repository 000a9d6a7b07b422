import type { Database } from '../database';

/** One value of a gauge, with a word for each of its labels. */
export interface GaugeValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A figure of the whole installation, not of one process: read from the database when the monitoring asks. */
export interface GaugeDefinition {
  /** Name in the text format; begins with `wattledger_`. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  /** All values of this moment; series that are not among them end. It is bounded by what it selects. */
  readonly read: (database: Database) => Promise<readonly GaugeValue[]>;
}

const NAME = /^wattledger(_[a-z0-9]+)+$/;
const definitions = new Map<string, GaugeDefinition>();

/** Declares a gauge that every process with `/metrics` answers; each name once. */
export function defineGauge(definition: GaugeDefinition): void {
  if (!NAME.test(definition.name)) throw new Error(`a gauge is named wattledger_area_thing, not "${definition.name}"`);
  if (definitions.has(definition.name)) throw new Error(`the gauge ${definition.name} is defined twice`);
  definitions.set(definition.name, Object.freeze(definition));
}

/** Every gauge that the loaded modules declare. */
export function definedGauges(): readonly GaugeDefinition[] {
  return [...definitions.values()];
}
