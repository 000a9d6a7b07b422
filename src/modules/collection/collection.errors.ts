import { defineConstraintErrors, defineErrors } from '../../platform/errors';

/** Refusals around receivables and the ledger. */
export const COLLECTION_ERRORS = defineErrors({
  'COLLECTION.ACCOUNT_NOT_FOUND': { status: 404, title: { en: 'There is no such account', zh: '用电户不存在' } },
  'COLLECTION.RECEIVABLE_NOT_OPEN': { status: 409, title: { en: 'A receivable is unknown, or nothing is owed of it', zh: '应收不存在或已结清' } },
  'COLLECTION.PARTIAL_NOT_ALLOWED': {
    status: 422,
    title: { en: 'The bill must be paid in full', zh: '须足额缴费' },
    detail: { en: 'Left over {rest} yuan, still owed {owed} yuan.', zh: '余款 {rest} 元，尚欠 {owed} 元。' },
  },
  'COLLECTION.PAYMENT_NOT_FOUND': { status: 404, title: { en: 'There is no such payment', zh: '收费记录不存在' } },
  'COLLECTION.PAYMENT_ALREADY_REVERSED': { status: 409, title: { en: 'The payment has been reversed', zh: '收费已冲正' } },
  'COLLECTION.REVERSAL_NOT_SAME_DAY': {
    status: 409,
    title: { en: 'A payment is reversed on its own business day only', zh: '非当日收费不得冲正' },
    detail: { en: 'It was received on {receivedOn}.', zh: '该笔收费日期为 {receivedOn}。' },
  },
  'COLLECTION.PREPAYMENT_USED': { status: 409, title: { en: 'The prepayment of this payment has been used', zh: '该笔预存已被使用' } },
  'COLLECTION.TENDER_NOT_FOUND': { status: 404, title: { en: 'The payment has no such tender', zh: '该笔收费无此缴费方式' } },
  'COLLECTION.TENDER_NOT_RETURNABLE': { status: 422, title: { en: 'Only cheques and direct debits come back', zh: '仅支票和银行代扣可退回' } },
  'COLLECTION.TENDER_ALREADY_RETURNED': { status: 409, title: { en: 'A tender of the payment has been returned', zh: '该笔收费已有退票' } },
  'COLLECTION.PREPAYMENT_TOO_SMALL': { status: 409, title: { en: 'Less is held than is to be paid back', zh: '预存余额不足' } },
  'COLLECTION.REFUND_NOT_FOUND': { status: 404, title: { en: 'There is no such refund', zh: '退费记录不存在' } },
  'COLLECTION.REFUND_ALREADY_PAID': { status: 409, title: { en: 'The refund has been paid out', zh: '已退费' } },
  'COLLECTION.WRITE_OFF_NOT_FOUND': { status: 404, title: { en: 'There is no such write-off', zh: '核销申请不存在' } },
  'COLLECTION.WRITE_OFF_ALREADY_REQUESTED': { status: 409, title: { en: 'The write-off has been asked for already', zh: '该应收已申请核销' } },
  'COLLECTION.WRITE_OFF_ALREADY_APPROVED': { status: 409, title: { en: 'The receivable has been written off', zh: '该应收已核销' } },
  'COLLECTION.REQUEST_TURNED_DOWN': { status: 409, title: { en: 'The request has been rejected or withdrawn', zh: '该申请未获批准或已撤回' } },
  'COLLECTION.NOT_THE_REQUESTER': { status: 403, title: { en: 'Only whoever asked can withdraw the request', zh: '仅申请人本人可撤回申请' } },
  'COLLECTION.CREDIT_NOT_FOUND': { status: 404, title: { en: 'There is no such credit of a cancelled bill', zh: '冲销账单贷方余额不存在' } },
  'COLLECTION.CREDIT_FREED': { status: 409, title: { en: 'The credit waits for no successor any more', zh: '该贷方余额已解除锁定' } },
  'RECEIVABLES.TENDERS_TOO_SMALL': { status: 422, title: { en: 'Less was handed over than is to be paid', zh: '交来金额小于缴费金额' } },
  'RECEIVABLES.CHANGE_NOT_FROM_CASH': { status: 422, title: { en: 'Change is given for cash only', zh: '仅现金可找零' } },
  'LEDGER.JOURNAL_NOT_FOUND': { status: 404, title: { en: 'There is no such journal', zh: '凭证不存在' } },
  'LEDGER.SEAL_NOT_FOUND': { status: 404, title: { en: 'There is no such seal', zh: '封印不存在' } },
  'LEDGER.UNBALANCED': { status: 422, title: { en: 'Debits and credits of the journal differ', zh: '凭证借贷不平' } },
  'LEDGER.NOT_IN_FEN': { status: 422, title: { en: 'An entry has parts of a fen', zh: '分录金额含有不足一分的部分' } },
  'LEDGER.APPEND_ONLY': {
    status: 409,
    title: { en: 'The ledger is never changed; a correction is a reversal', zh: '凭证不得更改，更正须以红字冲销' },
  },
});

defineConstraintErrors({
  write_offs_requested_once: 'COLLECTION.WRITE_OFF_ALREADY_REQUESTED',
  requests_decided_once: 'COLLECTION.REQUEST_TURNED_DOWN',
  payment_reversals_once: 'COLLECTION.PAYMENT_ALREADY_REVERSED',
  payment_reversals_same_day: 'COLLECTION.REVERSAL_NOT_SAME_DAY',
  tender_returns_once: 'COLLECTION.TENDER_ALREADY_RETURNED',
  account_prepayments_not_negative: 'COLLECTION.PREPAYMENT_USED',
  cancellation_credits_freed_once: 'COLLECTION.CREDIT_FREED',
  journal_entries_balanced: 'LEDGER.UNBALANCED',
  ledger_append_only: 'LEDGER.APPEND_ONLY',
});
