import type { CaseRule } from './rules';

/** Rules of whole bills: they go through `computeBill` itself. */
export const BILL_RULES: Readonly<Record<string, CaseRule>> = {};
