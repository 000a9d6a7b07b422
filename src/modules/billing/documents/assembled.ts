import type { LocalMonth } from '../../../core/calendar';
import type { CalculationDocument } from '../../../core/bill/calculation-document';
import type { TariffDocument } from '../../../core/tariff/tariff-document';
import type { TariffVariant } from '../../tariff';

/** Which accounts to put together, for which month, and as of which state of the inputs. */
export interface AssembleRequest {
  readonly accountIds: readonly string[];
  readonly period: LocalMonth;
  /** Revision at which a run froze its inputs; null reads what is in force now (preview). */
  readonly frozenRevision: string | null;
  /** A trial may compute a month after which later ones were billed; false where absent. */
  readonly trial?: boolean;
  /** Tariffs that a trial prices under in place of those in force, by price book. */
  readonly tariffsInstead?: ReadonlyMap<string, TariffVariant> | undefined;
}

/** An account as the run's work lists and bills name it. */
export interface BilledAccount {
  readonly accountId: string;
  readonly accountNo: string;
  readonly regionCode: string;
}

/** One document that a bill can be computed from; an account whose circuits are billed apart has several. */
export interface AssembledDocument {
  readonly account: BilledAccount;
  readonly document: CalculationDocument;
  /** The tariff versions that the document names, by content hash; shared between the accounts of one call. */
  readonly tariffs: ReadonlyMap<string, TariffDocument>;
  /** Findings of the period that a person has confirmed, so that they do not keep the bill back. */
  readonly confirmed: ReadonlySet<string>;
}

/** Why no bill can be made for an account: a stable code, what was found, and the figures for the message. */
export interface AccountException {
  readonly account: BilledAccount;
  readonly code: string;
  /** What it is about: usage point, meter register, plan, child account …; empty for the account as a whole. */
  readonly subject: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The documents of one account: one, or one for each circuit that is billed apart. */
export interface AssembledAccount {
  readonly documents: readonly AssembledDocument[];
}

/** Every requested account is in exactly one of the lists. */
export interface AssembledInterval {
  /** Accounts that were not recorded when the inputs were frozen. */
  readonly unknown: readonly AccountException[];
  /** The others, each put together when it is asked for: a batch never holds all of its documents. To be read once. */
  readonly accounts: Iterable<AssembledAccount | readonly AccountException[]>;
}
