import { defineConstraintErrors, defineErrors } from '../../platform/errors';

/** Refusals around receivables and the ledger. */
export const COLLECTION_ERRORS = defineErrors({
  'COLLECTION.ACCOUNT_NOT_FOUND': { status: 404, title: { en: 'There is no such account', zh: '用电户不存在' } },
  'LEDGER.JOURNAL_NOT_FOUND': { status: 404, title: { en: 'There is no such journal', zh: '凭证不存在' } },
  'LEDGER.UNBALANCED': { status: 422, title: { en: 'Debits and credits of the journal differ', zh: '凭证借贷不平' } },
  'LEDGER.NOT_IN_FEN': { status: 422, title: { en: 'An entry has parts of a fen', zh: '分录金额含有不足一分的部分' } },
  'LEDGER.APPEND_ONLY': {
    status: 409,
    title: { en: 'The ledger is never changed; a correction is a reversal', zh: '凭证不得更改，更正须以红字冲销' },
  },
});

defineConstraintErrors({
  journal_entries_balanced: 'LEDGER.UNBALANCED',
  ledger_append_only: 'LEDGER.APPEND_ONLY',
});
