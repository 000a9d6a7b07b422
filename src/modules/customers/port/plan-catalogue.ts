/** Customers' question to whoever publishes price books, bound where the application is put together. */
export const PLAN_CATALOGUE = Symbol('wattledger:plan-catalogue');

/** What is published. */
export interface PublishedPlans {
  /** Names of all price books with a published version. */
  readonly priceBooks: readonly string[];
  /** Plans of the asked price books, of any of their published versions. */
  readonly plans: ReadonlyMap<string, readonly string[]>;
}

export interface PlanCatalogue {
  published(priceBooks: readonly string[]): Promise<PublishedPlans>;
}
