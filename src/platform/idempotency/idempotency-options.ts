export const IDEMPOTENCY_METADATA = 'wattledger:idempotency';

export interface IdempotencyOptions {
  /**
   * The handler does all its work in one `Database.transaction` and answers exactly what that came to. Its answer is
   * then kept by the very commit of the work: a process that dies in between loses neither, and one write is saved.
   */
  readonly oneTransaction: boolean;
}
