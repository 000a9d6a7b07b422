import { type CodeOf, defineCodeList } from '../../../platform/http';

export const CANCELLATION_STATES = defineCodeList('cancellation-states', [
  { code: 'requested', en: 'Waits for a second person', zh: '待审批' },
  { code: 'approved', en: 'Bills are cancelled', zh: '已冲销' },
  { code: 'declined', en: 'Declined or withdrawn; the bills stand', zh: '未批准或已撤回，账单仍有效' },
]);
export type CancellationState = CodeOf<typeof CANCELLATION_STATES>;

/** Why a bill is cancelled together with the one that was asked for. */
export const CANCELLATION_CAUSES = defineCodeList('cancellation-causes', [
  { code: 'asked-for', en: 'Asked for', zh: '申请冲销的账单' },
  { code: 'same-month', en: 'Another supply circuit of the same account and month: both are computed together', zh: '同户同月其他电源的账单：须一并重算' },
  { code: 'later-month', en: 'Goes on from the bill before: end readings, estimates, block use of the year', zh: '承接上期账单：止数、估抄、年阶梯电量' },
  { code: 'main-meter', en: 'Its main meter has the energy of a cancelled bill deducted', zh: '总表账单：已扣减所冲销账单的电量' },
]);
export type CancellationCause = CodeOf<typeof CANCELLATION_CAUSES>;

/** What is to become of bills that depend on the cancelled one. */
export const DEPENDENT_CHOICES = defineCodeList('dependent-bill-choices', [
  { code: 'refuse', en: 'Refuse where there are any', zh: '存在关联账单时拒绝' },
  { code: 'cancel', en: 'Cancel them too and bill them again in order', zh: '一并冲销并按月份先后重算' },
]);
export type DependentChoice = CodeOf<typeof DEPENDENT_CHOICES>;
