import { Inject, Injectable } from '@nestjs/common';
import { fieldError, type FieldError } from '../../../platform/errors';
import type { TermsValues } from '../dto/terms.dto';
import { PLAN_CATALOGUE, type PlanCatalogue, type PublishedPlans } from '../port/plan-catalogue';
import { termsProblems } from '../rules/terms-rules';

type Named = Pick<TermsValues, 'priceBook' | 'planId'>;

/** Terms and where they stand in the request. */
export interface TermsAt<Terms extends Named = Named> {
  readonly terms: Terms;
  readonly path: string;
}

const SHOWN = 40;

/**
 * Holds terms against themselves and against the price books that are published. Before the first price book is
 * published any name is taken: accounts may be brought in before prices are.
 */
@Injectable()
export class JudgeTerms {
  constructor(@Inject(PLAN_CATALOGUE) private readonly catalogue: PlanCatalogue) {}

  /** Everything that is wrong with one account's terms. */
  async problems(terms: TermsValues, path: string): Promise<FieldError[]> {
    const [unknown = []] = await this.unknownPlans([[{ terms, path }]]);
    return [...termsProblems(terms, path), ...unknown];
  }

  /** Price books and plans that nobody has published, for the terms of many accounts, in the order of the accounts. */
  async unknownPlans(accounts: readonly (readonly TermsAt[])[]): Promise<FieldError[][]> {
    const names = [...new Set(accounts.flatMap((each) => each.map(({ terms }) => terms.priceBook)))];
    const published = await this.catalogue.published(names);
    return accounts.map((each) => each.flatMap((one) => problemOf(one, published)));
  }
}

function problemOf({ terms, path }: TermsAt, { priceBooks, plans }: PublishedPlans): FieldError[] {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const known = plans.get(terms.priceBook);
  if (known === undefined) {
    const message = { en: 'is not a published price book', zh: '不是已发布的价格表' };
    return priceBooks.length === 0 ? [] : [fieldError(at('priceBook'), 'UNKNOWN', message, listed(priceBooks))];
  }
  if (known.includes(terms.planId)) return [];
  return [fieldError(at('planId'), 'UNKNOWN', { en: 'is not a plan of the price book', zh: '价格表没有该方案' }, listed(known))];
}

function listed(names: readonly string[]): string {
  return names.length > SHOWN ? `${names.slice(0, SHOWN).join(' | ')} …` : names.join(' | ');
}
